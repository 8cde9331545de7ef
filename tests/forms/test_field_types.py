"""Every question type: what it takes, what it refuses and in which words, and that nothing typed gets lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from forms import field_types
from forms.builder import PublicForm, QuestionFormBuilder
from forms.models import FormField

LABEL = "Isian"
CHOICES = "Merah\nHijau, tua\nRp 1.000,00"
# These have files of their own: what they send is no single text, or nothing.
ELSEWHERE = {
    "section", "group", "info", "quantity", "kelurahan", "address", "nik", "consent", "scale", "matrix", "photo",
    "document",
}  # fmt: skip
CODES = [code for code in field_types.codes() if code not in ELSEWHERE]
TYPED_IN = [code for code in CODES if code not in ("checkbox", "hidden")]
FREE_TEXT = [code for code in TYPED_IN if not field_types.get(code).has_choices]


def form(kind: str, *typed: str, **values) -> PublicForm:
    """The form of one question of a kind, sent with what was typed (several values as a browser repeats them)."""
    choices = CHOICES if field_types.get(kind).has_choices else ""
    field = FormField(**{"label": LABEL, "field_type": kind, "required": False, "choices": choices, **values})
    data = QueryDict(mutable=True)
    data.setlist("isian", typed)
    return QuestionFormBuilder([field]).get_form_class()(data)


def errors(sent: PublicForm) -> list[str]:
    return list(sent.errors.get("isian", []))


def answer(sent: PublicForm) -> object:
    assert errors(sent) == []
    return sent.answers()["isian"]


def control(sent: PublicForm) -> BeautifulSoup:
    return BeautifulSoup(str(sent["isian"]), "html.parser")


ACCEPTED = [
    # kind, typed, stored, shown
    ("singleline", "  Batik Contoh ", "Batik Contoh", "Batik Contoh"),
    ("singleline", "👩‍🏭 <b>شركة</b> {{ x }}", "👩‍🏭 <b>شركة</b> {{ x }}", "👩‍🏭 <b>شركة</b> {{ x }}"),
    ("multiline", "satu\r\ndua", "satu\r\ndua", "satu\r\ndua"),
    ("number", "12", "12", "12"),
    ("number", "12,5", "12.5", "12,5"),
    ("number", "12.5", "12.5", "12,5"),
    ("number", "0.500", "0.500", "0,500"),
    ("number", "1.500", "1500", "1500"),
    ("number", "1.500.000", "1500000", "1.500.000"),
    ("number", "1.500,25", "1500.25", "1500,25"),
    ("number", "Rp 1.500.000,-", "1500000", "1.500.000"),
    ("number", "rp.25 000", "25000", "25.000"),
    ("number", "-3", "-3", "-3"),
    ("number", "2015", "2015", "2015"),
    ("number", "  ", "", ""),
    ("email", "Ibu@Contoh.id", "Ibu@Contoh.id", "Ibu@Contoh.id"),
    ("url", "contoh.id/toko", "https://contoh.id/toko", "https://contoh.id/toko"),
    ("phone", "0812-3456 7890", "+6281234567890", "0812-3456-7890"),
    ("phone", "6281234567890", "+6281234567890", "0812-3456-7890"),
    ("phone", "+62 812 3456 7890", "+6281234567890", "0812-3456-7890"),
    ("checkbox", "on", True, "Ya"),
    ("dropdown", "Hijau, tua", "Hijau, tua", "Hijau, tua"),
    ("radio", "Rp 1.000,00", "Rp 1.000,00", "Rp 1.000,00"),
    ("checkboxes", "Merah", ["Merah"], "Merah"),
    ("multiselect", "Hijau, tua", ["Hijau, tua"], "Hijau, tua"),
    ("date", "12/3/2026", "2026-03-12", "Kamis, 12 Maret 2026"),
    ("date", "12-03-2026", "2026-03-12", "Kamis, 12 Maret 2026"),
    ("date", "2026-03-12", "2026-03-12", "Kamis, 12 Maret 2026"),
    ("date", "  ", "", ""),
    ("datetime", "12/3/2026 09.30", "2026-03-12T09:30:00+07:00", "Kamis, 12 Maret 2026, 09.30 WIB"),
    ("datetime", "2026-03-12T09:30", "2026-03-12T09:30:00+07:00", "Kamis, 12 Maret 2026, 09.30 WIB"),
    ("hidden", "ig-juli", "ig-juli", "ig-juli"),
]


@pytest.mark.parametrize(("kind", "typed", "stored", "shown"), ACCEPTED)
def test_stores_and_shows(kind, typed, stored, shown):
    given_answer = answer(form(kind, typed))
    assert given_answer == stored
    assert field_types.get(kind).display(given_answer) == shown


WRONG_NUMBER = "Tulis angka saja. Contoh: 1.500.000 atau 12,5."
WRONG_DATE = "Tanggal belum benar. Contoh: 31/12/2026."
WRONG_MOMENT = "Tanggal dan jam belum benar. Contoh: 31/12/2026 09.30."
WRONG_YEAR = "Tahun harus empat angka, antara 1900 dan 2199."
WRONG_CHOICE = "Pilih salah satu jawaban yang tersedia."
REFUSED = [
    ("number", "dua belas", WRONG_NUMBER),
    ("number", "NaN", WRONG_NUMBER),
    ("number", "Infinity", WRONG_NUMBER),
    ("number", "1e400", WRONG_NUMBER),
    ("number", "1_000", WRONG_NUMBER),
    ("number", "1,500,000", WRONG_NUMBER),
    ("number", "1.50.000", WRONG_NUMBER),
    ("number", "9" * 30, "Angka ini terlalu panjang: paling banyak 20 angka."),
    ("number", "0,1234567", "Paling banyak 6 angka di belakang koma."),
    ("email", "bukan email", "Alamat email belum lengkap. Contoh: nama@contoh.id."),
    ("email", "ibu@contoh", "Alamat email belum lengkap. Contoh: nama@contoh.id."),
    ("url", "javascript:alert(1)", "Alamat situs belum benar. Contoh: https://contoh.id."),
    ("url", "http://[", "Alamat situs belum benar. Contoh: https://contoh.id."),
    ("phone", "0812", "Nomor WhatsApp terlalu pendek. Contoh: 0812 3456 7890"),
    ("phone", "nol delapan satu dua", "Nomor WhatsApp hanya boleh berisi angka. Contoh: 0812 3456 7890"),
    ("dropdown", "Ungu", WRONG_CHOICE),
    ("radio", "Ungu", WRONG_CHOICE),
    ("radio", "Merah\0", WRONG_CHOICE),
    ("checkboxes", "Ungu", WRONG_CHOICE),
    ("multiselect", "Ungu", WRONG_CHOICE),
    ("date", "31/02/2026", WRONG_DATE),
    ("date", "besok", WRONG_DATE),
    ("date", "12/3/26", WRONG_DATE),
    ("date", "01/01/0001", WRONG_YEAR),
    ("datetime", "12/3/2026", WRONG_MOMENT),
    ("datetime", "31/02/2026 09.30", WRONG_MOMENT),
    ("datetime", "01/01/0001 00.00", WRONG_YEAR),
    ("datetime", "0001-01-01", WRONG_YEAR),
    ("datetime", "31/12/9999 23.59", WRONG_YEAR),
    ("singleline", "x" * 256, "Isian terlalu panjang: paling banyak 255 huruf, sekarang 256."),
    ("multiline", "x" * 5_001, "Isian terlalu panjang: paling banyak 5000 huruf, sekarang 5001."),
]


@pytest.mark.parametrize(("kind", "typed", "words"), REFUSED)
def test_refuses_in_these_words(kind, typed, words):
    assert errors(form(kind, typed)) == [words]


REQUIRED = {
    "checkbox": "Centang dulu: Isian.",
    "checkboxes": "Pilih paling sedikit satu: Isian.",
    "multiselect": "Pilih paling sedikit satu: Isian.",
    "dropdown": "Isian belum dipilih.",
    "radio": "Isian belum dipilih.",
}


@pytest.mark.parametrize("kind", [code for code in CODES if code != "hidden"])
def test_a_missing_required_answer_is_named(kind):
    assert errors(form(kind, required=True)) == [REQUIRED.get(kind, "Isian belum diisi.")]


def test_a_hidden_question_never_blocks_the_form():
    """Nobody could mend it: required, too long and with a NUL byte, it is cut to fit."""
    assert answer(form("hidden", "a\0" + "b" * 300, required=True)) == "a" + "b" * 254
    assert answer(form("hidden", required=True)) == ""


HOSTILE = {
    "NUL": "a\0b",
    "1 MB": "x" * 1_000_000,
    "1 MB of digits": "9" * 1_000_000,
    "emoji": "👩‍🏭🧵",
    "right to left": "\u202eشركة",
    "markup": "</textarea><script>alert(1)</script>",
    "blanks": " \t\r\n ",
    "long word": "k" * 4_999,
}


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_stored_whole_or_refused_in_words(kind, typed):
    sent = form(kind, typed)
    if sent.is_valid():
        assert "\0" not in field_types.get(kind).display(answer(sent))
    else:
        assert all(message.endswith((".", "0812 3456 7890")) for message in errors(sent))


@pytest.mark.parametrize("kind", FREE_TEXT)
@pytest.mark.parametrize("typed", [HOSTILE["markup"], HOSTILE["emoji"], HOSTILE["1 MB"], "31/02/2026", "1e400"])
def test_what_was_typed_is_still_there(kind, typed):
    shown = control(form(kind, typed))
    widget = shown.find(["input", "textarea"])
    kept = widget.get_text().removeprefix("\r\n").removeprefix("\n") if widget.name == "textarea" else widget["value"]
    assert kept == typed
    assert shown.find("script") is None


@pytest.mark.parametrize("kind", ["checkboxes", "multiselect"])
def test_every_ticked_choice_is_still_ticked_beside_an_unknown_one(kind):
    shown = control(form(kind, "Merah", "Rp 1.000,00", "Ungu"))
    ticked = [choice["value"] for choice in shown.select("[checked], [selected]")]
    assert ticked == ["Merah", "Rp 1.000,00"]


@pytest.mark.parametrize("kind", ["dropdown", "radio"])
def test_the_choice_is_still_chosen(kind):
    shown = control(form(kind, "Hijau, tua"))
    assert [choice["value"] for choice in shown.select("[checked], [selected]")] == ["Hijau, tua"]


@pytest.mark.parametrize("kind", TYPED_IN)
def test_a_list_where_one_answer_is_expected(kind):
    """The last one counts, as in every HTML form; several are kept where several are asked for."""
    if field_types.get(kind).has_choices:
        typed = ("Merah", "Hijau, tua")
        expected = list(typed) if kind in ("checkboxes", "multiselect") else typed[-1]
        assert answer(form(kind, *typed)) == expected
    else:
        assert errors(form(kind, "x" * 6_000, "")) == []


def test_the_limit_of_a_question_is_the_editors():
    assert errors(form("singleline", "empat", max_length=4)) == [
        "Isian terlalu panjang: paling banyak 4 huruf, sekarang 5."
    ]
    assert 'maxlength="' not in str(form("singleline", "x", max_length=4)["isian"])


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_as_it_is_shown_can_be_typed_again(number: Decimal):
    shown = field_types.get("number").display(str(number))
    assert Decimal(answer(form("number", shown))) == number


def test_export_and_search():
    assert field_types.get("number").export("1500.25") == "1500,25"
    assert field_types.get("phone").export("+6281234567890") == "0812-3456-7890"
    assert field_types.get("checkbox").search_text(True) == ""
    assert "081234567890" in field_types.get("phone").search_text("+6281234567890")
    assert field_types.get("checkboxes").display([]) == ""


def test_unknown_and_double_types_are_refused():
    with pytest.raises(field_types.UnknownQuestionType):
        field_types.get("hologram")
    with pytest.raises(ValueError, match="registered twice"):
        field_types.register(type("Double", (field_types.QuestionType,), {"code": "singleline", "label": "x"}))


def test_the_editor_is_offered_every_type_of_the_issue():
    assert set(field_types.codes()) >= {
        "singleline", "multiline", "number", "email", "url", "phone", "checkbox", "checkboxes", "dropdown",
        "multiselect", "radio", "date", "datetime", "hidden",
    }  # fmt: skip
    assert all(label and code != label for code, label in field_types.choices())
