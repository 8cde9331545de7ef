"""The template library: a draft of each, complete but for title and contacts, for those who may add a form."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from forms import conditions, field_types, health, library
from forms.examples import example_answers
from forms.library.satisfaction import ELEMENTS
from forms.models import FormPage
from home.content_checks import hard_words
from home.models import HomePage, KalindriPage
from tests.factories import make_ticket
from tests.forms.cms_forms import PageEditor
from tests.forms.visitors import page_of

CODES = ["konsultasi", "pengaduan", "pelatihan", "skm"]
CONTACTS = {"title": "Judul sendiri", "help_contact": "Telepon (0285) 421731.", "notify_emails": "petugas@example.id"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(site) -> str:
    return f"/cms/formulir/baru/{KalindriPage.objects.get().pk}/"


@pytest.fixture
def at_work(client, editor) -> Client:
    client.force_login(editor)
    return client


def started(client: Client, url: str, code: str) -> FormPage:
    """Choose a template; returns the draft whose editor opens."""
    response = client.post(url, {"contoh": code})
    page = FormPage.objects.latest("pk")
    assert (response.status_code, response["Location"]) == (302, f"/cms/pages/{page.pk}/edit/")
    return page


# --- Choosing -------------------------------------------------------------------------------------


def test_a_new_form_begins_with_the_choice(at_work, url):
    add = f"/cms/pages/add/forms/formpage/{KalindriPage.objects.get().pk}/"
    response = at_work.get(f"{add.replace('/forms/formpage', '').replace('/add', '')}", follow=True)
    assert response.status_code == 200
    assert at_work.get(add)["Location"] == url
    page = page_of(at_work.get(url))
    assert [button["value"] for button in page.select("button[name=contoh]")] == CODES
    blank = page.select_one(f"a[href^='{add}']")["href"]
    assert page_of(at_work.get(blank)).select_one("[name=title]") is not None


def test_each_card_says_what_is_in_it(at_work, url):
    page = page_of(at_work.get(url))
    cards = {card.h2.get_text(): card for card in page.select(".form-templates > ul > li")}
    card = cards["Pengaduan"]
    asked = library.make_page(library.TEMPLATES["pengaduan"]).questions()
    count = sum(field_types.get(question.type).is_question for question in asked)
    assert f"{count} pertanyaan, 2 langkah" in card.get_text()
    assert [item.get_text() for item in card.select("ol li")] == [
        question.label for question in asked if question.type != "section"
    ]
    assert "Formulir kosong" in cards


def test_other_pages_are_made_as_ever(at_work, site):
    assert at_work.get(f"/cms/pages/add/home/standardpage/{site.pk}/").status_code == 200


# --- A draft of each ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_with_title_and_contacts_it_is_published_and_well(at_work, url, code):
    page = started(at_work, url, code)
    assert not page.live
    codes = {finding.code for finding in health.findings(page, has_officer=False)}
    assert codes == {"help_contact", "recipient"}
    assert PageEditor(at_work, page).save(**CONTACTS).status_code == 302
    page = FormPage.objects.get(pk=page.pk)
    assert page.live
    assert health.findings(page, has_officer=False) == []
    visitor = page_of(Client().get(page.get_url()))
    assert visitor.h1.get_text() == "Judul sendiri"
    make_ticket(page, **example_answers(page.questions()))


@pytest.mark.parametrize("code", CODES)
def test_its_conditions_and_words_are_sound(code, site):
    page = library.make_page(library.TEMPLATES[code])
    for row in page.form_fields.all():
        row.clean()
    questions = page.questions()
    assert conditions.faults(list(questions)) == {}
    assert len({question.key for question in questions}) == len(questions)
    words = [question.label for question in questions] + [question.help_text for question in questions]
    words += [page.introduction, page.summary, page.what_happens_next, *(question.text for question in questions)]
    assert hard_words("\n".join(words)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_consent_states_the_retention_of_its_form(code, site):
    page = library.make_page(library.TEMPLATES[code])
    for question in page.questions():
        if question.type == "consent":
            assert f"paling lama {page.retention_months} bulan" in question.text


def test_the_survey_has_the_nine_elements_and_no_name():
    page = library.make_page(library.TEMPLATES["skm"])
    scales = [question for question in page.questions() if question.type == "scale"]
    assert [question.label for question in scales] == [
        "Persyaratan", "Sistem, mekanisme, dan prosedur", "Waktu penyelesaian", "Biaya/tarif",
        "Produk spesifikasi jenis pelayanan", "Kompetensi pelaksana", "Perilaku pelaksana",
        "Penanganan pengaduan, saran, dan masukan", "Sarana dan prasarana",
    ]  # fmt: skip
    assert {len(grades) for _, _, grades in ELEMENTS} == {4}
    assert scales[3].choices == ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")
    assert all(question.required for question in scales)
    assert not any(field_types.get(question.type).is_personal for question in page.questions())


def test_a_draft_is_not_public_and_a_second_has_its_own_address(at_work, url, editor):
    first, second = started(at_work, url, "konsultasi"), started(at_work, url, "konsultasi")
    assert (first.slug, second.slug) == ("form-konsultasi", "form-konsultasi-1")
    assert Client().get("/kalindri/form-konsultasi/").status_code == 404
    assert first.owner == editor
    assert set(PageLogEntry.objects.filter(page=first.pk).values_list("user", flat=True)) == {editor.pk}


# --- Who may --------------------------------------------------------------------------------------


def test_who_may_not_add_a_form_makes_none(client, officer, url):
    client.force_login(officer)
    for response in (client.get(url), client.post(url, {"contoh": "skm"}), Client().post(url, {"contoh": "skm"})):
        assert response.status_code == 302
        assert response["Location"].startswith("/cms/")
        assert "/edit/" not in response["Location"]
    assert FormPage.objects.count() == 1


def test_a_form_stands_only_where_forms_may(at_work, url):
    home = HomePage.objects.get().pk
    assert at_work.post(f"/cms/formulir/baru/{home}/", {"contoh": "skm"})["Location"] == "/cms/"
    assert at_work.get("/cms/formulir/baru/999999/").status_code == 404
    assert FormPage.objects.count() == 1


@pytest.mark.parametrize("code", ["", "tidak-ada"])
def test_an_unknown_template_makes_nothing(at_work, url, code):
    assert at_work.post(url, {"contoh": code}).status_code == 404
    assert FormPage.objects.count() == 1
