"""What an editor builds in the CMS is what the public sees: at once, whole, and only when it is published."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import rendering
from forms.models import FormPage, Submission
from home.models import KalindriPage
from siptenan.common import generation
from tests.factories import make_form, make_ticket, open_form, send
from tests.forms.cms_forms import PageEditor, fields_of, question_row

HAKI = "/kalindri/konsultasi-haki/"
NEEDS_NEXT = "Isi dulu “Apa yang terjadi selanjutnya” sebelum menerbitkan."
NEEDS_CONTACT = "Isi dulu “Kontak bantuan” sebelum menerbitkan."

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_editor(client, editor, form_page) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, form_page)


@pytest.fixture
def new_page(client, editor, site):
    """Send the CMS form of a new form page; returns the response."""
    client.force_login(editor)
    url = f"/cms/pages/add/forms/formpage/{KalindriPage.objects.get().pk}/"
    blank_url = f"{url}?kosong=1"

    def create(**changes: str):
        blank = fields_of(client.get(blank_url).content)
        question = {"form_fields-TOTAL_FORMS": "1", **question_row(0, "Nama Usaha", role="business")}
        words = {"title": "Form Kemasan", "slug": "kemasan", "ticket_prefix": "KMS"}
        return client.post(url, {**blank, **words, **question, **changes})

    return create


def labels(client, url: str = HAKI) -> list[str]:
    """The questions a visitor sees."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    found = page.select(".fields > .field > label, .fields > .field > legend")
    return [label.get_text(" ", strip=True).removesuffix(" (tidak wajib)") for label in found]


# --- A1: building ---------------------------------------------------------------------------------


def test_a_new_dropdown_is_public_at_once_and_stores_under_its_label(page_editor, client):
    """A1."""
    assert "Jenis merek" not in labels(client)
    page_editor.add("Jenis merek", kind="dropdown", choices="Kata\r\nLogo, gambar", help_text="Pilih satu.")
    assert labels(client)[-1] == "Jenis merek"
    page = BeautifulSoup(client.get(HAKI).content, "html.parser")
    options = [option.get_text() for option in page.select("select[name=jenis_merek] option")]
    assert options == ["Pilih …", "Kata", "Logo, gambar"]
    html = send(client, jenis_merek="Logo, gambar").content.decode()
    assert "<dt>Jenis merek</dt>" in html
    answers = {answer.label: answer.value for answer in rendering.answers(Submission.objects.get())}
    assert answers["Jenis merek"] == "Logo, gambar"


def test_a_new_page_works_at_once(new_page, client):
    response = new_page(**{"what_happens_next": "Dibaca.", "help_contact": "Telepon.", "action-publish": "1"})
    assert response.status_code == 302
    assert "Form Kemasan" in client.get("/kalindri/").content.decode()
    html = send(client, "/kalindri/kemasan/", nama_usaha="Batik Contoh").content.decode()
    ticket = Submission.objects.get()
    assert ticket.reference in html
    assert ticket.reference.startswith("KMS-")
    assert (ticket.form.slug, ticket.business) == ("kemasan", "Batik Contoh")


@pytest.mark.parametrize(
    ("given", "refusals"),
    [
        ({}, [NEEDS_NEXT, NEEDS_CONTACT]),
        ({"what_happens_next": "Dibaca."}, [NEEDS_CONTACT]),
        ({"help_contact": "Telepon.", "what_happens_next": " \n"}, [NEEDS_NEXT]),
    ],
    ids=["neither", "no contact", "blank text"],
)
def test_publishing_needs_both_texts(new_page, given, refusals):
    """A9."""
    response = new_page(**given, **{"action-publish": "1"})
    html = response.content.decode()
    assert response.status_code == 200
    assert [words for words in (NEEDS_NEXT, NEEDS_CONTACT) if words in html] == refusals
    assert not FormPage.objects.filter(slug="kemasan").exists()


def test_a_draft_may_leave_them_for_later(new_page, client):
    """A9."""
    assert new_page().status_code == 302
    page = FormPage.objects.get(slug="kemasan")
    assert not page.live
    assert client.get("/kalindri/kemasan/").status_code == 404
    assert client.post("/kalindri/kemasan/", {"nama_usaha": "x"}).status_code == 404


def test_no_other_way_publishes_without_them(new_page):
    """Bulk actions and scheduled publishing do not pass the editor's form."""
    new_page()
    page = FormPage.objects.get(slug="kemasan")
    with pytest.raises(ValidationError) as refusal:
        page.get_latest_revision().publish()
    assert refusal.value.message_dict == {"what_happens_next": [NEEDS_NEXT], "help_contact": [NEEDS_CONTACT]}
    assert not FormPage.objects.get(slug="kemasan").live


def test_a_page_without_questions_is_not_published(new_page):
    words = {"what_happens_next": "Dibaca.", "help_contact": "Telepon.", "action-publish": "1"}
    response = new_page(**words, **{"form_fields-TOTAL_FORMS": "0"})
    assert "Tambahkan paling sedikit satu pertanyaan sebelum menerbitkan." in response.content.decode()
    assert not FormPage.objects.filter(slug="kemasan").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (question_row(0, "Warna", "dropdown"), "Isi paling sedikit satu pilihan, satu per baris."),
        (question_row(0, "HP", role="phone"), "Pakai jenis “Nomor WhatsApp” untuk nomor pemohon."),
        (question_row(0, "Surat", role="email"), "Pakai jenis “Email” untuk email pemohon."),
        (question_row(0, "Nama", max_length="300"), "Paling banyak 255 untuk jenis ini."),
        ({"ticket_prefix": "haki"}, "Pakai 2 sampai 6 huruf besar."),
        ({"slug": "lacak"}, "Alamat ini sudah dipakai halaman Lacak tiket."),
        ({"notify_emails": "a@contoh.id, bukan"}, "“bukan” bukan alamat email."),
        ({"opens_at": "2026-12-02 08:00", "closes_at": "2026-12-01 08:00"}, "Waktu tutup harus sesudah waktu buka."),
    ],
)
def test_the_editor_is_told_what_is_wrong(new_page, changes, words):
    response = new_page(what_happens_next="Dibaca.", help_contact="Telepon.", **changes)
    assert response.status_code == 200
    assert words in response.content.decode()


# --- A6: drafts and older versions ----------------------------------------------------------------


def test_drafts_are_invisible_and_an_older_version_comes_back(page_editor, client):
    """A6, with a question that was renamed and one that was deleted in between."""
    page_editor.add("Warna", kind="radio", choices="Merah\r\nBiru")
    before, keys, revision = labels(client), page_editor.keys(), page_editor.revision()
    send(client, warna="Biru")

    page_editor.rename("Warna", "Warna kain", publish=False)
    assert labels(client) == before

    page_editor.rename("Alamat", "Alamat usaha")
    page_editor.delete("Warna kain")
    assert "Warna" not in labels(client)
    assert "Alamat usaha" in labels(client)
    page_editor.add("Warna", kind="number")

    assert page_editor.save(revision=revision).status_code == 302
    assert labels(client) == before
    assert page_editor.keys() == keys
    shown = [(answer.label, answer.value) for answer in rendering.answers(Submission.objects.get())]
    assert ("Warna", "Biru") in shown
    html = send(client, warna="Merah").content.decode()
    assert "<dt>Warna</dt>" in html
    assert Submission.objects.order_by("pk").last().answers["warna"] == "Merah"


# --- A7: opening and closing ----------------------------------------------------------------------


def test_after_closing_nothing_is_stored(form_page, client):
    """A7."""
    fields = open_form(client)
    FormPage.objects.filter(pk=form_page.pk).update(
        closes_at=timezone.now() - dt.timedelta(seconds=1), closed_message="Pendaftaran sudah selesai."
    )
    generation.bump()  # the editor's save does it
    answer = client.post(HAKI, {**fields, "nama_lengkap": "Ibu <Contoh>"})
    for response, status in ((client.get(HAKI), 200), (answer, 403)):
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == status
        assert "Pendaftaran sudah selesai." in page.get_text()
        assert page.select_one("main form") is None
    typed = BeautifulSoup(answer.content, "html.parser").select_one(".answers")
    assert [label.text for label in typed.select("dt")] == ["Nama Lengkap"]
    assert typed.dd.get_text(strip=True) == "Ibu <Contoh>"
    assert Submission.objects.count() == 0


def test_closing_in_the_cms_closes_the_page(page_editor, client):
    yesterday = timezone.localtime() - dt.timedelta(days=1)
    assert page_editor.save(closes_at=f"{yesterday:%Y-%m-%d %H:%M}").status_code == 302
    assert "Formulir ini sedang ditutup" in client.get(HAKI).content.decode()


def test_whoever_sent_in_time_still_gets_the_receipt(form_page, client):
    """The first answer may have been lost on its way; the form closed before the second press."""
    again = open_form(client)
    client.post(HAKI, {**again, "nama_lengkap": "A", "nama_usahaperusahaan": "B", "alamat": "C", "pertanyaan": "D"})
    FormPage.objects.filter(pk=form_page.pk).update(closes_at=timezone.now() - dt.timedelta(seconds=1))
    generation.bump()
    response = client.post(HAKI, {"kunci_formulir": again["kunci_formulir"]})
    assert response.status_code == 303
    assert Submission.objects.get().reference in client.get(response["Location"]).content.decode()


def test_before_opening_the_date_is_shown(form_page, client):
    FormPage.objects.filter(pk=form_page.pk).update(opens_at=dt.datetime(2099, 12, 1, 1, tzinfo=dt.UTC))
    generation.bump()
    assert "Dibuka: Selasa, 1 Desember 2099, 08.00 WIB" in client.get(HAKI).content.decode()


# --- Previews, deleting, queries ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("form", "Kirim Pertanyaan"),
        ("closed", "Formulir ini sedang ditutup"),
        ("receipt", "KMS-7F3K-29QX"),
    ],
)
def test_every_preview_of_an_unsaved_page(client, editor, site, mode, words):
    client.force_login(editor)
    url = f"/cms/pages/add/forms/formpage/{KalindriPage.objects.get().pk}/"
    fields = fields_of(client.get(f"{url}?kosong=1").content)
    fields |= {"title": "Form Kemasan", "slug": "kemasan", "ticket_prefix": "KMS", "form_fields-TOTAL_FORMS": "2"}
    fields |= question_row(0, "Nama Usaha") | question_row(1, "errors", "dropdown", choices="a\r\nb")
    stored = client.post(f"{url}preview/?mode={mode}", fields)
    assert stored.json() == {"is_valid": True, "is_available": True}
    shown = client.get(f"{url}preview/?mode={mode}")
    assert shown.status_code == 200
    assert words in shown.content.decode()
    assert ("Nama Usaha" in shown.content.decode()) == (mode != "closed")
    assert not FormPage.objects.filter(slug="kemasan").exists()
    assert Submission.objects.count() == 0


def test_a_page_with_tickets_cannot_be_deleted(form_page):
    ticket = make_ticket(form_page)
    with pytest.raises(ProtectedError):
        form_page.delete()
    assert Submission.objects.get() == ticket
    assert FormPage.objects.filter(pk=form_page.pk).exists()


def queries_of(client, url: str) -> int:
    client.get(url)  # what the process remembers is remembered now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_questions(site, client):
    for count in (2, 20):
        make_form(f"isian-{count}", [{"label": f"Isian {number}"} for number in range(count)], title="Isian")
    assert queries_of(client, "/kalindri/isian-2/") == queries_of(client, "/kalindri/isian-20/")


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Form Konsultasi HAKI", "KONSULTASI HAKI"),
        ("Form Konsultasi SIINas", "KONSULTASI SIINAS"),
        ("Tulis pesan", None),
    ],
)
def test_the_line_above_the_title_is_the_manuals(form_page, client, title, line):
    form_page.title = title
    form_page.save_revision().publish()
    found = BeautifulSoup(client.get(HAKI).content, "html.parser").select_one("main .eyebrow")
    assert (found.text if found else None) == line
