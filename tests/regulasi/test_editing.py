"""Editing a regulation in the CMS: what is composed, what is refused, what is shown (Y3, R10, R11, Y1)."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from forms.models import FormPage
from regulasi import relations, status
from regulasi.enums import Status
from regulasi.models import (
    Initiator,
    LegalField,
    RegulationEntry,
    RegulationKind,
    RegulationPage,
    RegulationStub,
    Subject,
)
from siptenan.accounts.roles import REVIEW
from tests.factories.regulations import make_document, make_regulation, make_regulation_index, make_stub, relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(client, editor):
    client.force_login(editor)
    return client


def form_data(relations: list[dict] | None = None, uses: list[dict] | None = None, **values) -> dict:
    data = {
        "kind": RegulationKind.objects.get(code="uu").pk,
        "initiator": Initiator.objects.get(code="pemerintah-pusat").pk,
        "legal_field": LegalField.objects.get(code="bisnis").pk,
        "number": "20",
        "year": "2016",
        "about": "Merek dan Indikasi Geografis",
        "enacted_on": "2016-11-25",
        "language": "Indonesia",
        "slug": "",
        "subjects": [],
        "comments": inline_formset([]),
        "relations": inline_formset(relations or []),
        "uses": inline_formset(uses or []),
        **values,
    }
    return nested_form_data(data)


def add(cms, **values):
    url = reverse("wagtailadmin_pages:add", args=("regulasi", "regulationpage", make_regulation_index().pk))
    return cms.post(url, form_data(**values))


def edit(cms, page, **values):
    return cms.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), form_data(**values))


def row(verb: str, other=None, stub=None, **values) -> dict:
    return {"verb": verb, "other": other.pk if other else "", "stub": stub.pk if stub else "", **values}


def test_a_decree_of_nobody_yet_is_no_twin_of_that_of_a_ministry(cms):
    make_regulation("permen", "13", 2025, initiator="kemenperin")
    kind = RegulationKind.objects.get(code="permen").pk
    add(cms, kind=kind, number="13", year="2025", initiator="")
    draft = RegulationPage.objects.get(initiator=None)
    twin = Initiator.objects.get(code="kemenperin").pk
    shown = html.unescape(edit(cms, draft, kind=kind, number="13", year="2025", initiator=twin).content.decode())
    assert "sudah punya halaman" in shown


def test_five_fields_compose_the_rest(cms):
    add(cms, gazette_number="252", supplement_number="5953", page_count="60")
    page = RegulationPage.objects.get()
    assert page.title == "Undang-Undang Nomor 20 Tahun 2016 tentang Merek dan Indikasi Geografis"
    assert (page.slug, page.teu, page.abbreviation) == ("uu-20-2016", "Indonesia", "UU")
    assert page.source == "LN 2016 (252), TLN (5953) : 60 hlm."
    assert page.file_name == "2016uu020.pdf"
    shown = html.unescape(cms.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode())
    for text in (page.title, page.source, page.file_name):
        assert text in shown


@pytest.mark.parametrize(("day", "told"), [("", "Belum dapat dihitung"), ("2016-11-25", "<strong>Berlaku</strong>")])
def test_a_draft_without_a_day_is_not_said_to_be_in_force(cms, day, told):
    add(cms, enacted_on=day)
    shown = cms.get(reverse("wagtailadmin_pages:edit", args=(RegulationPage.objects.get().pk,))).content.decode()
    assert told in shown
    assert ("<strong>Berlaku</strong>" in shown) is bool(day)


def test_versions_are_compared_in_words(cms):
    page = make_regulation("uu", "20", 2016, live=False, gazette_year=None, promulgated_on=None)
    page.save_revision()
    page.gazette_year, page.promulgated_on = 2022, dt.date(2022, 3, 1)
    page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, "earliest", "latest"))
    shown = BeautifulSoup(cms.get(url).content, "html.parser").main.get_text(" ", strip=True)
    assert "2022" in shown
    assert "1 Maret 2022" in shown
    assert "None" not in shown


def test_a_regulation_is_no_service_that_rests_on_another_one(cms):
    other = make_regulation("uu", "15", 2001)
    add(cms, uses=[{"page": other.pk}])
    assert not RegulationPage.objects.filter(year=2016).exists()
    add(cms, uses=[{"page": FormPage.objects.get(slug="konsultasi-haki").pk}])
    assert RegulationPage.objects.filter(year=2016).exists()


def test_an_editor_sees_how_often_it_was_read(cms):
    page = make_regulation()
    page.readings.create(day=dt.date(2026, 11, 1), views=7, downloads=3)
    shown = cms.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    assert "dibaca 7 kali dan diunduh 3 kali" in shown


def test_what_the_editor_typed_himself_stays(cms):
    add(cms, own_title="UU Merek", own_source="Sumber sendiri", own_file_name="uu-merek", slug="uu-merek")
    page = RegulationPage.objects.get()
    assert (page.title, page.source, page.file_name, page.slug) == (
        "UU Merek", "Sumber sendiri", "uu-merek.pdf", "uu-merek",
    )  # fmt: skip


def test_a_draft_may_be_half_empty_but_is_not_published_so(cms):
    add(cms, kind="", number="", year="", enacted_on="")
    page = RegulationPage.objects.get()
    assert not page.live
    response = edit(cms, page, kind="", number="", year="", **{"action-publish": "1"})
    assert response.status_code == 200
    assert not RegulationPage.objects.get().live


def test_a_draft_of_a_live_page_carries_the_new_title(cms):
    page = make_regulation(number="20")
    edit(cms, page, about="Merek Baru", slug=page.slug)
    page = RegulationPage.objects.get()
    assert "Merek Baru" not in page.title
    assert "Merek Baru" in page.get_latest_revision_as_object().title


def test_publishing_shows_it(cms):
    add(cms, document=make_document().pk, **{"action-publish": "1"})
    assert RegulationEntry.objects.listed().get().slug == "uu-20-2016"


def test_who_wants_a_second_pair_of_eyes_hands_it_in_and_an_admin_publishes_it(cms, admin):
    add(cms, document=make_document().pk, **{"action-submit": "1"})
    page = RegulationPage.objects.get()
    assert not page.live
    assert page.current_workflow_state.workflow.name == REVIEW
    task_state = page.current_workflow_state.current_task_state
    cms.force_login(admin)
    assert page.title in cms.get("/cms/").content.decode(), "it waits on the dashboard"
    approve = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", task_state.pk))
    cms.post(approve, {"next": "/cms/"})
    assert RegulationPage.objects.get().live
    assert RegulationEntry.objects.listed().get().slug == "uu-20-2016"


def test_the_same_regulation_twice_is_refused(cms):
    make_regulation(number="20", year=2016)
    response = add(cms)
    assert RegulationPage.objects.count() == 1
    assert "UU 20/2016 sudah punya halaman" in response.content.decode()


def test_the_other_end_leads_to_where_the_entry_is_changed(cms):
    old = make_regulation("uu", "15", 2001)
    new = make_regulation("uu", "20", 2016, relations=[relation("mencabut", old)])
    editor = BeautifulSoup(cms.get(reverse("wagtailadmin_pages:edit", args=[old.pk])).content, "html.parser")
    link = editor.find("a", string="ubah di UU 20/2016")
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[new.pk])
    assert "UU 20/2016 mencabut UU 15/2001" in " ".join(link.parent.get_text().split())
    own = cms.get(reverse("wagtailadmin_pages:edit", args=[new.pk])).content.decode()
    assert "Ditulis di halaman peraturan lain" not in own


def test_one_entry_writes_both_ends_and_deleting_it_undoes_them(cms):
    old = make_regulation(number="15", year=2001)
    new = make_regulation(number="20", year=2016)
    values = {"document": new.document_id, "slug": new.slug, "action-publish": "1"}
    edit(cms, new, relations=[row("mencabut", old)], **values)
    today = timezone.localdate()
    assert status.of(old, today).status is Status.NOT_IN_FORCE
    assert [group.label for group in relations.of(old).groups] == ["Dicabut dengan"]
    pk = RegulationPage.objects.get(pk=new.pk).relations.get().pk
    data = form_data(**values)
    data |= nested_form_data(
        {"relations": inline_formset([{**row("mencabut", old), "id": pk, "DELETE": "1"}], initial=1)}
    )
    cms.post(reverse("wagtailadmin_pages:edit", args=(new.pk,)), data)
    assert not RegulationPage.objects.get(pk=new.pk).relations.exists()
    assert status.of(RegulationPage.objects.get(pk=old.pk), today).status is Status.IN_FORCE
    assert relations.of(old).groups == []


def refused(response) -> str:
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_relations_that_cannot_be_are_refused_at_their_row(cms):
    older = make_regulation(number="15", year=2001)
    page = make_regulation(number="20", year=2016)
    response = edit(cms, page, slug=page.slug, relations=[row("mencabut", page)])
    assert "Peraturan tidak dapat berhubungan dengan dirinya sendiri." in refused(response)
    response = edit(cms, page, slug=page.slug, relations=[row("dicabut", older)])
    assert "lebih tua daripada UU 20/2016" in refused(response)
    rows = response.context["form"].formsets["relations"].forms
    assert "lebih tua" in str(rows[0].errors["other"])


def test_the_other_end_of_what_is_there_is_refused(cms):
    old = make_regulation(number="15", year=2001)
    make_regulation(number="99", year=2015, relations=(relation("mencabut", old),))
    new = RegulationPage.objects.get(number="99")
    response = edit(
        cms, old, slug=old.slug, number="15", year="2001", enacted_on="2001-08-01", relations=[row("dicabut", new)]
    )
    assert "Hubungan ini sudah tercatat di halaman UU 99/2015" in refused(response)


def test_a_row_that_names_two_or_none_is_refused(cms):
    page = make_regulation(number="20")
    for other in ({}, {"other": make_regulation(number="3"), "stub": make_stub()}):
        response = edit(cms, page, slug=page.slug, relations=[row("merujuk", **other)])
        assert "Pilih satu: regulasi di situs ini, atau regulasi luar." in refused(response)


def test_not_yet_in_force_is_said_in_the_editor(cms):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page = make_regulation(number="20", effective_on=tomorrow)
    assert "Belum berlaku" in cms.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()


def test_tabs_are_there(cms):
    page = make_regulation(number="20", subjects=("MEREK", "INDIKASI GEOGRAFIS"))
    shown = html.unescape(cms.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode())
    for tab in ("Identitas", "Tanggal", "PDF", "Hubungan", "Abstrak", "Arti bagi IKM",
                "Dipakai pada", "Ubah sendiri"):  # fmt: skip
        assert tab in shown
    assert Subject.objects.get(name="MEREK").name in shown


def test_a_used_stub_is_not_deleted(cms):
    stub = make_stub()
    make_regulation(number="20", relations=(relation("mencabut", stub),))
    url = reverse("wagtailsnippets_regulasi_regulationstub:delete", args=(stub.pk,))
    shown = html.unescape(cms.post(url, follow=True).content.decode())
    assert "dipakai 1 hubungan, jadi tidak dapat dihapus" in shown
    stub.refresh_from_db()


def chooser(name: str) -> str:
    return reverse(f"wagtailsnippetchoosers_regulasi_regulationstub:{name}")


@pytest.mark.parametrize("words", ["uu 15/2001", "UU 15", "indikasi 2001", "merek"])
def test_a_regulation_outside_is_found_by_its_words(cms, words):
    make_stub("uu", "15", 2001, "Merek dan Indikasi")
    make_stub("pp", "23", 1993, "Tata Cara Permintaan Pendaftaran")
    shown = BeautifulSoup(cms.get(chooser("choose_results"), {"q": words}).content, "html.parser")
    assert [link.get_text(strip=True) for link in shown.select("a[data-chooser-modal-choice]")] == [
        "Undang-Undang Nomor 15 Tahun 2001 tentang Merek dan Indikasi"
    ]


def test_a_regulation_outside_is_entered_where_it_is_picked(cms):
    kind = RegulationKind.objects.get(code="uu")
    window = cms.get(chooser("choose")).json()["html"]
    assert "Tambah baru" in window
    assert 'for="luar_number"' in window  # the page behind it has an id_number of its own
    values = {"kind": kind.pk, "number": "15", "year": "2001", "about": "Merek"}
    chosen = cms.post(chooser("create"), values).json()
    stub = RegulationStub.objects.get()
    assert (chosen["step"], chosen["result"]["id"]) == ("chosen", str(stub.pk))

    again = cms.post(chooser("create"), {**values, "number": "015"}).json()
    assert "Sudah ada di daftar regulasi luar" in html.unescape(again["htmlFragment"])
    assert RegulationStub.objects.count() == 1


def test_a_used_code_of_the_vocabulary_stays(cms):
    make_regulation(kind="uu")
    kind = RegulationKind.objects.get(code="uu")
    shown = html.unescape(cms.get(f"/cms/referensi/jenis-peraturan/delete/{kind.pk}/").content.decode())
    assert "Kode “uu” dipakai oleh 1 regulasi." in shown
    unused = Subject.objects.get(code="batik")
    assert "dipakai oleh" not in cms.get(f"/cms/referensi/subjek/delete/{unused.pk}/").content.decode()
