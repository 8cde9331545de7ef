"""The PDF of a regulation under its own address, what is drawn of it, and who may have it."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re

import pypdfium2
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from forms.enums import Status
from forms.models import FormPage, Submission
from home.models import StandardPage
from regulasi import entries
from regulasi.models import DailyReading, RegulationEntry, RegulationPage, RegulationUse
from siptenan.accounts import roles
from siptenan.common.document_access import staff_url
from siptenan.urls import MEDIA
from tests.browser_client import BrowserClient
from tests.factories import make_document, make_form, make_regulation, make_staff, relate, relation
from tests.factories.regulations import SMALL_PDF
from tests.factories.site import publish, text

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36"
CONTENT = SMALL_PDF + b"%% naskah contoh\n"
URL = "/regulasi/uu-20-2016/"
FILE = f"{URL}dokumen/2016uu020.pdf"
SAVE = f"{URL}unduh/"


@pytest.fixture
def page(site):
    return make_regulation("uu", "20", 2016, "Merek dan Indikasi Geografis", document=make_document(content=CONTENT))


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def status(client: Client, url: str) -> int:
    response = client.get(url)
    body(response)
    return response.status_code


# --- Reading (R6) ------------------------------------------------------------------------------------


def test_the_file_is_shown_in_the_page(client, page):
    response = client.get(FILE)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="2016uu020.pdf"'
    assert response["Content-Length"] == str(len(CONTENT))
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert body(response) == CONTENT


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-7", -7, None), ("bytes=5-999999", 5, None)],
)
def test_parts_of_the_file(client, page, asked, first, last):
    response = client.get(FILE, headers={"Range": asked})
    expected = CONTENT[first : None if last is None else last + 1]
    assert response.status_code == 206
    assert body(response) == expected
    start = first % len(CONTENT)
    assert response["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(len(expected))


@pytest.mark.parametrize("asked", ["bytes=", "bytes=-", "bytes=9-2", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b"])
def test_what_is_no_range_gives_the_whole(client, page, asked):
    response = client.get(FILE, headers={"Range": asked})
    assert response.status_code == 200
    assert body(response) == CONTENT


def test_a_part_beyond_the_end(client, page):
    response = client.get(FILE, headers={"Range": "bytes=999999-"})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


def test_an_unchanged_file_is_not_sent_twice(client, page):
    etag = client.get(FILE)["ETag"]
    again = client.get(FILE, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again["ETag"] == etag
    assert client.get(FILE, headers={"Range": "bytes=0-3", "If-Range": etag}).status_code == 206
    assert client.get(FILE, headers={"Range": "bytes=0-3", "If-Range": '"other"'}).status_code == 200


def test_head_has_the_headers_and_no_bytes(client, page):
    response = client.head(FILE)
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Accept-Ranges"] == "bytes"
    assert body(response) == b""


def test_a_name_of_before_leads_to_the_file(client, page):
    response = client.get(f"{URL}dokumen/2016uu019.pdf")
    assert response.status_code == 302
    assert response["Location"] == FILE


# --- Downloading (R7) --------------------------------------------------------------------------------


def downloads(page: RegulationPage) -> int:
    return sum(DailyReading.objects.filter(regulation=page).values_list("downloads", flat=True))


def test_a_download_is_the_upload_under_a_readable_name(client, page):
    response = client.get(SAVE, headers={"User-Agent": BROWSER})
    assert response["Content-Disposition"] == 'attachment; filename="UU 20-2016 Merek dan Indikasi Geografis.pdf"'
    assert hashlib.sha256(body(response)).digest() == hashlib.sha256(CONTENT).digest()
    assert downloads(page) == 1
    client.get(SAVE, headers={"User-Agent": BROWSER})
    assert downloads(page) == 2


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {"User-Agent": BROWSER}),
        ("get", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
        ("get", {"User-Agent": "curl/8.5"}),
        ("get", {}),
        ("get", {"User-Agent": BROWSER, "Range": "bytes=100-"}),
        ("get", {"User-Agent": BROWSER, "Range": "bytes=999999-"}),
        ("get", {"User-Agent": BROWSER, "Sec-Purpose": "prefetch"}),
    ],
)
def test_what_is_no_download_is_not_counted(client, page, method, headers):
    getattr(client, method)(SAVE, headers=headers)
    assert downloads(page) == 0


def test_a_download_in_parts_counts_once(client, page):
    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        client.get(SAVE, headers={"User-Agent": BROWSER, "Range": part})
    assert downloads(page) == 1


def test_reading_the_page_counts_as_a_view(client, page):
    client.get(URL, headers={"User-Agent": BROWSER})
    client.head(URL, headers={"User-Agent": BROWSER})
    client.get(URL, headers={"User-Agent": "bingbot/2.0"})
    reading = DailyReading.objects.get(regulation=page)
    assert (reading.views, reading.downloads) == (1, 0)


def test_the_list_learns_of_views_at_night_and_forgets_old_ones(client, page):
    client.get(URL, headers={"User-Agent": BROWSER})
    client.get(URL, headers={"User-Agent": BROWSER})
    assert entries.sum_views() == 1
    assert RegulationEntry.objects.get(pk=page.pk).views == 2
    assert entries.sum_views() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        assert entries.sum_views() == 1
    assert RegulationEntry.objects.get(pk=page.pk).views == 0


# --- Who may have it (R1) ----------------------------------------------------------------------------

BELOW = (
    "", "dokumen/2016uu020.pdf", "unduh/", "abstrak.pdf", "kartu.pdf", "kutipan.bib", "kutipan.ris", "lapor/",
)  # fmt: skip


def test_nothing_of_an_unpublished_regulation_is_found(client, page):
    make_form("pesan")
    for path in BELOW:
        assert client.get(f"{URL}{path}").status_code == 200, path
    RegulationPage.objects.get(pk=page.pk).unpublish()
    for path in (*BELOW, "tenggat.ics"):
        assert client.get(f"{URL}{path}").status_code == 404, path


def test_the_library_hides_what_only_drafts_use(client, page):
    address = page.document.url
    assert body(client.get(address)) == CONTENT
    RegulationPage.objects.get(pk=page.pk).unpublish()
    assert client.get(address).status_code == 404
    assert client.get(staff_url(page.document)).status_code == 404
    staff = BrowserClient()
    staff.force_login(make_staff(roles.EDITOR, "editor"))
    assert body(staff.get(staff_url(page.document))) == CONTENT
    make_regulation("uu", "21", 2016, document=page.document)
    assert body(client.get(address)) == CONTENT


def test_the_library_hides_what_only_the_draft_of_a_published_page_names(client, page):
    old, new = page.document, make_document("Naskah baru")
    page.document = new
    page.save_revision()
    assert status(client, new.url) == 404
    assert status(client, old.url) == 200
    assert body(client.get(FILE)) == CONTENT
    page.get_latest_revision().publish()
    assert status(client, new.url) == 200
    assert status(client, old.url) == 404, "it was exchanged"
    RegulationPage.objects.get(pk=page.pk).unpublish()
    assert status(client, new.url) == 404


def test_the_library_hides_what_only_a_draft_names(client, site):
    draft = make_regulation("pp", "3", 2020, live=False)
    assert status(client, draft.document.url) == 404
    RegulationPage.objects.get(pk=draft.pk).save_revision().publish()
    assert status(client, draft.document.url) == 200


def test_a_withdrawn_document_stays_hidden_when_versions_are_purged_and_the_page_is_deleted(
    client, page, django_capture_on_commit_callbacks
):
    old = page.document
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    page.document = make_document("Naskah baru")
    page.save_revision().publish()
    page.revisions.exclude(pk=page.latest_revision_id).delete()
    assert status(client, old.url) == 404
    RegulationPage.objects.get(pk=page.pk).delete()
    assert status(client, old.url) == 404


def test_what_another_published_page_names_is_not_hidden(client, site):
    draft = make_regulation("pp", "3", 2020, live=False)
    address = draft.document.url
    link = f'<p><a linktype="document" id="{draft.document.pk}">Naskah</a></p>'
    publish(site, StandardPage(title="Unduhan", slug="unduhan", body=text(link)))
    assert status(client, address) == 200
    StandardPage.objects.get().unpublish()
    assert status(client, address) == 404


def test_documents_that_have_to_do_with_no_regulation_are_not_touched(client, page):
    assert status(client, make_document("Formulir").url) == 200


@pytest.mark.parametrize(
    "path",
    ["documents/a.pdf", "/documents/a.pdf", "./documents/a.pdf", "images/../documents/a.pdf", "../a", "a/.b", ""],
)
def test_the_folder_of_documents_is_not_served_as_files(path):
    """By the web server of the demo; docs/operations.md says the same of production."""
    assert re.match(MEDIA, f"media/{path}") is None
    assert re.match(MEDIA, "media/images/2f9c.400x300.jpg")["path"] == "images/2f9c.400x300.jpg"


# --- Drawn for it ------------------------------------------------------------------------------------


def test_the_abstract_as_a_file(client, page):
    page.main_points = "Syarat (dan tata cara) pendaftaran “merek”.\n" + "Pokok lain. " * 400
    page.notes = "Penjelasan 18 halaman."
    relate(make_regulation("uu", "7", 2024), relation("mencabut", page))
    page.save_revision().publish()
    response = client.get(f"{URL}abstrak.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="2016absuu020.pdf"'
    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert len(document) == 2
    assert document.get_metadata_dict()["Title"] == f"Abstrak {page.full_title}"
    document.close()
    text = " ".join(text.split())
    for words in (
        "MEREK", "2016", "UU NO. 20", "UNDANG-UNDANG NOMOR 20 TAHUN 2016 TENTANG MEREK", "Materi pokok:",
        "Syarat (dan tata cara) pendaftaran “merek”.", "CATATAN:", "Penjelasan 18 halaman.",
        "Status: Tidak berlaku. Dicabut dengan UU 7/2024", "Ditetapkan di Jakarta pada 25 November 2016.",
    ):  # fmt: skip
        assert words in text, words


def test_the_card_leads_to_the_regulation(client, page):
    response = client.get(f"{URL}kartu.pdf")
    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    width, height = document[0].get_size()
    document.close()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (105, 148)


# --- Reporting a problem (R15) -----------------------------------------------------------------------


def report(client: Client, text: str = "PDF tidak terbuka di HP saya", **more: str):
    with time_machine.travel("2026-11-30T03:00:00Z", tick=False):
        found = BeautifulSoup(client.get(f"{URL}lapor/").content, "html.parser")
    fields = {control["name"]: control.get("value", "") for control in found.select("main input")}
    with time_machine.travel("2026-11-30T03:01:10Z", tick=False):
        return client.post(f"{URL}lapor/", {**fields, "masalah": text, **more})


def test_a_report_becomes_a_ticket_with_the_address(client, page):
    form = make_form("pesan", ticket_prefix="PESAN")
    link = BeautifulSoup(client.get(URL).content, "html.parser").find("a", href=f"{URL}lapor/")
    assert "Laporkan masalah" in link.text
    response = report(client, "Buka https://lain.example/ PDF tidak terbuka di HP saya", email="ibu@contoh.id")
    assert response.status_code == 303
    ticket = Submission.objects.get()
    assert ticket.form_id == form.pk
    assert (ticket.email, ticket.status) == ("ibu@contoh.id", Status.NEW)
    officer = make_staff(roles.OFFICER, "petugas", forms=[form])
    client.force_login(officer)
    shown = BeautifulSoup(client.get(f"/cms/tiket/{ticket.pk}/", follow=True).content, "html.parser")
    assert "PDF tidak terbuka di HP saya" in shown.text
    assert page.full_title in shown.text
    assert [link.text for link in shown.select(".zone-answers dd a")] == [f"{settings.BASE_URL}{URL}"]


def test_the_receipt_opens(client, page):
    make_form("pesan")
    with time_machine.travel("2026-11-30T03:01:11Z", tick=False):
        response = report(client)
        receipt = client.get(response["Location"], follow=True)
    assert Submission.objects.get().reference in receipt.content.decode()


def test_the_sixth_in_a_minute_is_throttled(client, page):
    make_form("pesan")
    for number in range(5):
        assert report(client, f"Masalah nomor {number} di halaman ini").status_code == 303
    refused = report(client, "Masalah yang keenam <b>")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "Terlalu banyak kiriman" in refused.content.decode()
    assert "Masalah yang keenam &lt;b&gt;" in refused.content.decode()
    assert Submission.objects.count() == 5


def test_an_empty_report_is_sent_back(client, page):
    make_form("pesan")
    response = report(client, " ")
    assert response.status_code == 422
    assert "Tulis masalah yang Anda temukan." in response.content.decode()
    assert not Submission.objects.exists()


def test_what_a_bot_sends_lies_in_the_tray(client, page):
    make_form("pesan")
    report(client, situs_perusahaan="https://spam.example")
    assert Submission.objects.get().status == Status.SPAM


def test_without_a_form_for_it_nothing_is_offered(client, page):
    assert f"{URL}lapor/" not in client.get(URL).content.decode()
    assert client.get(f"{URL}lapor/").status_code == 404


# --- Dasar hukum (Y4) --------------------------------------------------------------------------------


def test_a_service_names_the_regulations_it_rests_on(client, page):
    form = FormPage.objects.get(slug="konsultasi-haki")
    page.uses = [RegulationUse(page=form), RegulationUse(page=form.get_parent())]
    page.save_revision().publish()
    for url in (form.url, "/kalindri/"):
        found = BeautifulSoup(client.get(url).content, "html.parser")
        assert [(a.text, a["href"]) for a in found.select(".legal-basis a")] == [("UU 20/2016", URL)]
    assert "legal-basis" not in client.get("/").content.decode()
    RegulationPage.objects.get(pk=page.pk).unpublish()
    assert "legal-basis" not in client.get(form.url).content.decode()
