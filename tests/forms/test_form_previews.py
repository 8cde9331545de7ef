"""The previews of a form in the CMS: every state, by the code that visitors meet, invented answers, nothing stored."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms import field_types, outbox, patterns
from forms.examples import example_answers
from forms.models import FormField, FormPage, FormSnapshot, OutgoingMail, Submission, Upload
from home.demo.forms import EXAMPLE
from siptenan.common.models import Unit
from tests.factories import make_form, make_ticket
from tests.forms.cms_forms import fields_of
from tests.forms.visitors import page_of

TITLES = ["Tentang Anda", "Tentang usaha", "Layanan", "Keluhan", "Foto dan dokumen", "Persetujuan"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_type(site) -> FormPage:
    """A form with every type of question, sections and conditions."""
    values = {"layout": "steps", "check_answers": True, "notify_emails": "petugas@example.id, kepala@example.id"}
    return make_form("contoh-formulir", EXAMPLE, title="Contoh Formulir", ticket_prefix="CONTOH", **values)


@pytest.fixture
def preview(client, editor, every_type):
    """Open one mode of a page as it was saved last."""
    client.force_login(editor)

    def show(mode: str, page: FormPage = every_type) -> BeautifulSoup:
        response = client.get(f"/cms/pages/{page.pk}/view_draft/?mode={mode}")
        assert response.status_code == 200
        return page_of(response)

    return show


def modes(page: FormPage) -> dict[str, str]:
    return dict(page.preview_modes)


def text(page: BeautifulSoup) -> str:
    return page.main.get_text(" ", strip=True)


def terms(page: BeautifulSoup) -> dict[str, str]:
    """The answers a page lists, by label."""
    return {
        term.get_text(strip=True): term.find_next_sibling("dd").get_text(" ", strip=True)
        for term in page.select("main dt:not(.answers-section)")
    }


# --- Which there are ------------------------------------------------------------------------------


def test_every_state_can_be_chosen(every_type):
    assert list(modes(every_type).values()) == [
        *(f"Langkah {number}: {title}" for number, title in enumerate(TITLES, 1)),
        "Kelompok diisi dua kali", "Dengan kesalahan", "Periksa jawaban", "Bukti kirim", "Bukti kirim di kertas",
        "Surel kepada pengirim",
        "Surel kepada petugas", "Saat ditutup", "Kesehatan formulir",
    ]  # fmt: skip
    assert every_type.default_preview_mode == "form"


def test_a_form_of_one_page_has_no_steps_and_no_check(form_page):
    assert list(modes(form_page)) == [
        "form", "errors", "receipt", "print", "mail-visitor", "mail-officer", "closed", "health",
    ]  # fmt: skip
    assert modes(form_page)["form"] == "Formulir"


def test_the_editor_offers_them(client, editor, every_type):
    client.force_login(editor)
    page = page_of(client.get(f"/cms/pages/{every_type.pk}/edit/"))
    offered = {option["value"]: option.get_text() for option in page.select("#id_preview_mode option")}
    assert offered == modes(every_type)


# --- Each of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, len(TITLES) + 1))
def test_each_step_is_shown_without_filling_in(preview, number):
    """Also the fourth, which the answers of a visitor would have to call."""
    page = preview("form" if number == 1 else f"step-{number}")
    assert [heading.get_text() for heading in page.select(".form-section-title")] == [TITLES[number - 1]]
    assert f"Langkah {number} dari {len(TITLES)}" in text(page)


def test_a_step_that_is_gone_shows_the_last(preview):
    assert f"Langkah {len(TITLES)} dari" in text(preview("step-99"))
    assert "Langkah 1 dari" in text(preview("step-²"))
    assert "Langkah 1 dari" in text(preview("tidak-ada"))


def test_unsaved_questions_are_previewed(client, editor, form_page):
    """As the preview panel does it: the fields of the editor are sent, then the page is asked for."""
    client.force_login(editor)
    url = f"/cms/pages/{form_page.pk}/edit/"
    fields = {**fields_of(client.get(url).content), "form_fields-1-label": "Nama panggilan", "closed_message": "Nanti."}
    assert client.post(f"{url}preview/", fields).json() == {"is_valid": True, "is_available": True}
    for mode, words in (("form", "Nama panggilan"), ("receipt", "Nama panggilan"), ("closed", "Nanti.")):
        assert words in text(page_of(client.get(f"{url}preview/?mode={mode}&in_preview_panel=true")))
    assert "Nama panggilan" not in [field.label for field in form_page.form_fields.all()]


def test_errors_are_those_of_an_empty_send(preview, every_type):
    page = preview("errors")
    visitor = Client()
    form = page_of(visitor.get("/kalindri/contoh-formulir/")).select_one("main form")
    token = form.select_one("[name=kunci_formulir]")["value"]
    answer = page_of(visitor.post("/kalindri/contoh-formulir/", {"kunci_formulir": token, "aksi": "kirim"}))
    summary = [link.get_text() for link in page.select(".error-summary a")]
    assert summary == [link.get_text() for link in answer.select(".error-summary a")]
    assert summary == ["Nama Anda belum diisi."]
    assert page.select_one("[name=nama_anda]")["aria-invalid"] == "true"


def test_of_one_page_all_errors_are_shown(preview, form_page):
    page = preview("errors", form_page)
    assert [link.get_text() for link in page.select(".error-summary a")] == [
        "Nama Usaha/Perusahaan belum diisi.", "Nama Lengkap belum diisi.", "Alamat belum diisi.",
        "Pertanyaan belum diisi.",
    ]  # fmt: skip


def test_without_a_required_question_there_are_no_errors(preview, site):
    page = preview("errors", make_form("bebas", [{"label": "Saran", "required": False}], title="Bebas"))
    assert "Tidak ada pertanyaan wajib" in text(page)
    assert page.select(".error-summary") == []


def test_answers_to_check_are_invented(preview):
    found = terms(preview("check"))
    assert found["Nama Anda"] == "Ibu Contoh"
    assert found["NIK contoh"] == "3375**********00"
    assert found["Punya NIB?"] == "Ya"
    assert found["NIB"] == "1234567890123"
    assert found["Modal awal"] == "Rp 1.500.000"
    assert found["Foto produk"] == "1 foto"
    assert found["Tanggal kunjungan"] == "Kamis, 31 Desember 2026"
    assert "Apa yang perlu diperbaiki?" not in found  # the example of the scale is the best grade


def test_the_receipt_shows_the_same_answers(preview):
    check, receipt = terms(preview("check")), terms(preview("receipt"))
    del check["Saya setuju data saya dipakai seperti di atas"]  # has the time in it
    assert {label: receipt[label] for label in check} == check
    assert receipt["Nomor tiket"] == "CONTOH-7F3K-29QX"


def test_print_is_the_receipt_with_the_rules_of_paper(preview):
    paper, receipt = preview("print"), preview("receipt")
    script = "script[src*=print-preview]"
    assert paper.select(script)
    assert not receipt.select(script)
    assert list(terms(paper)) == list(terms(receipt))


def test_closed(preview):
    assert "Formulir ini sedang ditutup" in text(preview("closed"))


# --- Mail -----------------------------------------------------------------------------------------


def shown_mails(page: BeautifulSoup) -> list[tuple[str, str, str]]:
    """Sender, recipient and subject of each."""
    return [tuple(found.get_text(strip=True) for found in card.select("dd")) for card in page.select("main .card")]


def test_mail_to_officers_is_what_would_be_sent(preview, every_type):
    page = preview("mail-officer")
    make_ticket(every_type)
    for queued in OutgoingMail.objects.filter(kind="new_ticket"):
        outbox.message(queued).send()
    real = mail.outbox[0]
    number = Submission.objects.get().reference
    sender, recipient, subject = shown_mails(page)[0]
    assert (sender, recipient) == (real.from_email, "petugas@example.id, kepala@example.id")
    assert subject == real.subject.replace(number, "CONTOH-7F3K-29QX")
    assert "Ada tiket baru dari Contoh Formulir." in text(page)
    assert len(shown_mails(page)) == 3
    assert "Ibu Contoh" not in text(page)


def test_mail_to_a_visitor(preview):
    page = preview("mail-visitor")
    assert [found[1:] for found in shown_mails(page)] == [
        ("nama@contoh.id", "Pertanyaan Anda kami terima: CONTOH-7F3K-29QX"),
        ("nama@contoh.id", "Ada balasan untuk CONTOH-7F3K-29QX"),
    ]
    assert "Lihat status dan balasannya di:" in text(page)
    assert "Ibu Contoh" not in text(page)


def test_mail_that_nobody_gets_says_so(preview, site):
    page = make_form("anonim", [{"label": "Saran"}], title="Anonim")
    visitor, officers = preview("mail-visitor", page), preview("mail-officer", page)
    assert "jadi pengirim tidak mendapat surel" in text(visitor)
    assert shown_mails(visitor) == []
    assert "surel tiket baru tidak dikirim kepada siapa pun" in text(officers)
    assert [subject.partition(":")[0] for _, _, subject in shown_mails(officers)] == [
        "Disposisi", "Keterangan baru di tiket ANONIM-7F3K-29QX".replace("ANONIM", page.ticket_prefix),
    ]  # fmt: skip


# --- Harmless -------------------------------------------------------------------------------------


def test_no_preview_writes_a_row(client, editor, every_type):
    client.force_login(editor)
    url = f"/cms/pages/{every_type.pk}/view_draft/"
    client.get(url)  # at the first, Wagtail stores the profile of the account
    for mode in modes(every_type):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{url}?mode={mode}").status_code == 200
        written = [query["sql"] for query in queries if re.match("INSERT|UPDATE|DELETE", query["sql"])]
        assert written == [], mode
    for model in (Submission, FormSnapshot, OutgoingMail, Upload):
        assert not model.objects.exists()


@pytest.mark.parametrize("mode", ["form", "errors", "check"])
def test_buttons_do_nothing_in_a_preview(preview, mode):
    """A send from within the CMS would be refused as forged, or overwrite what is previewed."""
    assert preview(mode).select_one("main form")["method"] == "dialog"
    assert page_of(Client().get("/kalindri/contoh-formulir/")).select_one("main form")["method"] == "post"


# --- Examples -------------------------------------------------------------------------------------


def field(kind: str, **values) -> FormField:
    choices = "Satu\nDua" if field_types.get(kind).has_choices else ""
    given = {"label": "Isian", "field_type": kind, "choices": choices, "rows": "A\nB", "text": "x"}
    return FormField(**{**given, **values})


@pytest.mark.parametrize("code", [code for code in field_types.codes() if field_types.get(code).is_question])
def test_every_type_has_an_example(code):
    Unit.objects.get_or_create(code="kg", defaults={"name": "kilogram"})
    question = field(code, default_value="poster").as_question()
    answers = example_answers([question])
    assert json.loads(json.dumps(answers)) == answers
    assert field_types.shown(question, answers).strip()
    assert field_types.get(code).export(answers[question.key]).strip()
    assert field_types.get(code).comparable(answers[question.key]) is not None


@pytest.mark.parametrize("kind", ["number", "rupiah", "year", "quantity"])
@pytest.mark.parametrize(("least", "most"), [(2020, 2024), (3, 7), (5_000_000, None)])
def test_examples_keep_to_the_limits(kind, least, most):
    limits = {"min_value": Decimal(least), "max_value": None if most is None else Decimal(most)}
    question = field(kind, **limits, unit="kg").as_question()
    number = field_types.get(kind).comparable(example_answers([question])["isian"])
    assert least <= number
    assert most is None or number <= most


@pytest.mark.parametrize("code", [pattern.code for pattern in patterns.PATTERNS])
def test_examples_keep_to_the_pattern(code):
    typed = example_answers([field("singleline", pattern=code).as_question()])["isian"]
    form_field = field_types.get("singleline").form_field(field("singleline", pattern=code).as_question())
    assert form_field.clean(typed) == typed
