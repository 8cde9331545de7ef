"""What people type when they know which regulation they want."""

from __future__ import annotations

import pytest

from regulasi.models import Initiator
from regulasi.references import parse, vocabulary

pytestmark = pytest.mark.django_db

FOUND = [
    # text, kinds, initiators, number, year
    ("perda 3 2020", {"perda", "perda-prov"}, set(), "3", 2020),
    ("UU no. 20/2016", {"uu"}, set(), "20", 2016),
    ("uu20/2016", {"uu"}, set(), "20", 2016),
    ("UU No.20 Thn. 2016", {"uu"}, set(), "20", 2016),
    ("undang-undang nomor 20 tahun 2016", {"uu"}, set(), "20", 2016),
    ("permenperin 64/M-IND/PER/7/2016", {"permen"}, {"kemenperin"}, "64/M-IND/PER/7/2016", 2016),
    ("Permenperin 64/M-IND/PER/7/2016 Tahun 2016", {"permen"}, {"kemenperin"}, "64/M-IND/PER/7/2016", 2016),
    ("Peraturan Menteri Perindustrian Nomor 13 Tahun 2025", {"permen"}, {"kemenperin"}, "13", 2025),
    ("permen perindustrian 13/2025", {"permen"}, {"kemenperin"}, "13", 2025),
    ("PermenPANRB 14/2017", {"permen"}, {"kemenpanrb"}, "14", 2017),
    ("permen pan-rb no 14 th 2017", {"permen"}, {"kemenpanrb"}, "14", 2017),
    ("permenaker 5 2021", {"permen"}, {"kemnaker"}, "5", 2021),
    ("Permenkumham M.HH-01.HU.03.02 Tahun 2016", {"permen"}, {"kemenkumham"}, "M.HH-01.HU.03.02", 2016),
    ("kepmendagri 300.2.2-2430 tahun 2025", {"kepmen"}, {"kemendagri"}, "300.2.2-2430", 2025),
    ("perwal 72 tahun 2021", {"perwal"}, set(), "72", 2021),
    ("Perwali Pekalongan 72/2021", {"perwal"}, set(), "72", 2021),
    ("peraturan walikota pekalongan nomor 72 tahun 2021", {"perwal"}, {"kota-pekalongan"}, "72", 2021),
    ("perda kota pekalongan 1/2020", {"perda"}, set(), "1", 2020),
    ("perda jateng 10/2017", {"perda-prov"}, set(), "10", 2017),
    ("Peraturan BPS 7/2025", {"perban"}, {"bps"}, "7", 2025),
    ("peraturan badan pusat statistik no 7 tahun 2025", {"perban"}, {"bps"}, "7", 2025),
    ("PP 33", {"pp"}, set(), "33", None),
    ("pp nomor 33", {"pp"}, set(), "33", None),
    ("SE 5/2023", {"se"}, set(), "5", 2023),
    ("20/2016", set(), set(), "20", 2016),
    ("nomor 20 tahun 2016", set(), set(), "20", 2016),
    ("  UU   20 / 2016 ", {"uu"}, set(), "20", 2016),
    ("\uff35\uff35 \uff12\uff10/2016", {"uu"}, set(), "20", 2016),  # full width
]


@pytest.mark.parametrize(("text", "kinds", "initiators", "number", "year"), FOUND, ids=[row[0] for row in FOUND])
def test_a_reference(text, kinds, initiators, number, year):
    found = parse(text)
    assert found is not None
    assert (found.kinds, found.number, found.year) == (kinds, number, year)
    assert found.initiators <= initiators
    assert found.is_whole


@pytest.mark.parametrize(
    "text",
    [
        "", "merek", "industri kecil", "uu merek", "batik 2020", "3 2020", "2020", "pekalongan 3 2020", "UU 📜",
        "%' OR 1=1", "perda", "cari uu 20/2016", "08123456789", '"uu', "x" * 500, "1" * 200, "uu " + "1" * 300,
    ],
)  # fmt: skip
def test_what_is_none(text):
    found = parse(text)
    assert found is None or (found.kinds and found.year is None)


def test_what_is_typed_behind_it_is_kept():
    found = parse("UU 20 tahun 2016 tentang Merek")
    assert found is not None
    assert (found.number, found.year, found.rest, found.is_whole) == ("20", 2016, "tentang Merek", False)


@pytest.mark.parametrize(
    ("text", "regulation", "meant"),
    [
        ("uu 20/2016", ("uu", "pemerintah-pusat", "20", 2016), True),
        ("uu 20/2016", ("pp", "pemerintah-pusat", "20", 2016), False),
        ("uu 20/2016", ("uu", "pemerintah-pusat", "2", 2016), False),
        ("uu 20/2016", ("uu", "pemerintah-pusat", "20", 2008), False),
        ("pp 33", ("pp", "pemerintah-pusat", "33", 2026), True),
        ("permenperin 64/2016", ("permen", "kemenperin", "64/M-IND/PER/7/2016", 2016), True),
        ("permenperin 64/m-ind/per/7/2016", ("permen", "kemenperin", "64/M-IND/PER/7/2016", 2016), True),
        ("permenperin 6/2016", ("permen", "kemenperin", "64/M-IND/PER/7/2016", 2016), False),
        ("permendag 64/2016", ("permen", "kemenperin", "64/M-IND/PER/7/2016", 2016), False),
        ("permen 13/2025", ("permen", "kemenperin", "13", 2025), True),
        ("perda 03/2020", ("perda", "dinperinaker", "3", 2020), True),
    ],
)
def test_which_regulations_are_meant(text, regulation, meant):
    found = parse(text)
    assert found is not None
    assert found.matches(*regulation) is meant


def test_a_new_ministry_is_known_at_once():
    assert parse("permenbaru 1/2030") is None
    Initiator.objects.create(name="Kementerian Baru", code="kemenbaru", short="baru")
    found = parse("permenbaru 1/2030")
    assert found is not None
    assert found.initiators == {"kemenbaru"}


def test_reading_costs_nothing_once_the_words_are_known(django_assert_num_queries):
    words = vocabulary()
    with django_assert_num_queries(0):
        assert parse("uu 20/2016", words)
