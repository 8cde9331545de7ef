"""Who reaches which ticket (D6): an officer his own forms, an editor none, and nobody by guessing."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from forms import permissions, services
from forms.models import OutgoingMail
from siptenan.accounts import roles
from siptenan.common.photos import SanitisedPhoto
from tests import factories
from tests.forms.officers import listed, signed_in, soup, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(form_page):
    """An officer of another form."""
    other = factories.make_form("konsultasi-siinas", title="Form Konsultasi SIINas", ticket_prefix="SIINAS")
    return factories.make_staff(roles.OFFICER, "asing", forms=[other])


@pytest.fixture
def addresses(ticket, officer):
    """Every address below a ticket that has a reply, a photo and a mail in trouble, with what is sent to it."""
    reply = services.reply(ticket, "Jawaban.", by=officer)
    photo = SanitisedPhoto(content=b"x", content_type="image/jpeg", extension="jpg", width=1, height=1)
    message = services.add_information(ticket, "Foto.", photo)
    ticket.refresh_from_db()
    version = {"version": ticket.version}
    base = f"/cms/tiket/{ticket.pk}/"
    return {
        base: None,
        f"{base}balas/": {**version, "body": "Jahat"},
        f"{base}balasan/{reply.pk}/": {**version, "body": "Jahat"},
        f"{base}catatan/": {"body": "Jahat"},
        f"{base}status/": {**version, "target": "menunggu_pemohon"},
        f"{base}disposisi/": {**version, "officer": officer.pk},
        f"{base}pin/": {},
        f"{base}whatsapp/": {},
        f"{base}hasil-kontak/": {"outcome": "terkirim"},
        f"{base}foto/{message.attachments.get().pk}/": None,
    }


def test_every_address_of_a_ticket_is_in_the_list(addresses, ticket):
    names = ("detail", "reply", "note", "move", "assign", "pin", "whatsapp", "outcome")
    urls = {reverse(f"ticket:{name}", args=[ticket.pk]) for name in names}
    urls.add(reverse("ticket:edit-reply", args=[ticket.pk, ticket.messages.get(kind="reply").pk]))
    urls.add(reverse("ticket:photo", args=[ticket.pk, ticket.attachments.get().pk]))
    assert set(addresses) == urls


def test_an_officer_of_another_form_finds_nothing_there(stranger, addresses, ticket):
    before = (ticket.version, ticket.events.count(), ticket.messages.count(), ticket.pin_hash)
    client = signed_in(stranger)
    for url, data in addresses.items():
        assert (client.get(url).status_code, client.post(url, data or {}).status_code) == (404, 404), url
    ticket.refresh_from_db()
    assert (ticket.version, ticket.events.count(), ticket.messages.count(), ticket.pin_hash) == before


def test_an_editor_is_turned_away(editor, addresses, ticket):
    client = signed_in(editor)
    before = ticket.events.count()
    for url, data in addresses.items():
        for response in (client.get(url), client.post(url, data or {})):
            assert (response.status_code, response.headers["Location"]) == (302, "/cms/")
    assert ticket.events.count() == before


def test_nobody_comes_in_without_signing_in(addresses):
    for url, data in addresses.items():
        for response in (Client().get(url), Client().post(url, data or {})):
            assert response.headers["Location"].startswith("/cms/login/")


def test_who_left_reaches_nothing(officer, addresses):
    client = signed_in(officer)
    officer.is_active = False
    officer.save()
    for url in [*addresses, "/cms/kotak-masuk/", "/cms/statistik/", "/cms/surel-keluar/"]:
        assert client.get(url).headers["Location"].startswith("/cms/login/")


def test_taking_a_form_away_takes_its_tickets_away_at_once(officer, ticket, form_page):
    services.assign(ticket, officer, by=officer)
    client = signed_in(officer)
    assert client.get(f"/cms/tiket/{ticket.pk}/").status_code == 200
    officer.assigned_forms.remove(form_page)
    assert client.get(f"/cms/tiket/{ticket.pk}/").status_code == 404
    for url in ("/cms/", "/cms/kotak-masuk/", "/cms/kotak-masuk/tugas-saya/", "/cms/statistik/"):
        assert ticket.reference not in text(client.get(url), "body")


def test_no_ticket_of_another_form_is_in_any_list_or_number(stranger, ticket):
    OutgoingMail.objects.create(kind="receipt", submission=ticket, recipient="a@contoh.id", attempts=1, last_error="X")
    client = signed_in(stranger)
    for url in ("/cms/kotak-masuk/", "/cms/kotak-masuk/semua/", "/cms/kotak-masuk/spam/", "/cms/surel-keluar/"):
        page = client.get(url)
        assert listed(page) == []
        assert "surel belum terkirim" not in text(page, "body")
    assert ticket.reference not in text(client.get("/cms/"), "body")
    assert "surel yang belum terkirim" not in text(client.get("/cms/"), "body")
    assert "Kotak masuk (" not in client.get("/cms/").content.decode()
    statistics = text(client.get("/cms/statistik/"))
    assert "Form Konsultasi SIINas" in statistics
    assert "Form Konsultasi HAKI" not in statistics
    mail = OutgoingMail.objects.get(kind="receipt")
    assert client.post(f"/cms/surel-keluar/{mail.pk}/coba-lagi/").status_code == 404


def test_an_admin_sees_all_forms_without_being_given_any(admin, ticket):
    assert not admin.assigned_forms.exists()
    client = signed_in(admin)
    assert listed(client.get("/cms/kotak-masuk/")) == [ticket.reference]
    assert client.get(f"/cms/tiket/{ticket.pk}/").status_code == 200


def test_a_photo_is_found_under_its_own_ticket_only(admin, ticket, addresses):
    other = factories.make_ticket(ticket.form)
    client = signed_in(admin)
    assert client.get(f"/cms/tiket/{other.pk}/foto/{ticket.attachments.get().pk}/").status_code == 404
    assert client.get(f"/cms/tiket/{ticket.pk}/foto/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999999"])
def test_a_ticket_that_is_not_there_is_not_found(admin, pk):
    assert signed_in(admin).get(f"/cms/tiket/{pk}/").status_code == 404


def test_an_officer_cannot_edit_pages(officer, form_page, ticket):
    client = signed_in(officer)
    parent = form_page.get_parent()
    for url in (
        f"/cms/pages/{form_page.pk}/", f"/cms/pages/{form_page.pk}/edit/", f"/cms/pages/{form_page.pk}/delete/",
        f"/cms/pages/{form_page.pk}/unpublish/", f"/cms/pages/{form_page.pk}/history/",
        f"/cms/pages/add/forms/formpage/{parent.pk}/", f"/cms/pages/{form_page.pk}/copy/",
        f"/cms/pages/{form_page.pk}/move/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/users/",
        f"/cms/bulk/wagtailcore/page/delete/?id={form_page.pk}", "/cms/reports/site-history/",
    ):  # fmt: skip
        for response in (client.get(url), client.post(url, {"title": "Diubah", "action-publish": "1"})):
            assert response.status_code in (302, 403, 404), url
            assert response.headers.get("Location", "/cms/") == "/cms/", url
    form_page.refresh_from_db()
    assert form_page.title == "Form Konsultasi HAKI"
    assert form_page.live


class TestRights:
    """Each right by itself: a screen offers and a view allows what the role holds, no more."""

    @pytest.fixture
    def client(self, officer):
        return signed_in(officer)

    def without(self, codename):
        group = Group.objects.get(name=roles.OFFICER)
        group.permissions.remove(group.permissions.get(codename=codename))

    def test_without_answering_one_only_reads(self, client, ticket, addresses):
        self.without("answer_submission")
        page = client.get(f"/cms/tiket/{ticket.pk}/")
        assert page.status_code == 200
        actions = {form["action"].rsplit("/", 2)[1] for form in soup(page).select("main form")}
        assert actions == {"disposisi"}
        for url, data in addresses.items():
            if data is not None and "disposisi" not in url:
                assert client.post(url, data).headers["Location"] == "/cms/", url

    def test_without_assigning_one_keeps_what_one_has(self, client, ticket, addresses):
        self.without("assign_submission")
        assert not soup(client.get(f"/cms/tiket/{ticket.pk}/")).select('form[action$="/disposisi/"]')
        response = client.post(f"/cms/tiket/{ticket.pk}/disposisi/", addresses[f"/cms/tiket/{ticket.pk}/disposisi/"])
        assert response.headers["Location"] == "/cms/"

    def test_without_statistics_there_is_no_page_of_them(self, client):
        self.without("view_statistics")
        assert client.get("/cms/statistik/").headers["Location"] == "/cms/"

    def test_who_cannot_answer_is_not_offered_as_an_officer(self, officer, form_page):
        assert list(permissions.officers_for(form_page)) == [officer]
        self.without("answer_submission")
        assert list(permissions.officers_for(form_page)) == []
