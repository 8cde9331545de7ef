"""The page of a regulation: what it refuses, what stays when other things change."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from regulasi.models import (
    Initiator,
    LegalField,
    RegulationKind,
    RegulationPage,
    RegulationRelation,
    RegulationStub,
    Subject,
)
from tests.factories import make_document, make_regulation, make_stub, relate, relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_regulation("uu", "20", 2016, "Merek")


def errors_of(page: RegulationPage) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    return set(caught.value.message_dict)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"number": ""}, {"number"}),
        ({"kind": None, "year": None, "about": "", "initiator": None}, {"kind", "year", "about", "initiator"}),
        ({"document": None, "legal_field": None, "enacted_on": None}, {"document", "legal_field", "enacted_on"}),
        ({"year": 1066}, {"year"}),
        ({"promulgated_on": dt.date(2016, 1, 1)}, {"promulgated_on"}),
        ({"valid_until": dt.date(2016, 1, 1)}, {"valid_until"}),
        ({"supplement_number": "5953"}, {"supplement_number"}),
        ({"meaning": "Satu.\nDua.\n\nTiga.\nEmpat.\nLima.\nEnam."}, {"meaning"}),
        ({"deadline": dt.date(2026, 12, 31)}, {"deadline_what"}),
        ({"deadline_what": "Melapor"}, {"deadline"}),
        ({"slug": "feed"}, {"slug"}),
        ({"own_file_name": "../naskah"}, {"own_file_name"}),
    ],
)
def test_what_is_refused(page, values, fields):
    for name, value in values.items():
        setattr(page, name, value)
    assert errors_of(page) == fields


def test_five_sentences_and_a_deadline_are_fine(page):
    page.meaning = "Satu.\n\nDua.\nTiga.\nEmpat.\n Lima.\n"
    page.deadline, page.deadline_what = dt.date(2026, 12, 31), "Melapor di SIINas"
    page.full_clean()
    assert page.meaning_sentences == ["Satu.", "Dua.", "Tiga.", "Empat.", "Lima."]


def test_the_address_stays_when_a_published_regulation_is_corrected(page):
    page.number, page.about = "21", "Merek dan Indikasi Geografis"
    page.save_revision().publish()
    page = RegulationPage.objects.get(pk=page.pk)
    assert page.title == "Undang-Undang Nomor 21 Tahun 2016 tentang Merek dan Indikasi Geografis"
    assert page.slug == "uu-20-2016"


def test_the_address_follows_while_it_is_a_draft_unless_it_is_the_editors_own(site):
    draft = make_regulation("uu", "2", 2016, live=False)
    draft.number = "20"
    draft.save()
    assert draft.slug == "uu-20-2016"
    draft.slug, draft.number = "merek", "21"
    draft.save()
    assert draft.slug == "merek"


def test_no_address_is_given_twice(page):
    assert make_regulation("uu", "20", 2016, live=False).slug == "uu-20-2016-2"


def test_a_copy_revokes_nothing(page):
    relate(page, relation("mencabut", make_stub()))
    copy = RegulationPage.objects.get(pk=page.pk).copy(
        update_attrs={"slug": "salinan"}, keep_live=False, exclude_fields=["first_published_at"]
    )
    assert copy.relations.count() == 0
    assert [subject.name for subject in copy.subjects.all()] == ["MEREK"]


def test_a_draft_opens_again_after_what_it_named_was_deleted(page):
    kind = RegulationKind.objects.create(
        name="Sementara", code="sementara", abbreviation="S", short_name="S", title_pattern="S", teu_pattern="S",
        rank=9, file_code="s",
    )  # fmt: skip
    subject = Subject.objects.create(name="SEMENTARA", code="sementara")
    document = make_document()
    stub = make_stub()
    page.kind, page.document, page.subjects = kind, document, [subject]
    page.relations = [relation("mencabut", stub)]
    page.save_revision()
    for row in (kind, subject, document, stub):
        row.delete()
    draft = RegulationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.kind, draft.document) == (None, None)
    assert (draft.subjects.count(), draft.relations.count()) == (0, 0)


def test_what_a_published_regulation_names_cannot_be_deleted(page):
    for row in (page.kind, page.initiator, page.legal_field, page.document):
        with pytest.raises(ProtectedError):
            row.delete()


def test_a_relation_names_one_regulation(page):
    stub = make_stub()
    for ends in ({}, {"other": page, "stub": stub}):
        with pytest.raises(ValidationError):
            RegulationRelation(page=page, verb="merujuk", **ends).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            RegulationRelation.objects.create(page=page, verb="merujuk", **ends)


def test_a_regulation_of_a_ministry_outside_names_the_ministry():
    permen = RegulationKind.objects.get(code="permen")
    stub = RegulationStub(kind=permen, number="1", year=2020, about="Contoh")
    with pytest.raises(ValidationError) as caught:
        stub.full_clean()
    assert set(caught.value.message_dict) == {"initiator"}
    stub.initiator = Initiator.objects.get(code="kemenperin")
    stub.full_clean()
    assert str(stub) == "Peraturan Menteri Perindustrian Nomor 1 Tahun 2020 tentang Contoh"


def test_subjects_are_in_capitals():
    subject = Subject(name="Merek Kolektif", code="merek-kolektif")
    subject.full_clean()
    assert subject.name == "MEREK KOLEKTIF"


def test_the_same_regulation_is_found_among_pages(page):
    again = RegulationPage(kind=page.kind, initiator=page.initiator, number="020", year=2016)
    assert list(RegulationPage.objects.same_as(again)) == [page]
    assert not RegulationPage.objects.same_as(RegulationPage(kind=page.kind, number="20", year=2017)).exists()
    make_regulation("permen", "20", 2016, initiator="kemendag")
    permen = RegulationKind.objects.get(code="permen")
    other = RegulationPage(kind=permen, initiator=Initiator.objects.get(code="kemenperin"), number="20", year=2016)
    assert not RegulationPage.objects.same_as(other).exists()


def test_reference_tables_are_filled_once():
    LegalField.objects.get(code="umum").delete()
    Subject.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert not LegalField.objects.filter(code="umum").exists()  # what staff delete stays deleted
    assert Subject.objects.filter(code="merek").exists()


def test_only_below_the_list(page, client):
    response = client.get("/regulasi/uu-20-2016/")
    assert response.status_code == 200
    assert "Undang-Undang Nomor 20 Tahun 2016 tentang Merek" in response.content.decode()
    draft = make_regulation("uu", "21", 2016, live=False)
    assert client.get(f"/regulasi/{draft.slug}/").status_code == 404
