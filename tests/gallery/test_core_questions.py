"""The questions that a registration is made of cannot be lost in the page editor; all else is the editor's."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from forms.models import FormPage
from gallery.registration import CORE_QUESTIONS
from tests.factories import make_gallery_form, make_registration
from tests.forms.cms_forms import PageEditor
from tests.gallery.registering import record_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_editor(client, editor) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, make_gallery_form())


def row(page_editor: PageEditor, label: str) -> str:
    """The beginning of the names of the fields of a question."""
    labels = [field.label for field in page_editor.latest().form_fields.all()]
    return f"form_fields-{labels.index(label)}"


def says(response: HttpResponse) -> str:
    assert response.status_code == 200, "it was not refused"
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def published(page_editor: PageEditor) -> dict[str, str]:
    rows = FormPage.objects.get(pk=page_editor.page.pk).form_fields.all()
    return {field.clean_name: field.field_type for field in rows}


def test_the_form_has_all_of_them(page_editor):
    assert CORE_QUESTIONS.items() <= published(page_editor).items()


@pytest.mark.parametrize("publish", [True, False])
def test_it_cannot_be_deleted(page_editor, publish):
    """Each of them, in one press; every one is named."""
    rows = FormPage.objects.get(pk=page_editor.page.pk).form_fields.filter(clean_name__in=CORE_QUESTIONS)
    before = (published(page_editor), page_editor.revision())
    gone = {f"{row(page_editor, question.label)}-DELETE": "1" for question in rows}
    said = says(page_editor.save(publish=publish, **gone))
    assert len(rows) == len(CORE_QUESTIONS)
    assert [q.label for q in rows if f"Pertanyaan inti “{q.label}” tidak boleh dihapus." not in said] == []
    assert (published(page_editor), page_editor.revision()) == before


def test_one_alone_cannot_be_deleted(page_editor):
    said = says(page_editor.save(**{f"{row(page_editor, 'NIK')}-DELETE": "1"}))
    assert said.count("tidak boleh dihapus") == 1
    assert "nik" in published(page_editor)


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(
    ("label", "kind"),
    [("NIK", "singleline"), ("Kelurahan", "dropdown")],  # a dropdown without choices is wrong besides
)
def test_it_cannot_be_given_another_type(page_editor, label, kind, publish):
    before = (published(page_editor), page_editor.revision())
    response = page_editor.save(publish=publish, **{f"{row(page_editor, label)}-field_type": kind})
    said = says(response)
    assert f"Jenis pertanyaan inti “{label}” tidak boleh diganti." in said
    assert "tidak boleh dihapus" not in said
    assert (published(page_editor), page_editor.revision()) == before


def test_it_cannot_be_replaced_by_another_one_of_its_name(page_editor):
    """Taken out and asked anew under the same label, a question would have another key, and so no meaning."""
    first = len(page_editor.latest().form_fields.all())
    new = {"id": "", "ORDER": str(first + 1), "DELETE": "", "label": "Nama Usaha", "field_type": "singleline"}
    changes = {f"form_fields-{first}-{name}": value for name, value in new.items()}
    changes |= {"form_fields-TOTAL_FORMS": str(first + 1), f"{row(page_editor, 'Nama Usaha')}-DELETE": "1"}
    assert page_editor.save(**changes).status_code == 200
    assert published(page_editor)["nama_usaha"] == "singleline"


def test_words_and_questions_of_their_own_are_the_editors(page_editor):
    page_editor.rename("Nama Usaha", "Nama Usaha Anda")
    page_editor.add("Punya toko daring?", kind="singleline", required="")
    assert "punya_toko_daring" in published(page_editor)
    page_editor.delete("Punya toko daring?")
    assert "punya_toko_daring" not in published(page_editor)
    form = FormPage.objects.get(pk=page_editor.page.pk)
    assert record_of(make_registration(form)).business.name == "Tempe Contoh Jaya"
