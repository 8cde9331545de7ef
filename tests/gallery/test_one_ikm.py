"""One IKM, one thread: proposed by telephone number or NIB, linked by an officer, never merged by itself."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from forms import retention
from forms.enums import EventKind, Status
from forms.models import Submission
from gallery import links, one_ikm
from gallery.models import Business, BusinessRecord, GalleryIndexPage, IkmLink
from siptenan.accounts import roles
from siptenan.common.models import Commodity
from tests.factories import (
    make_business,
    make_form,
    make_gallery_form,
    make_product,
    make_registration,
    make_staff,
    make_ticket,
    publish,
)
from tests.forms.officers import many, queries, signed_in
from tests.gallery.registering import record_of

pytestmark = pytest.mark.django_db
QUESTION = "Apakah nama usaha saya dapat didaftarkan sebagai merek?"  # of tests.factories.tickets
PHONE = "+6281200000222"  # of tests.factories.registrations


@pytest.fixture
def form(site):
    publish(site, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    return make_gallery_form()


@pytest.fixture
def trademark(form, form_page) -> Submission:
    """A trademark question of the same number, whose business is spelled otherwise."""
    ticket = make_ticket(form_page)
    Submission.objects.filter(pk=ticket.pk).update(phone=PHONE, business="Tempe Conto Djaya")
    return Submission.objects.get(pk=ticket.pk)


@pytest.fixture
def registration(form) -> Submission:
    return make_registration(form)


@pytest.fixture
def both(form, form_page):
    """An officer of the Gallery and of trademarks."""
    return make_staff(roles.OFFICER, "berdua", forms=[form, form_page])


@pytest.fixture
def gallery_only(form):
    return make_staff(roles.OFFICER, "galeri", forms=[form])


@pytest.fixture
def trademarks_only(form_page):
    return make_staff(roles.OFFICER, "haki", forms=[form_page])


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" ").split())


def press(client: Client, page: str, label: str, number: int = 0, **changes: str):
    """Press the button with this label on a page, as a browser would, and follow."""
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    buttons = [button for button in soup.select(".ikm-buttons button") if button.get_text().startswith(label)]
    assert buttons, f"no button {label!r} on {page}"
    button = buttons[number]
    form = button.find_parent("form")
    data = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    if button.get("name"):
        data[button["name"]] = button["value"]
    return client.post(form["action"], {**data, **changes}, follow=True)


def screen(record: BusinessRecord) -> str:
    return reverse("gallery-ikm", args=[record.pk])


# --- Proposing ------------------------------------------------------------------------------------


def test_the_same_phone_under_another_spelling_is_proposed_and_never_merged(registration, trademark, both):
    client, record = signed_in(both), record_of(registration)
    of_ticket, of_record = reverse("ticket:detail", args=[trademark.pk]), screen(record)
    assert "Tempe Contoh Jaya (Kauman, pemilik Ibu Contoh Pendaftar): WhatsApp sama" in words(client.get(of_ticket))
    proposed = words(client.get(of_record))
    assert trademark.reference in proposed
    assert "Tempe Conto Djaya" in proposed
    assert "Tidak ada tiket yang dihubungkan" not in proposed  # its own registration is there
    for _ in range(2):  # looking changes nothing
        client.get(of_ticket)
        client.get(of_record)
        client.get(reverse("gallery-registration", args=[registration.pk]))
    assert not IkmLink.objects.exists()
    assert (Business.objects.count(), BusinessRecord.objects.count(), Submission.objects.count()) == (1, 1, 2)
    trademark.refresh_from_db()
    assert (trademark.business, record_of(registration).business.name) == ("Tempe Conto Djaya", "Tempe Contoh Jaya")
    assert [shown.ticket for shown in one_ikm.thread_of_record(record, both).tickets] == [registration]


def test_the_same_nib_is_proposed_in_both_directions(registration, form, form_page, both):
    record = record_of(registration)
    BusinessRecord.objects.filter(pk=record.pk).update(nib="1234567890123")
    page = make_form("izin", [{"label": "NIB", "pattern": "nib"}, {"label": "Pertanyaan", "role": "question"}])
    both.assigned_forms.add(page)
    same = make_ticket(page, NIB="1234567890123")
    # The same digits, but in a sentence: no NIB.
    make_ticket(page, NIB="9999999999999", Pertanyaan="Apakah 1234567890123 NIB saya?")
    client = signed_in(both)
    assert [row.ticket for row in one_ikm.thread_of_record(BusinessRecord.objects.get(), both).proposals] == [same]
    assert "Tempe Contoh Jaya" in words(client.get(reverse("ticket:detail", args=[same.pk])))
    assert "NIB sama" in words(client.get(screen(record)))


def test_two_businesses_of_one_number_are_proposed(registration, both):
    other = make_business("Tempe Jaya Contoh", record={"nik": "", "phone": PHONE})
    page = words(signed_in(both).get(screen(record_of(registration))))
    assert "Usaha Tempe Jaya Contoh (Kauman, pemilik Ibu Contoh Pemilik): WhatsApp sama" in page
    assert other.record.pk not in links.siblings(record_of(registration).pk)


# --- Deciding -------------------------------------------------------------------------------------


def test_a_confirmed_ticket_is_on_one_screen_with_all_the_rest(registration, trademark, both):
    record = record_of(registration)
    make_product(record.business, "Tempe Mendoan Contoh", live=False)
    client = signed_in(both)
    answer = press(client, reverse("ticket:detail", args=[trademark.pk]), "Memang IKM yang sama")
    assert "tampil sebagai satu IKM" in answer.content.decode()
    link = IkmLink.objects.get()
    assert (link.record, link.ticket, link.is_same, link.by, link.undone_at) == (record, trademark, True, both, None)
    for url in (screen(record), reverse("gallery-ikm-ticket", args=[trademark.pk])):
        shown = words(client.get(url))
        for text in (
            trademark.reference, "Baru", QUESTION,
            registration.reference, "Kesiapan SIINas", "4/11",
            "Belum tampil, pendaftaran Baru", "Keripik Tempe Contoh", "Tempe Mendoan Contoh",
        ):  # fmt: skip
            assert text in shown, text
    assert "Mungkin dari IKM" not in words(client.get(reverse("ticket:detail", args=[trademark.pk])))


def test_consents_are_there_with_version_and_time(form, both):
    consent = {"version": "a1b2c3d4", "at": "2026-11-24T07:03:00+00:00"}
    record = record_of(make_registration(form, saya_setuju_data_saya_dipakai_seperti_di_atas=consent))
    shown = words(signed_in(both).get(screen(record)))
    assert "Selasa, 24 November 2026, 14.03 WIB (teks versi a1b2c3d4)" in shown
    assert "Nama tidak, WhatsApp tidak" in shown


def test_each_decision_is_in_both_histories_and_names_nobody(registration, trademark, both):
    record = record_of(registration)
    links.decide(record, trademark, is_same=True, by=both)
    links.undo(IkmLink.objects.get(), by=both)
    links.decide(record, trademark, is_same=False, by=both)
    for ticket in (registration, trademark):
        events = ticket.events.filter(kind=EventKind.LINKED)
        assert [event.actor for event in events] == [both] * 3
        assert [event.after.split()[1] for event in events] == ["satu", "satu", "bukan"]
        assert not any(text in str(events.values()) for text in ("Tempe", registration.reference, trademark.reference))
    logged = ModelLogEntry.objects.filter(object_id=str(record.pk), action__startswith="gallery.").order_by("pk")
    assert [entry.action for entry in logged] == [links.SAME, links.UNDONE, links.DIFFERENT]


def test_a_no_is_remembered_and_can_be_taken_back(registration, trademark, both):
    record, client = record_of(registration), signed_in(both)
    page = reverse("ticket:detail", args=[trademark.pk])
    press(client, page, "Bukan")
    assert "Mungkin dari IKM" not in words(client.get(page))
    assert one_ikm.thread_of_record(record, both).proposals == []
    assert one_ikm.thread_of_ticket(trademark, both).proposals == []
    examined = words(client.get(reverse("gallery-registration", args=[registration.pk])))
    assert "(bukan IKM yang sama)" in examined
    assert "Dinyatakan bukan IKM yang sama (1)" in words(client.get(screen(record)))
    press(client, screen(record), "Batalkan")
    assert "Mungkin dari IKM" in words(client.get(page))
    assert IkmLink.objects.get().undone_by == both


def test_businesses_linked_over_a_third_are_one(registration, both):
    first = record_of(registration)
    second = make_business("Tempe Jaya Kedua", record={"nik": "", "phone": "+6281200000555"}).record
    third = make_business("Tempe Jaya Ketiga", record={"nik": "", "phone": "+6281200000666"}).record
    links.decide(third, second, is_same=True, by=both)
    links.decide(second, first, is_same=True, by=both)
    assert links.siblings(third.pk) == {first.pk, second.pk, third.pk}
    shown = words(signed_in(both).get(screen(third)))
    assert all(name in shown for name in ("Tempe Contoh Jaya", "Tempe Jaya Kedua", "Tempe Jaya Ketiga"))
    links.decide(first, third, is_same=True, by=both)  # it is known already
    assert IkmLink.objects.count() == 2
    with pytest.raises(links.Contradiction, match="sudah dinyatakan IKM yang sama"):
        links.decide(first, third, is_same=False, by=both)
    assert Business.objects.count() == 3


def test_what_contradicts_is_refused_in_words(registration, trademark, both):
    record = record_of(registration)
    other = make_business("Usaha Lain Contoh", record={"nik": "", "phone": PHONE}).record
    links.decide(record, trademark, is_same=True, by=both)
    with pytest.raises(links.Contradiction, match="sudah dihubungkan dengan usaha lain"):
        links.decide(other, trademark, is_same=True, by=both)
    links.decide(other, trademark, is_same=False, by=both)
    with pytest.raises(links.Contradiction, match="bukan IKM yang sama"):
        links.decide(record, other, is_same=True, by=both)
    client = signed_in(both)
    answer = client.post(
        reverse("gallery-ikm-decide"),
        {"usaha": record.pk, "tiket": trademark.pk, "jawaban": "bukan", "kembali": screen(record)},
        follow=True,
    )
    assert "Berdua sudah menyatakan keduanya IKM yang sama" in answer.content.decode()
    assert IkmLink.objects.current().count() == 2


def test_a_second_press_changes_nothing(registration, trademark, both):
    for _ in range(2):
        links.decide(record_of(registration), trademark, is_same=True, by=both)
    assert IkmLink.objects.count() == 1
    assert trademark.events.filter(kind=EventKind.LINKED).count() == 1


def test_a_registration_is_linked_by_its_business(registration, form, both):
    second = make_registration(form, nama_usaha="Tempe Djaja", nik="")
    links.decide(record_of(registration), second, is_same=True, by=both)
    link = IkmLink.objects.get()
    assert (link.ticket, link.other) == (None, record_of(second))
    assert second.events.filter(kind=EventKind.LINKED).exists()


def test_the_queue_asks_no_longer_about_what_is_decided(registration, form, both):
    second = make_registration(form, nama_usaha="Usaha Lain Contoh", nik="")
    client = signed_in(both)
    assert words(client.get(reverse("gallery-registrations"))).count("Mungkin ganda") == 2
    page = reverse("gallery-registration", args=[registration.pk])
    press(client, page, "Bukan")
    assert IkmLink.objects.get().other == record_of(second)
    assert "Mungkin ganda" not in words(client.get(reverse("gallery-registrations")))
    assert "Dinyatakan bukan IKM yang sama." in words(client.get(page))


# --- Who sees what --------------------------------------------------------------------------------


def test_an_officer_of_trademarks_sees_his_tickets_and_what_is_public(
    registration, trademark, both, trademarks_only, form_page
):
    record = record_of(registration)
    earlier = make_ticket(form_page)
    for ticket in (trademark, earlier):
        links.decide(record, ticket, is_same=True, by=both)
    client, url = signed_in(trademarks_only), reverse("gallery-ikm-ticket", args=[trademark.pk])
    private = ("Tempe Contoh Jaya", "Ibu Contoh Pendaftar", registration.reference, "Keripik", "SIINas")
    shown = words(client.get(url))
    assert earlier.reference in shown
    assert trademark.reference in shown
    assert [text for text in private if text in shown] == []
    assert "Batalkan" not in shown
    assert client.get(screen(record))["Location"] == "/cms/"
    ticket_page = words(client.get(reverse("ticket:detail", args=[trademark.pk])))
    assert "sudah dihubungkan" in ticket_page
    assert [text for text in private if text in ticket_page] == []
    make_public(record)
    shown = words(client.get(url))
    assert "Tempe Contoh Jaya" in shown
    assert [text for text in private if text in shown and text != "Tempe Contoh Jaya"] == []


def make_public(record: BusinessRecord) -> None:
    Business.objects.filter(pk=record.business_id).update(commodity=Commodity.objects.get(code="tempe"))
    Business.objects.get(pk=record.business_id).save_revision().publish()


def test_an_officer_of_the_gallery_sees_no_tickets_of_other_forms(registration, trademark, both, gallery_only):
    record = record_of(registration)
    client = signed_in(gallery_only)
    assert trademark.reference not in words(client.get(screen(record)))  # proposed to those only who see both
    links.decide(record, trademark, is_same=True, by=both)
    shown = words(client.get(screen(record)))
    assert registration.reference in shown
    assert QUESTION not in shown
    assert trademark.reference not in shown
    assert client.get(reverse("gallery-ikm-ticket", args=[trademark.pk])).status_code == 404


def test_who_does_not_see_both_decides_nothing(registration, trademark, gallery_only, trademarks_only, both):
    record = record_of(registration)
    data = {"usaha": record.pk, "tiket": trademark.pk, "jawaban": "sama"}
    url = reverse("gallery-ikm-decide")
    assert signed_in(trademarks_only).post(url, data)["Location"] == "/cms/"
    refused = signed_in(gallery_only).post(url, data, follow=True)
    assert "bukan bagian Anda" in refused.content.decode()
    assert not IkmLink.objects.exists()
    links.decide(record, trademark, is_same=True, by=both)
    signed_in(gallery_only).post(url, {"batal": IkmLink.objects.get().pk})
    assert IkmLink.objects.current().exists()


@pytest.mark.parametrize(
    "data", [{}, {"jawaban": "mungkin"}, {"jawaban": "sama", "usaha": "x"}, {"batal": "9" * 30}, {"batal": "-1"}]
)
def test_nonsense_is_answered_in_words(form, both, data):
    answer = signed_in(both).post(reverse("gallery-ikm-decide"), data, follow=True)
    assert "bukan bagian Anda" in answer.content.decode()


def test_the_button_leads_back_to_our_screens_only(registration, trademark, both):
    data = {"usaha": record_of(registration).pk, "tiket": trademark.pk, "jawaban": "sama"}
    answer = signed_in(both).post(reverse("gallery-ikm-decide"), {**data, "kembali": "https://jahat.example/"})
    assert answer["Location"] == reverse("gallery-register")


def test_it_is_reached_from_registration_record_list_and_ticket(registration, trademark, both):
    record, client = record_of(registration), signed_in(both)
    links.decide(record, trademark, is_same=True, by=both)
    for page in (
        reverse("gallery-registration", args=[registration.pk]),
        reverse("gallery-record", args=[record.pk]),
        reverse("wagtailsnippets_gallery_business:list"),
    ):
        soup = BeautifulSoup(client.get(page).content, "html.parser")
        assert soup.select_one(f'a[href="{screen(record)}"]'), page
    for ticket in (registration, trademark):
        soup = BeautifulSoup(client.get(reverse("ticket:detail", args=[ticket.pk])).content, "html.parser")
        assert soup.select_one(f'a[href="{reverse("gallery-ikm-ticket", args=[ticket.pk])}"]')


def test_looking_is_recorded_and_not_cached(registration, gallery_only):
    record = record_of(registration)
    response = signed_in(gallery_only).get(screen(record))
    assert "no-store" in response["Cache-Control"]
    assert ModelLogEntry.objects.filter(action="gallery.view_record", object_id=str(record.pk)).count() == 1


# --- The rest -------------------------------------------------------------------------------------


def test_an_anonymous_ticket_leads_to_nobody(registration, trademark, both):
    links.decide(record_of(registration), trademark, is_same=True, by=both)
    Submission.objects.filter(pk=trademark.pk).update(status=Status.DONE)
    retention.anonymise(trademark)
    assert not IkmLink.objects.exists()
    assert registration.reference not in str(list(trademark.events.values()))


def test_more_tickets_take_no_more_queries(registration, trademark, both):
    record, client = record_of(registration), signed_in(both)
    links.decide(record, trademark, is_same=True, by=both)
    other = make_business("Tempe Jaya Kedua", record={"nik": "", "phone": PHONE}).record
    third = make_business("Tempe Jaya Ketiga", record={"nik": "", "phone": PHONE}).record
    links.decide(record, other, is_same=True, by=both)
    pages = [screen(record), reverse("gallery-ikm-ticket", args=[trademark.pk])]
    pages += [reverse("ticket:detail", args=[trademark.pk]), reverse("gallery-registration", args=[registration.pk])]
    proposed = many(trademark, 1)[0]
    pages += [reverse("ticket:detail", args=[proposed.pk])]
    for page in pages:
        queries(client, page)
    few = [queries(client, page) for page in pages]
    for ticket in many(trademark, 6):
        links.decide(record, ticket, is_same=True, by=both)
    many(trademark, 6)
    for number in range(4):
        business = make_business(f"Tempe Jaya {number}", record={"nik": "", "phone": PHONE})
        make_product(business, f"Tempe {number}", live=False)
        if number % 2:
            links.decide(third if number == 1 else record, business.record, is_same=True, by=both)
    queries(client, pages[0])  # what is remembered of the site was forgotten with each business
    assert [queries(client, page) for page in pages] == few
