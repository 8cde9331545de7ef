"""Conditions, sections and limits in the CMS's editor: named by label, kept by key, refused by name."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from forms.models import FormField, FormPage
from forms.questions import Condition
from siptenan.common import generation
from siptenan.common.models import Unit
from tests.factories import make_form
from tests.forms.cms_forms import PageEditor, fields_of, question_row
from tests.forms.visitors import page_of
from tests.project.test_words import english

ROWS = [
    {"label": "Diri", "field_type": "section"},
    {"label": "Punya NIB?", "field_type": "radio", "choices": "Ya\nTidak"},
    {"label": "NIB", "show_if_key": "punya_nib", "show_if_operator": "equals", "show_if_values": "Ya"},
    {"label": "Usaha", "field_type": "section"},
    {"label": "Jumlah", "field_type": "number", "required": False},
]
IF_YES = Condition("punya_nib", "equals", ("Ya",))

pytestmark = pytest.mark.django_db


@pytest.fixture
def conditional(site) -> FormPage:
    return make_form("syarat", ROWS, title="Syarat", layout="steps")


@pytest.fixture
def page_editor(client, editor, conditional) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, conditional)


def live(editor: PageEditor) -> dict[str, FormField]:
    """The published rows by their labels."""
    return {field.label: field for field in FormPage.objects.get(pk=editor.page.pk).form_fields.all()}


def latest(editor: PageEditor) -> dict[str, FormField]:
    """The rows of the last draft by their labels."""
    return {field.label: field for field in editor.latest().form_fields.all()}


def shown(editor: PageEditor) -> dict[str, str]:
    """What the editor's screen says of conditions, by label."""
    fields = fields_of(editor.client.get(f"/cms/pages/{editor.page.pk}/edit/").content)
    rows = range(int(fields["form_fields-TOTAL_FORMS"][0]))
    return {fields[f"form_fields-{n}-label"][0]: fields[f"form_fields-{n}-show_if_key"][0] for n in rows}


def says(response: HttpResponse) -> str:
    assert response.status_code == 200, "it was not refused"
    return page_of(response).get_text(" ", strip=True)


def change(editor: PageEditor, which: str, /, *, publish: bool = True, **values: str) -> HttpResponse:
    """Change one row."""
    number = list(latest(editor)).index(which)
    return editor.save(publish=publish, **{f"form_fields-{number}-{name}": value for name, value in values.items()})


def add_row(editor: PageEditor, label: str, kind: str = "singleline", *, publish: bool = True, **values: str):
    """Add one row at the end."""
    number = len(latest(editor))
    row = question_row(number, label, kind, **values)
    return editor.save(publish=publish, **{"form_fields-TOTAL_FORMS": str(number + 1)}, **row)


# --- By label and by key --------------------------------------------------------------------------


def test_a_condition_is_shown_by_label(page_editor):
    assert shown(page_editor) == {"Diri": "", "Punya NIB?": "", "NIB": "Punya NIB?", "Usaha": "", "Jumlah": ""}


@pytest.mark.parametrize("typed", ["Punya NIB?", "  punya nib? ", "punya_nib"])
@pytest.mark.parametrize("publish", [True, False])
def test_a_condition_named_by_label_is_stored_by_key(page_editor, typed, publish):
    response = add_row(
        page_editor,
        "Sejak kapan",
        "year",
        publish=publish,
        show_if_key=typed,
        show_if_operator="equals",
        show_if_values="Ya",
    )
    assert response.status_code == 302
    assert latest(page_editor)["Sejak kapan"].condition == IF_YES
    assert shown(page_editor)["Sejak kapan"] == "Punya NIB?"


def test_a_condition_may_name_a_question_that_is_just_being_added(page_editor):
    first = len(latest(page_editor))
    changes = {
        "form_fields-TOTAL_FORMS": str(first + 2),
        **question_row(first, "Punya toko?", "radio", choices="Ya\r\nTidak"),
        **question_row(first + 1, "Alamat toko", show_if_key="Punya toko?", show_if_values="Ya"),
    }
    assert page_editor.save(**changes).status_code == 302
    assert live(page_editor)["Alamat toko"].show_if_key == "punya_toko"


def test_another_label_leaves_the_condition_alone(page_editor):
    """Both in one save and in a later one."""
    page_editor.rename("Punya NIB?", "Sudah punya NIB?")
    assert live(page_editor)["NIB"].condition == IF_YES
    assert shown(page_editor)["NIB"] == "Sudah punya NIB?"
    page_editor.rename("NIB", "Nomor NIB")
    assert live(page_editor)["Nomor NIB"].condition == IF_YES


def test_saving_without_a_change_changes_nothing(page_editor):
    before = {label: field.as_question() for label, field in live(page_editor).items()}
    for _ in range(2):
        assert page_editor.save().status_code == 302
    assert {label: field.as_question() for label, field in live(page_editor).items()} == before


def test_of_two_questions_with_one_label_the_condition_keeps_its_own(site, client, editor):
    rows = [
        {"label": "Satuan"}, {"label": "Satuan"},
        {"label": "Lain", "show_if_key": "satuan_2", "show_if_operator": "filled"},
    ]  # fmt: skip
    page_editor = PageEditor(client, make_form("dua", rows, title="Dua"))
    client.force_login(editor)
    assert page_editor.save().status_code == 302
    assert live(page_editor)["Lain"].show_if_key == "satuan_2"


def test_a_condition_can_be_taken_away(page_editor):
    assert change(page_editor, "NIB", show_if_key="").status_code == 302
    assert live(page_editor)["NIB"].condition is None


# --- Refused by name ------------------------------------------------------------------------------


@pytest.mark.parametrize("publish", [True, False], ids=["publishing", "draft"])
class TestRefused:
    def test_dangling(self, page_editor, publish):
        words = says(
            add_row(page_editor, "Toko", publish=publish, show_if_key="Punya toko?", show_if_operator="filled")
        )
        assert "“Toko” bergantung pada pertanyaan “Punya toko?”, yang tidak ada di formulir ini." in words
        assert "Toko" not in latest(page_editor)

    def test_dangling_because_the_question_is_deleted(self, page_editor, publish):
        number = list(latest(page_editor)).index("Punya NIB?")
        words = says(page_editor.save(publish=publish, **{f"form_fields-{number}-DELETE": "1"}))
        assert "“NIB” bergantung pada pertanyaan “punya_nib”, yang tidak ada di formulir ini." in words

    def test_circular(self, page_editor, publish):
        values = {"show_if_key": "NIB", "show_if_operator": "filled"}
        words = says(change(page_editor, "Punya NIB?", publish=publish, **values))
        assert "Syarat “Punya NIB?” dan “NIB” saling menunggu (melingkar). Hapus salah satunya." in words

    def test_itself(self, page_editor, publish):
        values = {"show_if_key": "Jumlah", "show_if_operator": "filled"}
        words = says(change(page_editor, "Jumlah", publish=publish, **values))
        assert "“Jumlah” tidak dapat bergantung pada dirinya sendiri." in words

    def test_a_section_on_a_question_inside_itself(self, page_editor, publish):
        values = {"show_if_key": "Jumlah", "show_if_operator": "filled"}
        words = says(change(page_editor, "Usaha", publish=publish, **values))
        assert "“Usaha” bergantung pada “Jumlah”, jadi letaknya harus di bawah pertanyaan itu." in words

    def test_a_value_that_is_no_choice(self, page_editor, publish):
        words = says(change(page_editor, "NIB", publish=publish, show_if_values="Mungkin"))
        assert "Syarat “NIB”: “Mungkin” bukan pilihan jawaban “Punya NIB?”." in words

    def test_a_choice_that_is_taken_away(self, page_editor, publish):
        words = says(change(page_editor, "Punya NIB?", publish=publish, choices="Sudah\r\nBelum"))
        assert "Syarat “NIB”: “Ya” bukan pilihan jawaban “Punya NIB?”." in words

    def test_no_value(self, page_editor, publish):
        assert "Isi nilai syarat untuk “NIB”." in says(change(page_editor, "NIB", publish=publish, show_if_values=" "))

    def test_moved_above_what_it_looks_at(self, page_editor, publish):
        order = {"Diri": 1, "NIB": 2, "Punya NIB?": 3, "Usaha": 4, "Jumlah": 5}
        places = {f"form_fields-{n}-ORDER": str(order[label]) for n, label in enumerate(latest(page_editor))}
        words = says(page_editor.save(publish=publish, **places))
        assert "“NIB” bergantung pada “Punya NIB?”, jadi letaknya harus di bawah pertanyaan itu." in words


def test_what_is_refused_stays_on_the_screen(page_editor):
    response = add_row(page_editor, "Toko", show_if_key="Punya toko?", show_if_values="Ya\r\nTidak")
    fields = fields_of(response.content)
    number = len(latest(page_editor))
    assert fields[f"form_fields-{number}-show_if_key"] == ["Punya toko?"]
    assert fields[f"form_fields-{number}-label"] == ["Toko"]


# --- Moving, reverting, copying -------------------------------------------------------------------


def test_a_moved_row_is_in_its_new_section_under_its_old_key(page_editor):
    """A2."""
    order = {"Diri": 1, "Usaha": 2, "Punya NIB?": 3, "NIB": 4, "Jumlah": 5}
    places = {f"form_fields-{n}-ORDER": str(order[label]) for n, label in enumerate(latest(page_editor))}
    assert page_editor.save(**places).status_code == 302
    rows = FormPage.objects.get(pk=page_editor.page.pk).questions()
    assert [question.key for question in rows] == ["diri", "usaha", "punya_nib", "nib", "jumlah"]
    assert rows[3].show_if == IF_YES


def test_an_older_revision_brings_conditions_and_sections_back(page_editor):
    assert page_editor.save().status_code == 302
    before = page_editor.revision()
    questions = FormPage.objects.get(pk=page_editor.page.pk).questions()
    assert change(page_editor, "NIB", show_if_key="", label="Nomor").status_code == 302
    page_editor.delete("Usaha")
    page_editor.delete("Punya NIB?")
    assert page_editor.save(revision=before).status_code == 302
    assert FormPage.objects.get(pk=page_editor.page.pk).questions() == questions
    assert shown(page_editor)["NIB"] == "Punya NIB?"


def test_a_copy_keeps_keys_and_conditions(page_editor, client):
    page_editor.rename("Punya NIB?", "Ada NIB?")
    original = FormPage.objects.get(pk=page_editor.page.pk)
    copy = original.copy(update_attrs={"slug": "salinan", "title": "Salinan"})
    assert FormPage.objects.get(pk=copy.pk).questions() == original.questions()
    assert shown(PageEditor(client, copy))["NIB"] == "Ada NIB?"
    assert PageEditor(client, copy).save().status_code == 302
    assert Client().get("/kalindri/salinan/").status_code == 200


# --- Limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("quantity", {"unit": "karung-goni"}, "Satuan “karung-goni” tidak ada di Referensi."),
        ("number", {"min_value": "10", "max_value": "5"}, "Harus tidak lebih kecil dari “paling kecil”."),
        ("singleline", {"min_length": "10", "max_length": "5"}, "Harus tidak lebih kecil dari “paling sedikit huruf”."),
        ("matrix", {"choices": "a"}, "Isi paling sedikit satu baris."),
        ("consent", {}, "Isi teksnya."),
        ("info", {"text": " "}, "Isi teksnya."),
        ("scale", {}, "Isi paling sedikit satu pilihan, satu per baris."),
    ],
)
def test_limits_that_cannot_be_are_refused(page_editor, kind, values, words):
    assert words in says(add_row(page_editor, "Baru", kind, **values))


@pytest.mark.parametrize(
    ("name", "value"), [("pattern", "regex"), ("field_type", "hologram"), ("show_if_operator", "matches")]
)
def test_an_unknown_code_is_refused(page_editor, name, value):
    response = add_row(page_editor, "Baru", **({"kind": value} if name == "field_type" else {name: value}))
    row = page_of(response).select_one(f"#inline_child_form_fields-{len(latest(page_editor))}")
    refused = [message.find_parent(class_="w-field__wrapper") for message in row.select(".error-message")]
    assert [field.select_one("select")["name"].rsplit("-", 1)[1] for field in refused] == [name]
    assert "Baru" not in latest(page_editor)


def test_a_unit_of_the_table_is_taken_and_chosen_for_the_visitor(page_editor, client):
    Unit.objects.create(code="x-kodi", name="kodi contoh")
    generation.forget()
    assert add_row(page_editor, "Hasil", "quantity", unit="x-kodi").status_code == 302
    assert live(page_editor)["Hasil"].as_question().unit == "x-kodi"


def test_a_form_of_titles_only_is_not_published(site, client, editor):
    page_editor = PageEditor(client, make_form("judul", [{"label": "Nama"}], title="Judul"))
    client.force_login(editor)
    response = change(page_editor, "Nama", field_type="section")
    assert "Tambahkan paling sedikit satu pertanyaan sebelum menerbitkan." in says(response)


# --- Words ----------------------------------------------------------------------------------------


def test_the_row_of_a_question_has_no_english_words(page_editor):
    html = page_of(page_editor.client.get(f"/cms/pages/{page_editor.page.pk}/edit/"))
    row = html.select_one("[id^=inline_child_form_fields-0]")
    assert "tampilkan hanya bila pertanyaan" in row.get_text().lower()
    for element in row.select("script, svg, template, [lang=en]"):
        element.decompose()
    assert english(row.get_text(" ")) == set()
