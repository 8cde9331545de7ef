"""Repeated groups: what a form asks, adding and taking out without JavaScript, what becomes of the answers."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from forms import groups
from forms.builder import REPEATS, RESERVED_NAMES
from forms.models import FormField, FormPage, Submission
from forms.questions import Condition, Question, digest
from tests.forms.long_form import URL
from tests.forms.phone import Phone
from tests.forms.product_form import (
    LIMIT,
    ROWS,
    at_the_products,
    buttons,
    copies_on,
    focused,
    make_product_form,
    titles,
    with_products,
)

pytestmark = pytest.mark.django_db

QUESTIONS = tuple(FormField(**row).as_question() for row in ROWS)


@pytest.fixture
def form(site) -> FormPage:
    return make_product_form()


def posted(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("ulang_", "ulang-")] = value
    return data


# --- Which questions ------------------------------------------------------------------------------


def test_a_group_that_is_filled_in_once_asks_what_its_editor_wrote():
    assert groups.expanded(QUESTIONS, {}) == QUESTIONS
    assert groups.expanded(QUESTIONS, {"produk": 1, "bahan": 1}) == QUESTIONS


def test_a_second_copy_has_keys_of_its_own_and_looks_at_itself():
    asked = {question.key: question for question in groups.expanded(QUESTIONS, {"produk": 2})}
    added = set(asked) - {question.key for question in QUESTIONS}
    assert added == {f"{key}__2" for key in ("produk", "nama_produk", "dijual", "harga", "foto", "ukuran")}
    assert asked["harga__2"].show_if == Condition("dijual__2", "equals", ("Ya",))
    assert asked["harga"].show_if == Condition("dijual", "equals", ("Ya",))
    assert (asked["produk"].label, asked["produk__2"].label) == ("Produk 1", "Produk 2")
    assert asked["nama_produk__2"].label == "Nama produk"
    assert list(asked).index("produk__2") < list(asked).index("bahan_baku")


@pytest.mark.parametrize(
    ("sent", "count"),
    [("", 1), ("2", 2), ("3", 3), ("4", 3), ("999", 3), ("1e9", 1), ("0", 1), ("-1", 1), ("²", 1), ("9" * 5000, 1)],
)
def test_how_often_is_kept_within_its_limits(sent, count):
    rows = groups.rows_of(QUESTIONS)
    assert groups.counts(rows, posted(ulang_produk=sent)) == {"produk": count, "bahan": 1, "persetujuan": 1}


def test_no_key_looks_like_that_of_a_copy():
    for label in ("harga__2", "Harga _ _2", "harga____3", "__2"):
        key = FormField(label=label).get_field_clean_name()
        assert "__" not in key
    assert REPEATS in RESERVED_NAMES
    assert FormField(label="Ulang").get_field_clean_name() == "ulang_isian"


def test_a_snapshot_from_before_groups_keeps_its_digest():
    question = Question("nama", "Nama", "singleline")
    assert "repeats" not in question.as_json()
    row = next(row for row in QUESTIONS if row.key == "produk")
    assert row.as_json()["repeats"] == LIMIT
    assert Question.from_json(row.as_json()) == row
    assert digest([question.as_json()]) == digest([{**question.as_json()}])


def test_a_file_is_taken_for_a_copy_as_far_as_its_group_goes():
    assert groups.find(QUESTIONS, "foto__3").key == "foto__3"
    assert groups.find(QUESTIONS, "foto").key == "foto"
    assert groups.find(QUESTIONS, "foto__4") is None
    assert groups.find(QUESTIONS, "nama__2") is None
    assert groups.find(QUESTIONS, "setuju__2") is None


def test_copies_are_read_by_their_original_keys_without_the_empty_ones():
    answers = {
        "nama": "Ibu",
        "nama_produk": "Kain",
        "harga": "",
        "nama_produk__3": "Tas",
        "harga__3": "5",
        "dijual": "",
    }
    expected = [{"nama_produk": "Kain"}, {"nama_produk": "Tas", "harga": "5"}]
    assert groups.copies(QUESTIONS, answers, "produk") == expected
    assert groups.copies(groups.expanded(QUESTIONS, {"produk": 3}), answers, "produk") == expected
    assert groups.copies(QUESTIONS, answers, "bahan") == []
    assert groups.copies(QUESTIONS, answers, "nama") == []


@pytest.mark.parametrize(
    ("label", "noun"), [("Produk", "produk"), ("Bahan Baku", "bahan baku"), ("NIB", "NIB"), ("Alat UKM", "alat UKM")]
)
def test_the_title_reads_well_in_a_sentence(label, noun):
    assert groups.Copy(Question("x", label, "group", repeats=2), 1, 1).noun == noun


# --- Adding, without JavaScript -------------------------------------------------------------------


def test_one_more_keeps_everything_typed_and_complains_of_nothing(form):
    phone = at_the_products()
    assert (titles(phone), buttons(phone)) == (["Produk"], ["Tambah produk lagi"])
    phone.press("tambah:produk", harga="bukan angka", dijual="Ya", ukuran__value="banyak")
    assert phone.response.status_code == 200
    assert phone.errors == {}
    assert phone.page.select(".errorlist") == []
    assert titles(phone) == ["Produk 1", "Produk 2"]
    assert buttons(phone) == ["Hapus Produk 1", "Hapus Produk 2", "Tambah produk lagi"]
    assert phone.progress == "Langkah 2 dari 3"
    assert focused(phone) == "Produk 2"
    kept = phone.kept()
    assert kept == {
        "nama": ["Ibu Contoh"], "harga": ["bukan angka"], "dijual": ["Ya"], "ukuran-value": ["banyak"],
        "ulang-produk": ["2"], "ulang-bahan": ["1"], "ulang-persetujuan": ["1"],
    }  # fmt: skip


def test_each_copy_is_a_group_of_its_own_for_a_screen_reader(form):
    phone = with_products("Kain", "Tas")
    first, second = copies_on(phone)
    assert first.legend.h3.get_text() == "Produk 1"
    names = {control["name"] for control in second.select("input, select, textarea")}
    assert names == {"nama_produk__2", "dijual__2", "harga__2", "foto__2", "ukuran__2-value", "ukuran__2-unit"}
    for control in second.select("input:not([type=radio]), select"):
        assert second.select_one(f'label[for="{control["id"]}"]')
    ids = [element["id"] for element in phone.page.select("main [id]")]
    assert len(ids) == len(set(ids))


def test_at_the_limit_there_is_no_button_but_words(form):
    phone = with_products("Kain", "Tas", "Baju")
    assert "Tambah produk lagi" not in buttons(phone)
    assert "Sudah 3 produk, dan itu paling banyak" in phone.page.main.get_text()
    phone.press("tambah:produk")
    assert titles(phone) == ["Produk 1", "Produk 2", "Produk 3"]


@pytest.mark.parametrize(
    "action",
    [
        "tambah:",
        "tambah:tidak_ada",
        "buang:produk",
        "buang:produk:9",
        "buang:produk:x",
        "buang:produk:²",
        "buang::1",
        "buang:produk:1",
    ],
)
def test_a_button_that_nobody_could_press_changes_nothing(form, action):
    phone = at_the_products()
    phone.press("ke:barang", nama_produk="Kain")
    before = phone.kept()
    phone.press(action)
    assert phone.response.status_code == 200
    assert {**phone.kept(), "ulang-produk": ["1"]} == before
    assert phone.heading == "Barang"


def test_enter_leads_on_and_adds_nothing(form):
    phone = at_the_products()
    assert phone.form.select_one("button[type=submit]")["value"] == "lanjut"


def test_what_an_editor_wrote_in_advance_stands_in_the_new_copy(site):
    from tests.forms.long_form import ask, make

    make(rows=[ask("Alat", "group"), ask("Nama alat", default_value="Canting")], layout="single")
    phone = Phone(URL)
    phone.press("tambah:alat", nama_alat="Wajan")
    assert (phone.kept()["nama_alat"], phone.kept()["nama_alat__2"]) == (["Wajan"], ["Canting"])


# --- Taking out -----------------------------------------------------------------------------------


def test_later_copies_move_up(form):
    phone = with_products("Kain", "Tas", "Baju")
    phone.press("buang:produk:2", named={"ukuran__3-value": "7"})
    assert titles(phone) == ["Produk 1", "Produk 2"]
    kept = phone.kept()
    assert (kept["nama_produk"], kept["nama_produk__2"], kept["ukuran__2-value"]) == (["Kain"], ["Baju"], ["7"])
    assert "nama_produk__3" not in kept
    assert focused(phone) == "Produk 2"
    phone.press("buang:produk:1")
    assert (titles(phone), phone.kept()["nama_produk"]) == (["Produk"], ["Baju"])
    assert "nama_produk__2" not in phone.kept()


# --- Mistakes, steps, checking, sending -----------------------------------------------------------


def test_a_mistake_says_in_which_copy_it_is(form):
    phone = with_products("Kain", "")
    phone.press("lanjut", named={"dijual": "Ya", "dijual__2": "Ya", "harga": "5000", "harga__2": "mahal"})
    assert phone.response.status_code == 422
    assert [text.partition(":")[0] for text in phone.errors.values()] == ["Produk 2", "Produk 2"]
    assert set(phone.errors) == {"#id_nama_produk__2", "#id_harga__2"}


def test_a_hidden_question_of_one_copy_is_asked_in_the_other(form):
    phone = with_products("Kain", "Tas")
    phone.press("lanjut", dijual="Tidak", named={"dijual__2": "Ya"})
    assert set(phone.errors) == {"#id_harga__2"}


def checked(phone: Phone) -> list[tuple[str, dict[str, str]]]:
    found = []
    for block in phone.page.select(".check-list"):
        title = block.find_previous_sibling("h3")
        rows = {row.dt.get_text(strip=True): row.dd.get_text(strip=True) for row in block.select("div")}
        found.append((title.get_text(strip=True) if title else "", rows))
    return found


def to_the_check(*names: str) -> Phone:
    phone = with_products(*names)
    phone.press("lanjut")
    phone.press("periksa", setuju="on", nama_bahan="malam")
    return phone


def test_checking_shows_the_copies_and_leads_back_to_each(form):
    phone = to_the_check("Kain", "Tas")
    blocks = checked(phone)
    assert [title for title, _ in blocks] == ["", "", "Produk 1", "Produk 2", "Bahan", "Persetujuan"]
    assert [rows["Nama produk"] for title, rows in blocks if title.startswith("Produk")] == ["Kain", "Tas"]
    button = phone.form.select_one("button[value='ke:nama_produk__2']")
    assert button.get_text(" ", strip=True) == "Ubah Nama produk, Produk 2"
    phone.press("ke:nama_produk__2")
    assert (phone.heading, focused(phone)) == ("Barang", "Nama produk")
    assert phone.page.select_one("main [autofocus] input")["name"] == "nama_produk__2"


def test_a_ticket_has_the_answers_of_all_copies(form):
    phone = to_the_check("Kain", "Tas")
    assert phone.press("kirim").status_code == 303
    ticket = Submission.objects.get()
    assert (ticket.answers["nama_produk"], ticket.answers["nama_produk__2"]) == ("Kain", "Tas")
    asked = ticket.snapshot.question_list()
    told = [{"nama_produk": "Kain", "dijual": "Tidak"}, {"nama_produk": "Tas", "dijual": "Tidak"}]
    assert groups.copies(asked, ticket.answers, "produk") == told
    assert groups.copies(form.questions(), ticket.answers, "bahan") == [{"nama_bahan": "malam"}]


def test_a_double_send_makes_one_ticket(form):
    phone = to_the_check("Kain", "Tas")
    again = Phone(URL, phone.client)
    again.response = phone.response
    phone.press("kirim")
    again.press("kirim")
    ticket = Submission.objects.get()
    assert not ticket.messages.exists()
    assert phone.response["Location"].partition("?")[0] == again.response["Location"].partition("?")[0]


def test_a_send_with_forged_numbers_is_answered_with_words(form):
    phone = at_the_products()
    phone.press("kirim", named={"ulang-produk": ["3", "x" * 9000], "nama_produk__3": "\0", "ulang-nama": "7"})
    assert phone.response.status_code == 422
    assert not Submission.objects.exists()
