"""What is composed of jenis, nomor, tahun, tentang and pemrakarsa (jdih.md 2a)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from regulasi import composition
from regulasi.models import Initiator, RegulationKind, RegulationPage
from regulasi.models.vocabulary import check_pattern

pytestmark = pytest.mark.django_db

COMPOSED = [
    # kind, initiator, number, year, beginning of the title, short name, T.E.U., slug, file name
    (
        "uu", "pemerintah-pusat", "20", 2016, "Undang-Undang Nomor 20 Tahun 2016",
        "UU 20/2016", "Indonesia", "uu-20-2016", "2016uu020",
    ),
    (
        "permen", "kemenperin", "13", 2025, "Peraturan Menteri Perindustrian Nomor 13 Tahun 2025",
        "Permenperin 13/2025", "Indonesia. Kementerian Perindustrian", "permenperin-13-2025", "2025pmperin013",
    ),
    (
        "permen", "kemenperin", "64/M-IND/PER/7/2016", 2016,
        "Peraturan Menteri Perindustrian Nomor 64/M-IND/PER/7/2016 Tahun 2016",
        "Permenperin 64/M-IND/PER/7/2016", "Indonesia. Kementerian Perindustrian",
        "permenperin-64-m-ind-per-7-2016", "2016pmperin064",
    ),
    (
        "permen", "kemenpanrb", "14", 2017,
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017",
        "PermenPANRB 14/2017", "Indonesia. Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
        "permenpanrb-14-2017", "2017pmpanrb014",
    ),
    (
        "perban", "bps", "7", 2025, "Peraturan Badan Pusat Statistik Nomor 7 Tahun 2025",
        "Peraturan BPS 7/2025", "Indonesia. Badan Pusat Statistik", "perban-bps-7-2025", "2025pbbps007",
    ),
    (
        "kepmen", "kemendagri", "300.2.2-2430", 2025,
        "Keputusan Menteri Dalam Negeri Nomor 300.2.2-2430 Tahun 2025",
        "Kepmendagri 300.2.2-2430/2025", "Indonesia. Kementerian Dalam Negeri",
        "kepmendagri-300-2-2-2430-2025", "2025kmdagri300",
    ),
    (
        "perda-prov", "jawa-tengah", "10", 2017, "Peraturan Daerah Provinsi Jawa Tengah Nomor 10 Tahun 2017",
        "Perda Jateng 10/2017", "Jawa Tengah", "perda-prov-10-2017", "2017pd33010",
    ),
    (
        "kepgub", "jawa-tengah", "561/57", 2023, "Keputusan Gubernur Jawa Tengah Nomor 561/57 Tahun 2023",
        "Kepgub Jateng 561/57/2023", "Jawa Tengah. Gubernur", "kepgub-561-57-2023", "2023kg33561",
    ),
    (
        "perda", "dinperinaker", "1", 2020, "Peraturan Daerah Kota Pekalongan Nomor 1 Tahun 2020",
        "Perda Kota Pekalongan 1/2020", "Pekalongan (Kota)", "perda-1-2020", "2020pd3375001",
    ),
    (
        "perwal", "dinperinaker", "72", 2021, "Peraturan Wali Kota Pekalongan Nomor 72 Tahun 2021",
        "Perwal Pekalongan 72/2021", "Pekalongan. Walikota", "perwal-72-2021", "2021pw3375072",
    ),
]  # fmt: skip


def draft(kind: str = "", initiator: str = "", **values) -> RegulationPage:
    return RegulationPage(
        kind=RegulationKind.objects.get(code=kind) if kind else None,
        initiator=Initiator.objects.get(code=initiator) if initiator else None,
        **values,
    )


@pytest.mark.parametrize(
    ("kind", "initiator", "number", "year", "start", "short", "teu", "slug", "file"), COMPOSED,
    ids=[row[7] for row in COMPOSED],
)  # fmt: skip
def test_all_is_composed_of_what_the_editor_types(kind, initiator, number, year, start, short, teu, slug, file):
    page = draft(kind, initiator, number=number, year=year, about="Perihal  Contoh")
    page.compose()
    assert page.title == page.full_title == f"{start} tentang Perihal Contoh"
    assert page.short_name == short
    assert page.teu == teu
    assert page.slug == slug
    assert page.file_name == f"{file}.pdf"
    assert page.abstract_file_name == f"{year}abs{file[4:]}.pdf"


def test_what_is_typed_instead_counts():
    page = draft(
        "uu", number="20", year=2016, about="Merek", own_title="Judul  sendiri", own_teu="Hindia Belanda",
        own_abbreviation="STBL", own_source="Stb. 1926 (226)", own_file_name="naskah.pdf", slug="merek",
    )  # fmt: skip
    page.compose()
    assert (page.title, page.teu, page.abbreviation) == ("Judul sendiri", "Hindia Belanda", "STBL")
    assert (page.source, page.slug) == ("Stb. 1926 (226)", "merek")
    assert (page.file_name, page.abstract_file_name) == ("naskah.pdf", "abs-naskah.pdf")


@pytest.mark.parametrize(
    ("values", "title", "slug"),
    [
        ({}, "Regulasi baru", "regulasi-baru"),
        ({"about": "Merek"}, "Regulasi baru tentang Merek", "regulasi-baru"),
        ({"kind": "uu"}, "Undang-Undang", "uu"),
        ({"kind": "permen", "number": "3"}, "Peraturan Menteri Nomor 3", "permen-3"),
    ],
)
def test_a_draft_has_a_title_and_an_address_whatever_is_missing(values, title, slug):
    page = draft(**values)
    page.compose()
    assert (page.title, page.slug) == (title, slug)
    assert page.file_name.endswith(".pdf")
    assert isinstance(page.source, str)


@pytest.mark.parametrize(
    ("kind", "values", "source"),
    [
        (
            "uu",
            {"year": 2014, "gazette_number": "4", "supplement_number": "5492", "page_count": 60},
            "LN 2014 (4), TLN (5492) : 60 hlm.",
        ),
        ("permen", {"year": 2025, "gazette_number": "211"}, "BN 2025 (211)"),
        (
            "perda",
            {"year": 2020, "gazette_number": "1", "gazette_year": 2021, "page_count": 8},
            "LD KOTA PEKALONGAN 2021 (1) : 8 hlm.",
        ),
        ("uu", {"year": 2014, "number": "3", "page_count": 60}, ""),
        ("se", {"year": 2023, "number": "5", "page_count": 4}, "SE 2023 (5) : 4 hlm."),
        ("se", {"year": 2023, "number": "5", "gazette": "BN", "gazette_number": "9"}, "BN 2023 (9)"),
    ],
)
def test_the_source_line(kind, values, source):
    assert draft(kind, **values).source == source


def test_a_title_longer_than_wagtail_can_hold_is_cut_after_a_word():
    page = draft("uu", number="1", year=2020, about="kata " * 100)
    page.compose()
    assert len(page.full_title) > 255
    assert len(page.title) <= 255
    assert page.title.endswith("kata…")


@pytest.mark.parametrize(
    ("one", "other"), [("64/M-IND/PER/7/2016", "64/m-ind/per/7/2016"), ("03", "3"), (" 5 A", "5a")]
)
def test_numbers_that_are_the_same(one, other):
    assert composition.number_key(one) == composition.number_key(other)


def test_numbers_that_are_not():
    assert composition.number_key("30") != composition.number_key("3")
    assert composition.number_order("64/M-IND/PER/7/2016") == 64
    assert composition.number_order("tanpa") == 0


def test_a_pattern_with_an_unknown_placeholder_is_refused():
    check_pattern("Peraturan Menteri {bidang}")
    with pytest.raises(ValidationError, match="kementerian"):
        check_pattern("Peraturan {kementerian}")


def test_every_kind_of_the_office_composes_a_title():
    initiator = Initiator.objects.get(code="kemenperin")
    kinds = list(RegulationKind.objects.all())
    assert len(kinds) > 20
    for kind in kinds:
        kind.full_clean()
        page = RegulationPage(kind=kind, initiator=initiator, number="1", year=2020, about="Contoh")
        page.compose()
        assert "{" not in f"{page.title}{page.teu}{page.short_name}{page.slug}{page.file_name}", kind
        assert page.title.endswith(" Nomor 1 Tahun 2020 tentang Contoh")
