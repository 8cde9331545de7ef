"""The key of a question never changes, whatever its label does; old tickets keep the questions of their day."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from forms import rendering
from forms.builder import RESERVED_NAMES, PublicForm
from forms.models import FormField, FormPage, FormSnapshot, Submission
from forms.models.form_field import KEY_MAX, free_key
from forms.questions import Question, digest
from tests.factories import make_form, make_ticket, send
from tests.forms.cms_forms import PageEditor

HAKI = "/kalindri/konsultasi-haki/"


@pytest.fixture
def page_editor(client, editor, form_page) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, form_page)


# --- Keys without a database ----------------------------------------------------------------------

LABELS = {
    "Nama Usaha/Perusahaan": "nama_usahaperusahaan",
    "😀 🧵": "isian",
    "___": "isian",
    "1": "1",
    "<b>x</b>": "bxb",
    "{{ x }}": "x",
    "ch": "ch_isian",
    "Kunci formulir": "kunci_formulir_isian",
    "Situs perusahaan": "situs_perusahaan_isian",
    "Questions": "questions_isian",
    "Answers": "answers_isian",
    "Media": "media_isian",
    "is_valid": "is_valid_isian",
    "errors": "errors_isian",
    "hidden_fields": "hidden_fields_isian",
    "honeypot": "honeypot_isian",
}


@pytest.mark.parametrize(("label", "key"), LABELS.items())
def test_a_label_gives_a_safe_key(label, key):
    assert FormField(label=label).get_field_clean_name() == key


@pytest.mark.parametrize("label", ["اسم الشركة" * 20, "公司" * 100, "x" * 255, "é" * 255])
def test_a_key_is_short_enough_for_its_column(label):
    key = FormField(label=label).get_field_clean_name()
    assert 0 < len(key) <= KEY_MAX
    assert key.isascii()


def test_no_key_is_an_attribute_of_the_form():
    """`{{ form.errors }}` would show a question of that name instead of the errors."""
    names = [name for name in dir(PublicForm) if not name.startswith("_")]
    assert {FormField(label=name).get_field_clean_name() for name in names} & set(names) == set()
    assert {"errors", "hidden_fields", "question_fields", "is_multipart", "answers"} <= RESERVED_NAMES


def test_equal_keys_are_numbered():
    assert free_key("satuan", set()) == "satuan"
    assert free_key("satuan", {"satuan"}) == "satuan_2"
    assert free_key("satuan", {"satuan", "satuan_2"}) == "satuan_3"


def test_a_comma_belongs_to_its_choice():
    field = FormField(field_type="radio", choices=" Rp 1.000,00 \r\n\r\nRp 2.000,00")
    assert field.choice_list == ("Rp 1.000,00", "Rp 2.000,00")
    assert FormField(field_type="radio", choices="Rp 1.000,00").choice_list == ("Rp 1.000,00",)


def test_a_question_survives_its_way_through_json():
    question = Question(key="warna", label="Warna", type="radio", choices=("Merah", "Biru"), role="", max_length=3)
    assert Question.from_json(question.as_json()) == question
    later = {**question.as_json(), "something_new": 1}
    del later["placeholder"]
    assert Question.from_json(later) == question


def test_equal_questions_have_equal_digests():
    one, other = Question("a", "A", "singleline").as_json(), Question("b", "B", "singleline").as_json()
    assert digest([one, other]) == digest([dict(reversed(one.items())), other])
    assert digest([one, other]) != digest([other, one])


# --- Keys in the CMS ------------------------------------------------------------------------------


@pytest.mark.django_db
class TestKeysInTheCms:
    def test_a_new_label_keeps_the_key(self, page_editor):
        page_editor.add("Warna")
        before = page_editor.keys()
        page_editor.rename("Warna", "Warna kain utama")
        assert page_editor.keys() == {**{k: v for k, v in before.items() if k != "Warna"}, "Warna kain utama": "warna"}

    def test_two_questions_of_one_label_have_two_keys(self, page_editor, client):
        page_editor.add("Satuan", publish=False)
        page_editor.add("Satuan", "satuan!")
        keys = [field.clean_name for field in FormPage.objects.get(pk=page_editor.page.pk).form_fields.all()]
        assert keys[-3:] == ["satuan", "satuan_2", "satuan_3"]
        send(client, satuan="potong", satuan_2="kodi", satuan_3="lembar")
        shown = [(answer.label, answer.value) for answer in rendering.answers(Submission.objects.get())]
        assert shown[-3:] == [("Satuan", "potong"), ("Satuan", "kodi"), ("satuan!", "lembar")]

    def test_labels_that_would_break_the_form_do_not(self, page_editor, client):
        labels = ["errors", "Questions", "😀", "اسم", "ch", "media", "data", "fields", "form", "page", "clean"]
        page_editor.add(*labels)
        keys = {page_editor.keys()[label]: label for label in labels}
        page = BeautifulSoup(client.get(HAKI).content, "html.parser")
        assert page.select_one(".error-summary") is None
        html = send(client, **keys).content.decode()
        assert Submission.objects.get().status == "baru"
        assert all(f"<dt>{label}</dt>" in html for label in labels)

    def test_a_new_question_never_takes_over_the_key_of_another(self, page_editor):
        page_editor.add("Warna")
        page_editor.rename("Warna", "Warna lama")
        page_editor.add("Warna")
        assert page_editor.keys()["Warna lama"] == "warna"
        assert page_editor.keys()["Warna"] == "warna_2"

    def test_a_copied_page_keeps_the_keys(self, page_editor, client):
        page_editor.add("Warna")
        page_editor.rename("Warna", "Warna kain")
        copy = FormPage.objects.get(pk=page_editor.page.pk).copy(update_attrs={"slug": "salinan", "title": "Salinan"})
        assert PageEditor(client, copy).keys() == page_editor.keys()
        response = send(client, "/kalindri/salinan/", warna="biru")
        assert response.redirect_chain[0][1] == 303
        assert Submission.objects.get().form == copy


def test_rows_made_in_code_get_keys_of_their_own_too(site):
    page = make_form("kode", [{"label": "Satuan"}, {"label": "Satuan"}], title="Kode")
    assert [question.key for question in page.questions()] == ["satuan", "satuan_2"]


# --- Snapshots ------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestOldTickets:
    def test_rename_then_delete_keeps_label_and_answer(self, page_editor, client):
        """A8."""
        page_editor.add("Warna", kind="dropdown", choices="Merah\r\nBiru")
        send(client, warna="Biru")
        ticket = Submission.objects.get()
        page_editor.rename("Warna", "Warna kain")
        page_editor.delete("Warna kain")
        assert "warna" not in page_editor.keys().values()
        ticket.refresh_from_db()
        assert ("Warna", "Biru") in [(answer.label, answer.value) for answer in rendering.answers(ticket)]

    def test_another_type_under_the_same_key_does_not_garble_old_answers(self, page_editor, client):
        page_editor.add("Jumlah", kind="dropdown", choices="satu\r\ndua")
        send(client, jumlah="dua")
        page_editor.delete("Jumlah")
        page_editor.add("Jumlah", kind="number")
        assert page_editor.keys()["Jumlah"] == "jumlah"
        send(client, jumlah="12.000")
        shown = {
            ticket.pk: next(answer.value for answer in rendering.answers(ticket) if answer.key == "jumlah")
            for ticket in Submission.objects.order_by("pk")
        }
        assert list(shown.values()) == ["dua", "12.000"]

    def test_equal_forms_share_one_snapshot(self, form_page):
        one, other = make_ticket(form_page), make_ticket(form_page)
        assert one.snapshot_id == other.snapshot_id
        assert FormSnapshot.objects.count() == 1

    def test_empty_answers_are_left_out_unless_asked_for(self, form_page):
        ticket = make_ticket(form_page)
        assert "Email" not in [answer.label for answer in rendering.answers(ticket)]
        assert ("Email", "") in [(answer.label, answer.value) for answer in rendering.answers(ticket, keep_empty=True)]
