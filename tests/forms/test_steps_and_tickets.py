"""Forms of sections and steps: old tokens, limits, closing; moved rows; how the ticket is shown; queries."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms import exports, rendering
from forms.builder import TOKEN_FIELD
from forms.models import FormField, FormPage, SavedForm, Submission
from forms.references import read_token
from siptenan.common import generation
from siptenan.common.models import Unit
from tests.factories import make_form
from tests.forms.long_form import DAY, FIRST, LAST, TYPED, URL, ask, make, sent, walk
from tests.forms.phone import Phone
from tests.forms.visitors import TICKET, opened, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit(site):
    Unit.objects.create(code="x-kodi", name="kodi contoh")
    generation.forget()


# --- Tokens, throttle, closing --------------------------------------------------------------------


def test_a_form_left_open_too_long_goes_on():
    page = make()
    with time_machine.travel(time.time() - 30 * DAY):
        phone = Phone(URL)
    old = phone.form.select_one(f"[name={TOKEN_FIELD}]")["value"]
    phone.press("lanjut", **FIRST)
    new = phone.form.select_one(f"[name={TOKEN_FIELD}]")["value"]
    assert phone.heading == "Usaha"
    assert read_token(old, page.pk) is None
    assert read_token(new, page.pk) is not None
    phone.press("lanjut", punya_nib="Tidak")
    phone.press("periksa", **LAST)
    assert sent(phone).status == "baru"


def test_a_page_for_checking_left_open_too_long_is_sent_at_the_second_press():
    make()
    phone = walk()
    data = phone.form.select_one(f"[name={TOKEN_FIELD}]")
    assert data["value"]
    phone.press("kirim", kunci_formulir="forged")
    assert phone.response.status_code == 422
    assert "Isian Anda masih ada" in phone.page.select_one(".notice").get_text()
    assert phone.kept() == TYPED
    phone.press("kirim")
    assert phone.response.status_code == 303


@pytest.mark.usefixtures("_one_window")
def test_a_send_too_many_keeps_all_answers(settings):
    settings.SUBMIT_LIMIT = "1/10m"
    make()
    sent(walk())
    phone = walk()
    phone.press("kirim", nama="Bapak Contoh")
    assert phone.response.status_code == 429
    assert phone.kept() == {**TYPED, "nama": ["Bapak Contoh"]}
    assert phone.response["Retry-After"]
    assert Submission.objects.count() == 1


def test_a_form_closed_meanwhile_shows_what_was_typed_in_every_part():
    page = make()
    phone = walk()
    page.closes_at = timezone.now()
    page.save_revision().publish()
    phone.press("kirim")
    assert phone.response.status_code == 403
    names = [name.get_text(strip=True) for name in phone.page.select(".answers dt")]
    texts = [text.get_text(" ", strip=True) for text in phone.page.select(".answers dd")]
    shown = dict(zip(names, texts, strict=True))
    assert shown["Nama"] == "Ibu Contoh"
    assert shown["Rumah"] == "Jl. Contoh 1, Pekalongan"
    assert shown["Hasil"] == "1.500 kodi contoh"
    assert shown["Butuh"] == "Merek, Halal"
    assert shown["Nilai"] == "Cepat: Baik"
    assert "Diri" not in shown
    assert "Sumber" not in shown


def test_a_form_closed_meanwhile_shows_what_was_wrong_letter_by_letter():
    page = make()
    phone = walk()
    page.closes_at = timezone.now()
    page.save_revision().publish()
    phone.press("kirim", rumah__city="", tahun_izin="dua ribu", hasil__value="banyak")
    shown = phone.page.select_one(".answers").get_text(" ", strip=True)
    assert all(words in shown for words in ("Jl. Contoh 1", "dua ribu", "banyak"))
    assert Submission.objects.count() == 0


# --- A2: moving rows ------------------------------------------------------------------------------


def test_moving_a_question_to_another_section_loses_no_answer():
    """A2: the key stays, and so do the answers of tickets and of a form that somebody is filling in."""
    page = make()
    ticket = sent(walk())
    phone = walk()
    field = FormField.objects.get(page=page, clean_name="nama")
    after = FormField.objects.get(page=page, clean_name="tahun_izin").sort_order
    FormField.objects.filter(page=page, sort_order__gt=after).update(sort_order=100)
    FormField.objects.filter(pk=field.pk).update(sort_order=99)
    FormPage.objects.get(pk=page.pk).save()
    generation.forget()
    phone.press("kembali")
    assert phone.kept() == TYPED
    phone.press("ke:nama")
    assert (phone.heading, phone.kept()) == ("Izin", TYPED)
    ticket.refresh_from_db()
    assert ("Nama", "Ibu Contoh") in [(answer.label, answer.value) for answer in rendering.answers(ticket)]


# --- What is shown of a ticket --------------------------------------------------------------------

LAYOUT_ROWS = {"Diri", "Usaha", "Izin", "Pilihan", "Bacalah"}


def test_no_row_of_layout_is_shown_as_an_answer(client, admin):
    make()
    phone = walk()
    receipt = phone.press("kirim", follow=True)
    ticket = Submission.objects.get()
    client.force_login(admin)
    desk = page_of(client.get(reverse("ticket:detail", args=[ticket.pk])))
    status = page_of(opened(ticket).get(TICKET))
    answered = {"Nama", "Rumah", "Punya NIB", "NIB", "Hasil", "Tahun izin", "Butuh", "Nilai", "Setuju"}
    for page, terms in ((page_of(receipt), ".answers dt"), (desk, ".zone-answers dt"), (status, ".answers dt")):
        shown = [term.get_text(strip=True) for term in page.select(f"{terms}:not(.answers-section)")]
        assert set(shown) == answered
        assert [title.get_text(strip=True) for title in page.select(f"{terms}.answers-section")] == [
            "Diri", "Usaha", "Izin", "Pilihan",
        ]  # fmt: skip
    assert LAYOUT_ROWS.isdisjoint(answer.label for answer in rendering.answers(ticket, keep_empty=True))
    first_of_section = {answer.label: answer.section for answer in rendering.answers(ticket) if answer.section}
    assert first_of_section == {"Nama": "Diri", "Punya NIB": "Usaha", "Tahun izin": "Izin", "Butuh": "Pilihan"}


def test_the_export_has_no_column_for_a_row_of_layout():
    make()
    ticket = sent(walk())
    response = exports.response({ticket.pk: ticket.snapshot_id}, "csv", name="x")
    header = b"".join(response).decode("utf-8-sig").splitlines()[0]
    assert "Rumah" in header
    assert not any(label in header for label in LAYOUT_ROWS - {"Usaha"})


# --- Queries --------------------------------------------------------------------------------------


def long_form(questions: int) -> list[dict]:
    kinds = ["quantity", "kelurahan", "singleline", "number", "checkboxes", "address", "year", "matrix"]
    rows = []
    for section in range(4):
        rows.append(ask(f"Bagian {section}", "section"))
        for number in range(questions // 4):
            kind = kinds[number % len(kinds)]
            show_if = {"show_if_key": "isian_0_0", "show_if_operator": "filled"} if section and number else {}
            rows.append(ask(f"Isian {section} {number}", kind, choices="a\nb", rows="x\ny", required=False, **show_if))
    return rows


@pytest.mark.parametrize("layout", ["single", "steps"])
def test_queries_do_not_grow_with_the_questions(layout):
    counts = {}
    for size in (8, 40):
        slug = f"panjang-{size}"
        make_form(slug, long_form(size), title=slug, layout=layout, check_answers=True)
        generation.forget()
        Phone(f"/kalindri/{slug}/")
        found = []
        generation.forget()
        with CaptureQueriesContext(connection) as opened:
            phone = Phone(f"/kalindri/{slug}/")
        found.append(len(opened))
        for action in ("lanjut", "periksa"):
            generation.forget()
            with CaptureQueriesContext(connection) as pressed:
                phone.press(action)
            assert phone.response.status_code == 200
            found.append(len(pressed))
        counts[size] = found
    assert counts[8] == counts[40]


# --- Back, after it was sent ----------------------------------------------------------------------

RECEIPT = f"{URL}terkirim/"


@pytest.mark.parametrize("action", [None, "periksa", "lanjut", "kembali", "ke:nama", "simpan"])
def test_no_step_of_a_form_that_was_sent_is_shown_again(action):
    """On a shared phone Back asks again for the page before: it leads to the receipt, while that is open."""
    make()
    phone = walk()
    before = phone.response
    sent(phone)
    phone.response = before
    response = phone.press(action)
    assert (response.status_code, response["Location"]) == (303, RECEIPT)
    assert "no-store" in response["Cache-Control"]
    assert "Ibu Contoh" in phone.client.get(RECEIPT).content.decode()
    assert SavedForm.objects.count() == 0
    assert Submission.objects.count() == 1


def test_after_the_receipt_was_closed_it_leads_to_the_page_that_asks_for_number_and_pin():
    make()
    phone = walk()
    before = phone.response
    sent(phone)
    closed = phone.client.post(RECEIPT)
    assert closed["Clear-Site-Data"] == '"cache"'
    phone.response = before
    response = phone.press("periksa", follow=True)
    assert response.redirect_chain == [(RECEIPT, 303), ("/kalindri/lacak/?bukti=0", 302)]
    assert "Ibu Contoh" not in response.content.decode()


def test_a_browser_does_not_store_the_page_that_says_it_has_not_been_sent():
    make()
    assert "no-store" in walk().response["Cache-Control"]
