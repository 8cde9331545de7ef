"""What becomes public, and what is taken back (R1)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from regulasi import entries
from regulasi.models import DailyReading, RegulationEntry, RegulationPage, Subject
from tests.factories import make_regulation, make_regulation_index, make_stub, relate, relation

pytestmark = pytest.mark.django_db


def listed() -> set[str]:
    return set(RegulationEntry.objects.listed().values_list("name", flat=True))


def entry_of(page: RegulationPage) -> RegulationEntry:
    return RegulationEntry.objects.get(pk=page.pk)


def test_a_regulation_is_listed_while_it_is_published(site):
    page = make_regulation("uu", "20", 2016, live=False)
    assert listed() == set()
    page.save_revision().publish()
    assert listed() == {"UU 20/2016"}
    page = RegulationPage.objects.get(pk=page.pk)
    page.about = "Draf"
    page.save_revision()
    assert "Draf" not in entry_of(page).title
    page.unpublish()
    assert listed() == set()
    assert not RegulationPage.objects.public().exists()


def test_it_holds_what_the_list_shows(site):
    page = make_regulation(
        "permen", "13", 2025, "Data Industri", subjects=("SISTEM INFORMASI INDUSTRI NASIONAL", "INDUSTRI"),
        main_points="Pelaporan triwulanan.", gazette_number="211", legal_field="administrasi-negara",
    )  # fmt: skip
    entry = entry_of(page)
    assert entry.title == "Peraturan Menteri Perindustrian Nomor 13 Tahun 2025 tentang Data Industri"
    assert (entry.kind, entry.initiator, entry.year, entry.number_order) == ("permen", "kemenperin", 2025, 13)
    assert entry.subjects == ["industri", "siinas"]
    assert entry.summary == "Pelaporan triwulanan."
    assert (entry.document_id, entry.file_name) == (page.document_id, "2025pmperin013.pdf")
    assert entry.file_size == page.document.file_size > 0
    assert entry.metadata["subjects"] == "INDUSTRI - SISTEM INFORMASI INDUSTRI NASIONAL"
    assert entry.metadata["source"] == "BN 2025 (211) : 60 hlm."
    assert entry.metadata["abstract_file_name"] == "2025abspmperin013.pdf"
    assert entry.metadata["place"] == "Jakarta"
    assert "triwulanan" in entry.text


def test_a_hidden_one_leaves_nothing_of_itself(site):
    page = make_regulation("uu", "20", 2016, "Merek", main_points="Rahasia.")
    version = entry_of(page).version
    page.unpublish()
    entry = entry_of(page)
    empty = RegulationEntry(page_id=page.pk, version=entry.version)
    fields = [field.attname for field in RegulationEntry._meta.concrete_fields]
    assert {name: getattr(entry, name) for name in fields} == {name: getattr(empty, name) for name in fields}
    assert entry.version > version


def test_deleting_the_list_takes_all_away(site):
    first = make_regulation("uu", "20", 2016)
    make_regulation("uu", "6", 2023, relations=(relation("mencabut", first),))
    make_regulation_index().delete()
    assert listed() == set()
    assert RegulationEntry.objects.count() == 2


def test_scheduled_publishing_leads_here_too(site):
    page = make_regulation("uu", "20", 2016, live=False)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision().publish()
    assert listed() == set()
    page = RegulationPage.objects.get(pk=page.pk)
    page.go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision = page.save_revision()
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert listed() == {"UU 20/2016"}


def test_the_neighbours_follow(site):
    old = make_regulation("uu", "15", 2001)
    new = make_regulation("uu", "20", 2016, relations=(relation("mencabut", old),))
    [effect] = entry_of(old).effects
    assert (effect["name"], effect["slug"]) == ("UU 20/2016", "uu-20-2016")
    assert entry_of(old).neighbours == [new.pk]
    new.slug = "merek"
    new.save_revision().publish()
    assert entry_of(old).effects[0]["slug"] == "merek"
    RegulationPage.objects.get(pk=new.pk).unpublish()
    assert (entry_of(old).effects, entry_of(old).neighbours) == ([], [])
    new.save_revision().publish()
    assert entry_of(old).effects
    RegulationPage.objects.get(pk=new.pk).delete()
    assert entry_of(old).effects == []


def test_a_neighbour_that_is_hidden_keeps_its_name_and_loses_its_address(site):
    new = make_regulation("uu", "20", 2016, "Merek")
    old = make_regulation("uu", "15", 2001, relations=(relation("dicabut", new),))
    new.unpublish()
    [effect] = entry_of(old).effects
    assert (effect["name"], effect["title"], effect["slug"], effect["outside_url"]) == (
        "UU 20/2016",
        "UU 20/2016",
        "",
        "",
    )


def test_a_renamed_regulation_outside(site):
    stub = make_stub("uu", "20", 2016)
    old = make_regulation("uu", "15", 2001, relations=(relation("dicabut", stub),))
    stub.number = "21"
    stub.save()
    assert entry_of(old).effects[0]["name"] == "UU 21/2016"


def test_a_page_takes_the_place_of_a_regulation_outside_also_when_that_is_entered_later(site):
    held = make_regulation("uu", "15", 2001)
    stub = make_stub("uu", "15", 2001)
    make_regulation("uu", "20", 2016, relations=(relation("mencabut", stub),))
    assert entry_of(held).effects[0]["name"] == "UU 20/2016"
    stub.number = "16"
    stub.save()
    assert entry_of(held).effects == []


def test_a_renamed_subject_is_found_by_its_new_name(site):
    page = make_regulation(subjects=("MEREK",))
    subject = Subject.objects.get(name="MEREK")
    subject.name = "MEREK DAN CAP"
    subject.save()
    assert entries.vocabulary_changed(subject) == 1
    assert entry_of(page).metadata["subjects"] == "MEREK DAN CAP"
    assert "MEREK DAN CAP" in entry_of(page).text


def test_readings_of_thirty_days_count(site):
    page = make_regulation()
    today = timezone.localdate()
    for days, views in ((0, 3), (29, 4), (30, 100)):
        DailyReading.objects.create(regulation=page, day=today - dt.timedelta(days=days), views=views)
    entries.refresh([page.pk])
    assert entry_of(page).views == 7


def test_publishing_again_changes_nothing_that_is_not_new(site):
    page = make_regulation("uu", "20", 2016)
    before = entry_of(page)
    RegulationPage.objects.get(pk=page.pk).save_revision().publish()
    after = entry_of(page)
    assert after.listed_at == before.listed_at
    assert after.updated_at > before.updated_at
    assert after.version > before.version


def test_refresh_all_writes_what_is_missing_and_takes_away_what_is_gone(site):
    page = make_regulation("uu", "20", 2016)
    RegulationEntry.objects.all().delete()
    RegulationEntry.objects.create(page_id=page.pk + 100, version=1, is_listed=True, name="Sisa")
    assert entries.refresh_all() == 1
    assert listed() == {"UU 20/2016"}


def test_queries_do_not_grow(site, django_assert_max_num_queries):
    stub = make_stub("uu", "1", 1999)
    pks = [make_regulation(relations=(relation("mencabut", stub, is_partial=True),)).pk for _ in range(12)]
    with django_assert_max_num_queries(20):
        entries.refresh(pks)


def test_pages_that_rest_on_a_regulation(site):
    from regulasi.models import RegulationUse

    page = make_regulation("uu", "20", 2016)
    page.uses = [RegulationUse(page=site)]
    page.save_revision().publish()
    assert list(RegulationPage.objects.used_by(site.pk)) == [page]
    RegulationPage.objects.get(pk=page.pk).unpublish()
    assert list(RegulationPage.objects.used_by(site.pk)) == []


def test_a_relation_that_is_repeated_by_publishing_is_stored_once(site):
    old = make_regulation("uu", "15", 2001)
    new = make_regulation("uu", "20", 2016, relations=(relation("mencabut", old),))
    relate(new, relation("mencabut", old))
    assert len(entry_of(old).effects) == 1
