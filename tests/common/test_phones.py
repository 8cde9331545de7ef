import pytest
from django.core.exceptions import ValidationError

from siptenan.common.phones import national, normalise, search_fragments, whatsapp_url

STORED = "+6281234567890"


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456 7890",
        "0812.3456.7890",
        "6281234567890",
        "62 812 3456 7890",
        "81234567890",
        "+6281234567890",
        "+62 812-3456-7890",
        "+62 (0)812 3456 7890",
        "(+62) 812 3456 7890",
        "62 0812 3456 7890",
        "006281234567890",
        "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10",  # full width
        "\uff0b\uff16\uff12 812 3456 7890",
        "\u202a+62\u00a0812\u20113456\u20117890\u202c",  # as copied from a WhatsApp contact
        "٠٨١٢٣٤٥٦٧٨٩٠",
    ],
)
def test_every_way_of_writing_a_number_is_the_same_number(typed):
    assert normalise(typed) == STORED


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0811 234 567", "+62811234567"), ("0859 1234 56789", "+62859123456789")],
    ids=["shortest", "longest"],
)
def test_short_and_long_mobile_numbers(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+60 12-345 6789", "+60123456789"),
        ("+886 912 345 678", "+886912345678"),
        ("+966 50 123 4567", "+966501234567"),
    ],
)
def test_a_worker_abroad_may_give_a_foreign_number_with_its_plus(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("0812", "too_short", "terlalu pendek"),
        ("", "too_short", "terlalu pendek"),
        ("-", "too_short", "terlalu pendek"),
        ("8", "too_short", "terlalu pendek"),
        ("62", "too_short", "terlalu pendek"),
        ("+62 812", "too_short", "terlalu pendek"),
        ("0812 3456", "too_short", "terlalu pendek"),
        ("0812 3456 7890 12345", "too_long", "satu nomor saja"),
        ("081234567890 / 081345678901", "too_long", "satu nomor saja"),
        ("9" * 100_000, "too_long", "satu nomor saja"),
        ("0812 3456 789O", "letters", "hanya boleh berisi angka"),
        ("tidak punya", "letters", "hanya boleh berisi angka"),
        ("(0285) 421731", "not_mobile", "bukan nomor ponsel"),
        ("+62 285 421731", "not_mobile", "bukan nomor ponsel"),
        ("021 3456 7890", "not_mobile", "bukan nomor ponsel"),
        ("0840 1234 5678", "invalid", "tidak dikenal"),
        ("1234567890", "invalid", "tidak dikenal"),
        ("+999 1234 5678", "invalid", "tidak dikenal"),
        ("0081234567890", "invalid", "tidak dikenal"),
        ("00812345678900", "invalid", "tidak dikenal"),  # dialled, this would ring in Ohio
        ("0060123456789", "invalid", "diawali tanda +"),
        ("60123456789", "invalid", "diawali tanda +"),
    ],
)
def test_a_wrong_number_is_refused_in_words_that_help(typed, code, words):
    with pytest.raises(ValidationError) as refusal:
        normalise(typed)
    assert refusal.value.code == code
    assert words in refusal.value.message
    assert "Contoh: 0812 3456 7890" in refusal.value.message


def test_numbers_are_shown_as_people_write_them():
    assert national(STORED) == "0812-3456-7890"
    assert national("+60123456789") == "+60 12-345 6789"
    assert national("lama: 421731") == "lama: 421731"


def test_a_shown_number_is_read_back_as_the_same():
    assert normalise(national(STORED)) == STORED
    assert normalise(national("+60123456789")) == "+60123456789"


def test_whatsapp_link_has_digits_only_and_no_plus_for_a_space():
    assert (
        whatsapp_url(STORED, "Tiket KAL-1 & PIN? 100% aman/ya")
        == "https://wa.me/6281234567890?text=Tiket%20KAL-1%20%26%20PIN%3F%20100%25%20aman%2Fya"
    )


@pytest.mark.parametrize("typed", ["0812345", "62812345", "+62812345", "345678", "7890"])
def test_a_fragment_in_either_writing_finds_the_number(typed):
    assert typed in search_fragments(STORED)


def test_search_fragments_name_each_spelling_once():
    assert search_fragments(STORED) == "+6281234567890 081234567890 6281234567890"
    assert search_fragments("+60123456789") == "+60123456789 60123456789"
