"""A NIK on the officer's screens: six digits for those who see the ticket, all of them once for those who may."""

from __future__ import annotations

import json
import logging

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection

from forms import encrypted_answers, services
from forms.enums import EventKind
from siptenan.common import encryption, nik
from tests import factories
from tests.forms.officers import queries, signed_in, soup, text

NIK = "9701014107900001"  # no province has 97
GROUPED = "9701 0141 0790 0001"
MASKED = "9701**********01"
QUESTIONS = [
    {"label": "Nama Lengkap", "field_type": "singleline", "role": "contact_name"},
    {"label": "NIK", "field_type": "nik"},
    {"label": "NIK Pasangan", "field_type": "nik", "required": False},
]
SOMEBODY_ELSES = "a-key-that-somebody-else-has-0123456789"

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site):
    return factories.make_form("pendaftaran", QUESTIONS, title="Pendaftaran", ticket_prefix="DAFTAR")


@pytest.fixture
def ticket(form):
    return factories.make_ticket(form, **{"Nama Lengkap": "Ibu Contoh", "NIK": encryption.encrypt(NIK)})


@pytest.fixture
def url(ticket):
    return f"/cms/tiket/{ticket.pk}/"


@pytest.fixture
def head(admin):
    return signed_in(admin)


@pytest.fixture
def petugas(form):
    """An officer of this form, without the right to read a NIK."""
    return factories.make_staff("Petugas", "petugas", forms=[form])


def reveals(ticket) -> list[tuple[str, str]]:
    """Who read which answer."""
    return list(ticket.events.filter(kind=EventKind.NIK_REVEALED).values_list("actor_name", "after"))


def database() -> str:
    """Everything that is stored of tickets, threads and histories."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("forms_submission", "forms_message", "forms_submissionevent", "forms_formsnapshot"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return json.dumps(rows, default=str)


class TestSending:
    def test_a_visitor_s_nik_is_nowhere_in_clear(self, form, client, caplog):
        with caplog.at_level(logging.DEBUG):
            receipt = factories.send(client, form.url, nama_lengkap="Ibu Contoh", nik=GROUPED, nik_pasangan="")
        ticket = form.submissions.get()
        assert encryption.decrypt(ticket.answers["nik"]) == NIK
        status = client.get(f"/kalindri/lacak/t/{ticket.link_secret}/", follow=True)
        for seen in (database(), caplog.text, text(receipt, "body"), text(status, "body"), ticket.search_text):
            assert NIK not in seen
            assert GROUPED not in seen
        assert MASKED in text(status, "main")
        assert "provinsi" not in text(status, "main")

    def test_the_same_form_sent_twice_is_one_ticket_without_an_addition(self, form, client):
        fields = factories.open_form(client, form.url)
        sent = {**fields, "nama_lengkap": "Ibu Contoh", "nik": NIK, "nik_pasangan": ""}
        for _ in range(2):
            assert client.post(form.url, sent).status_code == 303
        ticket = form.submissions.get()
        assert not ticket.messages.exists()


class TestReading:
    def test_is_masked_with_what_to_look_at_until_somebody_opens_it(self, head, url):
        page = head.get(url)
        assert MASKED in text(page, ".zone-answers")
        assert nik.UNKNOWN_PROVINCE in text(page, ".zone-answers")
        assert NIK not in page.content.decode()
        assert GROUPED not in page.content.decode()
        assert "NIK Pasangan" not in text(page, ".zone-answers")  # not answered

    def test_is_shown_once_and_recorded_with_who_and_when(self, head, ticket, url):
        answer = head.post(f"{url}nik/", {"key": "nik"})
        assert answer.status_code == 200
        assert GROUPED in text(answer, ".ticket-nik")
        assert answer.headers["Cache-Control"].startswith("no-store, private")
        again = head.get(url)
        assert GROUPED not in text(again, "body")
        assert reveals(ticket) == [("Admin", "NIK")]
        assert "Admin NIK dibuka: NIK" in text(again, ".zone-facts")

    def test_each_look_is_recorded(self, head, ticket, url):
        for _ in range(2):
            head.post(f"{url}nik/", {"key": "nik"})
        assert len(reveals(ticket)) == 2

    def test_the_number_is_in_no_event_log_or_address(self, head, ticket, url, caplog):
        with caplog.at_level(logging.DEBUG):
            answer = head.post(f"{url}nik/", {"key": "nik"})
        assert NIK not in caplog.text + answer.request["PATH_INFO"] + database()

    @pytest.mark.parametrize("key", ["", "nama_lengkap", "nik_pasangan", "hologram", "nik\0"])
    def test_what_is_no_nik_is_not_opened(self, head, ticket, url, key):
        answer = head.post(f"{url}nik/", {"key": key}, follow=True)
        assert "tidak memuat NIK itu" in text(answer, "body")
        assert reveals(ticket) == []

    def test_a_lost_key_is_said_in_words(self, head, ticket, url, settings):
        settings.FIELD_KEYS = [SOMEBODY_ELSES]
        page = head.get(url)
        assert "NIK tidak dapat dibaca" in text(page, ".zone-answers")
        answer = head.post(f"{url}nik/", {"key": "nik"}, follow=True)
        assert "kuncinya hilang" in text(answer, "body")
        assert "enc1." not in page.content.decode() + answer.content.decode()
        assert reveals(ticket) == []

    def test_looking_at_the_address_leads_to_the_ticket(self, head, ticket, url):
        assert head.get(f"{url}nik/").headers["Location"] == url
        assert reveals(ticket) == []

    def test_stops_no_colleague_s_reply(self, head, ticket, url, admin, petugas):
        head.post(f"{url}nik/", {"key": "nik"})
        assert services.reply(ticket, "Sudah kami terima.", by=petugas, version=1).pk


class TestWithoutTheRight:
    def test_an_officer_sees_the_ticket_and_no_button(self, petugas, url):
        page = signed_in(petugas).get(url)
        assert MASKED in text(page, ".zone-answers")
        assert nik.UNKNOWN_PROVINCE in text(page, ".zone-answers")
        assert not soup(page).select('form[action$="/nik/"]')

    def test_is_turned_away(self, petugas, ticket, url):
        client = signed_in(petugas)
        answer = client.post(f"{url}nik/", {"key": "nik"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/cms/")
        script = client.post(f"{url}nik/", {"key": "nik"}, headers={"X-Requested-With": "XMLHttpRequest"})
        assert script.status_code == 403
        assert NIK not in script.content.decode()
        assert reveals(ticket) == []

    def test_the_right_reaches_no_ticket_of_another_form(self, ticket, url, form_page):
        stranger = factories.make_staff("Petugas", "asing", forms=[form_page])
        stranger.user_permissions.add(Permission.objects.get(codename="reveal_nik"))
        assert signed_in(stranger).post(f"{url}nik/", {"key": "nik"}).status_code == 404
        assert reveals(ticket) == []


class TestExport:
    @pytest.mark.parametrize("file_format", ["csv"])
    def test_is_masked(self, head, ticket, file_format):
        content = b"".join(head.get(f"/cms/kotak-masuk/?export={file_format}")).decode()
        assert MASKED in content
        assert NIK not in content
        assert "enc1." not in content


class TestRotation:
    def test_answers_are_encrypted_anew_and_nothing_else_changes(self, form, ticket, settings):
        old = settings.FIELD_KEYS[0]
        before = {**ticket.answers, "version": ticket.version, "events": ticket.events.count()}
        settings.FIELD_KEYS = [SOMEBODY_ELSES, old]
        plain = factories.make_ticket(form, **{"Nama Lengkap": "enc1.00000000.abc", "NIK": ""})
        call_command("rotate_field_keys", verbosity=0)
        ticket.refresh_from_db()
        plain.refresh_from_db()
        settings.FIELD_KEYS = [SOMEBODY_ELSES]
        assert encryption.decrypt(ticket.answers["nik"]) == NIK
        after = {**ticket.answers, "version": ticket.version, "events": ticket.events.count()}
        assert {**after, "nik": ""} == {**before, "nik": ""}
        assert plain.answers["nama_lengkap"] == "enc1.00000000.abc"

    def test_a_check_counts_and_leaves_them(self, ticket, settings):
        settings.FIELD_KEYS = [SOMEBODY_ELSES, *settings.FIELD_KEYS]
        tally = encrypted_answers.TicketAnswers().rotate(write=False)
        assert (tally.current, tally.old, tally.unreadable) == (0, 1, 0)
        before = dict(ticket.answers)
        ticket.refresh_from_db()
        assert ticket.answers == before


def test_the_page_costs_the_same_with_one_nik_and_with_two(head, form, ticket, url):
    other = factories.make_ticket(form, **{label: encryption.encrypt(NIK) for label in ("NIK", "NIK Pasangan")})
    head.get(url)
    assert queries(head, url) == queries(head, f"/cms/tiket/{other.pk}/")
