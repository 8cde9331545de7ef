"""The page of a regulation as visitors see it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.models import FormPage
from regulasi import extraction
from regulasi.models import RegulationPage, RegulationUse
from siptenan.common import generation
from siptenan.common.document_access import FRAMED_PDF_POLICY, staff_url
from tests.browser_client import BrowserClient
from tests.factories import make_regulation, make_stub, relate, relation
from tests.factories.regulations import make_document

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36"
URL = "/regulasi/uu-20-2016/"
TODAY = dt.datetime(2026, 11, 30, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def page(site):
    return make_regulation(
        "uu", "20", 2016, "Merek dan Indikasi Geografis", gazette="LN", gazette_number="252", supplement_number="5953",
        signatory="Joko Contoh", judicial_review="Putusan MK 1/2020", location="Bagian Hukum",
        government_affair="Bidang Perindustrian", subjects=("MEREK",), promulgated_on=dt.date(2016, 11, 26),
        considering="bahwa merek perlu dilindungi", legal_basis="Pasal 5 UUD 1945", main_points="Syarat pendaftaran.",
        notes="Penjelasan 18 halaman.",
    )  # fmt: skip


def soup(client, url: str = URL) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def facts_of(found: BeautifulSoup) -> dict[str, str]:
    return {
        row.dt.text: " | ".join(value.text for value in row.select("dd"))
        for row in found.select(".regulation-facts > div")
    }


def test_every_filled_field_is_shown_with_indonesian_dates(client, page):
    found = soup(client)
    facts = facts_of(found)
    assert facts == {
        "Tipe dokumen": "Peraturan Perundang-undangan",
        "Judul": "Undang-Undang Nomor 20 Tahun 2016 tentang Merek dan Indikasi Geografis",
        "T.E.U. badan": "Indonesia",
        "Nomor": "20",
        "Tahun": "2016",
        "Jenis": "Undang-Undang",
        "Singkatan jenis": "UU",
        "Tempat penetapan": "Jakarta",
        "Tanggal penetapan": "25 November 2016",
        "Tanggal pengundangan": "26 November 2016",
        "Mulai berlaku": "26 November 2016",
        "Sumber": "LN 2016 (252), TLN (5953) : 60 hlm.",
        "Subjek": "MEREK",
        "Bidang hukum": page.legal_field.name,
        "Urusan pemerintahan": "Bidang Perindustrian",
        "Pemrakarsa": page.initiator.name,
        "Penandatangan": "Joko Contoh",
        "Bahasa": "Indonesia",
        "Lokasi": "Bagian Hukum",
        "Hasil uji materi": "Putusan MK 1/2020",
        "Jumlah halaman": "60",
        "Nama berkas": "2016uu020.pdf",
        "Status": "Berlaku",
    }
    text = found.main.text
    for words in ("bahwa merek perlu dilindungi", "Pasal 5 UUD 1945", "Syarat pendaftaran.", "Penjelasan 18 halaman."):
        assert words in text
    assert [a.text for a in found.select(".breadcrumb a")] == ["Home", "Regulasi"]


def test_empty_fields_are_hidden(client, page):
    make_regulation("se", "5", 2023, promulgated_on=None, page_count=None, subjects=())
    found = soup(client, RegulationPage.objects.get(kind__code="se").url)
    facts = facts_of(found)
    for label in ("Tanggal pengundangan", "Subjek", "Jumlah halaman", "Hasil uji materi", "Berlaku sampai"):
        assert label not in facts
    assert all(value.strip() not in ("", "-", "None") for value in facts.values())
    assert "None" not in found.main.text
    headings = {heading.text for heading in found.main.select("h2")}
    assert headings.isdisjoint({"Abstrak", "Apa artinya bagi IKM?", "Hubungan dengan peraturan lain"})
    assert headings.isdisjoint({"Dipakai pada layanan ini"})


def test_subjects_lead_to_the_filtered_list(client, page):
    assert soup(client).find("a", string="MEREK")["href"] == "/regulasi/?subjek=merek"


def test_the_pdf_is_framed_and_the_policy_lets_it(client, page):
    response = client.get(URL)
    found = BeautifulSoup(response.content, "html.parser")
    frame = found.select_one("iframe")
    assert frame["src"].partition("#")[0] == f"{URL}dokumen/2016uu020.pdf"
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy["frame-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    link = found.find("a", class_="button", href=f"{URL}dokumen/2016uu020.pdf")
    assert "Baca PDF" in link.text
    assert not found.select("[style], script:not([src]):not([type='application/ld+json'])")


# --- Status and relations (R10, R11) ----------------------------------------------------------------


def test_one_entry_is_read_on_both_pages_and_undone_by_deleting_it(client, page):
    newer = relate(make_regulation("uu", "7", 2024, "Merek Baru"), relation("mencabut", page, note="Pasal 90"))
    found = soup(client)
    status = found.select_one(".regulation-status")
    assert status.select_one(".badge").text == "Tidak berlaku"
    assert " ".join(status.p.text.split()) == "Dicabut dengan UU 7/2024 sejak 25 November 2024."
    assert status.p.a["href"] == "/regulasi/uu-7-2024/"
    group = found.find("h3", string="Dicabut dengan").find_next_sibling("ul")
    assert group.a["href"] == "/regulasi/uu-7-2024/"
    assert "Sejak 25 November 2024" in group.text
    assert "Pasal 90" in group.text
    assert "Dicabut dengan UU 7/2024" in " ".join(found.select_one(".regulation-timeline").text.split())
    other = soup(client, newer.url)
    assert other.find("h3", string="Mencabut").find_next_sibling("ul").a["href"] == URL

    relate(newer)
    found = soup(client)
    assert found.select_one(".badge").text == "Berlaku"
    assert found.find("h3", string="Dicabut dengan") is None
    assert soup(client, newer.url).find("h3", string="Mencabut") is None


def test_not_yet_in_force_turns_by_itself(client, site):
    page = make_regulation("perda", "3", 2026, enacted_on=dt.date(2026, 11, 1), promulgated_on=None,
                           effective_on=dt.date(2026, 12, 1))  # fmt: skip
    found = soup(client, page.url)
    assert found.select_one(".badge").text == "Belum berlaku"
    assert "Mulai berlaku 1 Desember 2026." in found.main.text
    assert "Akan berubah" not in found.main.text  # the line above has said it
    with time_machine.travel(dt.datetime(2026, 11, 30, 17, 1, tzinfo=dt.UTC)):  # midnight in WIB is over
        found = soup(client, page.url)
        assert found.select_one(".badge").text == "Berlaku"
        assert "Akan berubah" not in found.main.text


def test_what_has_no_date_still_stands_in_the_timeline(client, page):
    relate(page, relation("dicabut", make_stub("uu", "9", 2025, "Merek Lagi")))
    last = soup(client).select(".regulation-timeline li")[-1]
    assert " ".join(last.text.split()) == "Tanggal belum dicatat Dicabut dengan UU 9/2025"


def test_a_regulation_outside_is_named_and_led_to(client, page):
    stub = make_stub("uu", "15", 2001, "Merek", url="https://jdih.contoh.id/uu-15-2001")
    relate(page, relation("mencabut", stub))
    link = soup(client).find("h3", string="Mencabut").find_next_sibling("ul").a
    assert link["href"] == "https://jdih.contoh.id/uu-15-2001"
    assert "noopener" in link["rel"]


def test_names_that_begin_alike_are_linked_to_their_own(client, page):
    first = make_regulation("uu", "1", 2020, enacted_on=dt.date(2020, 2, 1), promulgated_on=None)
    second = make_regulation("uu", "11", 2020, enacted_on=dt.date(2020, 3, 1), promulgated_on=None)
    relate(page, relation("diubah", first), relation("diubah", second))
    links = {a.text: a["href"] for a in soup(client).select(".regulation-status p a")}
    assert links == {"UU 1/2020": first.url, "UU 11/2020": second.url}


# --- What it means (Y5), where it is used (Y4) -------------------------------------------------------


def test_what_it_means_and_the_deadline(client, page):
    page.meaning = "Daftarkan merek.\n<b>Simpan</b> buktinya."
    page.must_act, page.deadline, page.deadline_what = "Pemilik merek", dt.date(2026, 12, 31), "Mendaftar ulang"
    page.save_revision().publish()
    box = soup(client).select_one(".regulation-meaning")
    assert [li.text for li in box.select("li")] == ["Daftarkan merek.", "<b>Simpan</b> buktinya."]
    text = " ".join(box.text.split())
    assert "Siapa yang harus bertindak Pemilik merek" in text
    assert "31 Desember 2026: Mendaftar ulang" in text
    link = box.find("a", href=f"{URL}tenggat.ics")
    response = client.get(link["href"])
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "SUMMARY:Tenggat: Mendaftar ulang" in lines


def test_without_a_deadline_there_is_no_file(client, page):
    assert client.get(f"{URL}tenggat.ics").status_code == 404


def test_the_services_that_use_it(client, page):
    form = FormPage.objects.get(slug="konsultasi-haki")
    page.uses = [RegulationUse(page=form)]
    page.save_revision().publish()
    heading = soup(client).find("h2", string="Dipakai pada layanan ini")
    assert [(a.text, a["href"]) for a in heading.find_next_sibling("ul").select("a")] == [(form.title, form.url)]
    form.unpublish()
    assert soup(client).find("h2", string="Dipakai pada layanan ini") is None


# --- JSON-LD (R14) ----------------------------------------------------------------------------------


def graph(client, url: str = URL) -> dict[str, dict]:
    script = soup(client, url).select_one("script[type='application/ld+json']")
    return {thing["@type"]: thing for thing in json.loads(script.string)["@graph"]}


def test_legislation_says_what_the_page_says(client, page):
    newer = relate(make_regulation("uu", "7", 2024, "Baru"), relation("mengubah", page))
    stub = make_stub("uu", "15", 2001, "Merek")
    relate(page, relation("mencabut", stub))
    things = graph(client)
    thing = things["Legislation"]
    url = f"http://testserver{URL}" if thing["url"].startswith("http://testserver") else thing["url"]
    assert thing["url"] == url
    assert thing["@id"] == f"{url}#regulasi"
    assert thing["name"] == page.full_title
    assert thing["legislationIdentifier"] == "UU 20/2016"
    assert thing["legislationType"] == "Undang-Undang"
    assert thing["legislationDate"] == "2016-11-25"
    assert thing["datePublished"] == "2016-11-26"
    assert thing["temporalCoverage"] == "2016-11-26/"
    assert thing["legislationJurisdiction"] == {"@type": "AdministrativeArea", "name": "Indonesia"}
    assert thing["legislationPassedBy"]["name"] == "Indonesia"
    assert thing["legislationLegalForce"] == {"@id": "https://schema.org/InForce"}
    assert thing["inLanguage"] == "id"
    assert thing["keywords"] == ["MEREK"]
    assert thing["legislationRepeals"][0]["legislationIdentifier"] == "UU 15/2001"
    assert thing["@reverse"]["legislationAmends"][0]["url"].endswith(newer.url)
    copy = thing["encoding"]
    assert copy["@type"] == "LegislationObject"
    assert copy["encodingFormat"] == "application/pdf"
    assert copy["legislationLegalValue"] == {"@id": "https://schema.org/UnofficialLegalValue"}
    assert copy["contentUrl"].endswith(f"{URL}dokumen/2016uu020.pdf")
    assert "legislationLegalValue" not in thing
    assert "sha256" not in copy, "the worker has not read it yet"
    crumbs = things["BreadcrumbList"]["itemListElement"]
    assert [crumb["name"] for crumb in crumbs] == ["Home", "Regulasi", page.full_title]


def test_the_digest_of_the_copy_is_that_of_the_download(client, page):
    extraction.request(page.document_id)
    digest = graph(client)["Legislation"]["encoding"]["sha256"]
    assert digest == hashlib.sha256(b"".join(client.get(f"{URL}unduh/").streaming_content)).hexdigest()
    assert digest in soup(client).select_one(".regulation-facts").text
    page.document.file = ContentFile(b"%PDF-1.4 naskah lain", name="lain.pdf")
    page.document._set_document_file_metadata()
    page.document.save()
    assert "sha256" not in graph(client)["Legislation"]["encoding"], "not before the new file was read"


@pytest.mark.parametrize(
    ("verb", "values", "badge", "force"),
    [
        ("mencabut", {}, "Tidak berlaku", "NotInForce"),
        ("mencabut", {"is_partial": True}, "Berlaku, dicabut sebagian", "PartiallyInForce"),
        ("mengubah", {}, "Berlaku, diubah", "InForce"),
        ("merujuk", {}, "Berlaku", "InForce"),
    ],
)
def test_legal_force_equals_the_badge(client, page, verb, values, badge, force):
    relate(make_regulation("uu", "7", 2024), relation(verb, page, **values))
    assert soup(client).select_one(".badge").text == badge
    thing = graph(client)["Legislation"]
    assert thing["legislationLegalForce"] == {"@id": f"https://schema.org/{force}"}
    assert thing["temporalCoverage"] == ("2016-11-26/2024-11-24" if force == "NotInForce" else "2016-11-26/")


@pytest.mark.parametrize(
    ("kind", "area"),
    [("kepwal", "Kota Pekalongan"), ("perda", "Kota Pekalongan"), ("kepgub", "Provinsi Jawa Tengah")],
)
def test_what_holds_in_one_place_says_so(client, site, kind, area):
    thing = graph(client, make_regulation(kind, "9", 2019).url)["Legislation"]
    assert thing["legislationJurisdiction"]["name"] == area


def test_a_preview_shows_the_file_of_the_draft(page, admin_user):
    published = page.document
    page.document = make_document()
    staff = BrowserClient()
    staff.force_login(admin_user)
    shown = page.make_preview_request(preview_mode=page.default_preview_mode)
    main = BeautifulSoup(shown.content, "html.parser").select_one("main")
    links = [link["href"] for link in main.select("a[href]")]
    assert staff_url(page.document) in links
    assert staff_url(published) not in links
    assert [link for link in links if link.startswith(page.url)] == []  # what is public there is not of this draft
    assert main.select_one(links[links.index("#pratinjau")]) is not None
    with page.document.file.open("rb") as file:
        served = staff.get(staff_url(page.document))
        assert b"".join(served.streaming_content) == file.read()
    assert served["Content-Security-Policy"] == FRAMED_PDF_POLICY


def test_a_period_ends_on_the_last_day_and_is_left_out_when_it_is_not_known(client, site):
    def period(page: RegulationPage) -> str | None:
        return graph(client, page.url)["Legislation"].get("temporalCoverage")

    assert period(make_regulation("uu", "1", 2019, valid_until=dt.date(2020, 12, 31))) == "2019-11-25/2020-12-31"
    assert period(make_regulation("uu", "2", 2019, relations=[relation("dicabut", make_stub())])) is None
    assert period(make_regulation("uu", "4", 2019, valid_until=dt.date(2027, 12, 31))) == "2019-11-25/2027-12-31"
    over = make_regulation("uu", "5", 2019, valid_until=dt.date(2020, 12, 31),
                           relations=[relation("dicabut", make_stub(), on=dt.date(2024, 1, 1))])  # fmt: skip
    assert period(over) == "2019-11-25/2020-12-31"
    assert "Berlaku sampai 31 Desember 2020" in soup(client, over.url).select_one("main").get_text(" ", strip=True)
    never = make_regulation("uu", "3", 2019, effective_on=dt.date(2027, 1, 1),
                            relations=[relation("dicabut", make_stub(), on=dt.date(2026, 1, 1))])  # fmt: skip
    assert period(never) is None


def test_nothing_ends_the_script(client, site):
    page = make_regulation("uu", "9", 2019, "Contoh </script><script>alert(1)</script>")
    assert graph(client, page.url)["Legislation"]["about"] == page.about


# --- Citing (R9) -------------------------------------------------------------------------------------


def test_the_citation_can_be_copied_and_its_address_stays(client, page):
    text = soup(client).find("button", string="Salin kutipan")["data-copy"]
    for part in ("Undang-Undang", "Nomor 20", "Tahun 2016", "tentang Merek", "LN 2016 (252), TLN (5953)", URL):
        assert part in text
    address = text.split()[-1]
    page.own_title = "Undang-Undang Merek"
    page.save_revision().publish()
    found = soup(client, "/" + address.split("/", 3)[3])
    assert found.h1.text == "Undang-Undang Merek"
    assert found.find("button", string="Salin kutipan")["data-copy"].endswith(address)


def test_records_for_programs(client, page):
    page.about = "Merek & {Dagang}"
    page.save_revision().publish()
    bib = client.get(f"{URL}kutipan.bib")
    assert bib["Content-Type"].startswith("application/x-bibtex")
    text = bib.content.decode()
    assert text.startswith("@misc{uu-20-2016,\n")
    assert r"tentang Merek \& \{Dagang\}}}" in text
    assert text.count("{") == text.count("}")
    ris = client.get(f"{URL}kutipan.ris").content.decode().split("\r\n")
    assert ris[0] == "TY  - STAT"
    assert "PY  - 2016" in ris
    assert "M1  - 20" in ris
    assert "KW  - MEREK" in ris
    assert any(line.startswith("UR  - ") and line.endswith(URL) for line in ris)
    assert ris[-2:] == ["ER  - ", ""]


# --- What it costs ------------------------------------------------------------------------------------


def test_a_page_asks_the_same_of_the_database_whatever_is_related(client, page):
    def queries() -> int:
        client.get(URL, headers={"User-Agent": BROWSER})
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, headers={"User-Agent": BROWSER})
        return len(captured)

    form = FormPage.objects.get(slug="konsultasi-haki")
    page.uses = [RegulationUse(page=form)]
    relate(page, relation("mencabut", make_stub()))
    few = queries()
    for number in range(5):
        relate(make_regulation("uu", f"9{number}", 2020), relation("mengubah", page))
    page = RegulationPage.objects.get(pk=page.pk)
    page.uses = [RegulationUse(page=form), RegulationUse(page=form.get_parent()), RegulationUse(page=form)]
    page.save_revision().publish()
    assert queries() == few
    generation.forget()
    with CaptureQueriesContext(connection) as captured:  # nothing is remembered
        client.get(URL, headers={"User-Agent": BROWSER})
    assert len(captured) <= 35, [query["sql"][:120] for query in captured]
    assert few <= 10


def test_only_get(client, page):
    assert client.post(URL).status_code == 405
    assert client.post(f"{URL}unduh/").status_code == 405
