"""What becomes public, and what is taken back (R1)."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from forms import worker
from regulasi import entries, status, tasks
from regulasi.models import DailyReading, RegulationEntry, RegulationPage, RegulationStub, Subject
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
    assert entries.refresh_all() == 2
    assert entries.refresh_all() == 0
    assert listed() == {"UU 20/2016"}


def test_queries_do_not_grow(site, django_assert_max_num_queries):
    stub = make_stub("uu", "1", 1999)
    pks = [make_regulation(relations=(relation("mencabut", stub, is_partial=True),)).pk for _ in range(12)]
    with django_assert_max_num_queries(20):
        entries.refresh(pks)


def test_a_relation_that_is_repeated_by_publishing_is_stored_once(site):
    old = make_regulation("uu", "15", 2001)
    new = make_regulation("uu", "20", 2016, relations=(relation("mencabut", old),))
    relate(new, relation("mencabut", old))
    assert len(entry_of(old).effects) == 1


def test_what_is_published_together_is_listed_at_the_end_and_nothing_of_it_after_a_fault(site):
    make_regulation_index(site)
    with entries.together():
        older = make_regulation("uu", "15", 2001)
        newer = relate(make_regulation("uu", "20", 2016), relation("mencabut", older))
        assert RegulationEntry.objects.listed().count() == 0
    assert set(RegulationEntry.objects.listed().values_list("pk", flat=True)) == {older.pk, newer.pk}
    assert RegulationEntry.objects.get(pk=older.pk).effects[0]["name"] == "UU 20/2016"

    def publish_and_fail() -> None:
        with entries.together():
            make_regulation("uu", "30", 2020)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()
    assert RegulationEntry.objects.listed().count() == RegulationPage.objects.count() == 2
    make_regulation("uu", "31", 2020)
    assert RegulationEntry.objects.listed().count() == 3


# --- Regulations outside, and two pages of one ------------------------------------------------------


def published_twin_of(page: RegulationPage) -> RegulationPage:
    """A second page of a regulation, published past the checks, as older sites may have one."""
    twin = make_regulation(page.kind.code, page.number, page.year, live=False)
    RegulationPage.objects.filter(pk=twin.pk).update(live=True)
    entries.refresh([twin.pk])
    return RegulationPage.objects.get(pk=twin.pk)


@pytest.mark.parametrize("take_away", [RegulationPage.unpublish, RegulationPage.delete])
def test_a_regulation_stays_revoked_when_a_second_page_of_it_goes(site, take_away):
    first = make_regulation("uu", "15", 2001)
    make_regulation("uu", "20", 2016, relations=(relation("mencabut", make_stub("uu", "15", 2001)),))
    second = published_twin_of(first)
    take_away(second)
    assert RegulationStub.objects.get().held_as_id == first.pk
    assert [effect["name"] for effect in entry_of(first).effects] == ["UU 20/2016"]


@pytest.mark.parametrize("take_away", [RegulationPage.unpublish, RegulationPage.delete])
def test_the_second_page_takes_the_place_of_the_first_that_goes(site, take_away):
    first = make_regulation("uu", "15", 2001)
    make_regulation("uu", "20", 2016, relations=(relation("mencabut", make_stub("uu", "15", 2001)),))
    second = published_twin_of(first)
    assert (len(entry_of(first).effects), entry_of(second).effects) == (1, [])
    take_away(first)
    assert [effect["name"] for effect in entry_of(second).effects] == ["UU 20/2016"]


# --- Pages that are not public ----------------------------------------------------------------------


def test_a_draft_gives_no_date_to_what_it_does(site):
    draft = make_regulation("uu", "20", 2016, live=False, effective_on=dt.date(2030, 1, 1))
    old = make_regulation("uu", "15", 2001, relations=(relation("dicabut", draft),))
    assert entry_of(old).effects[0]["since"] is None
    draft.effective_on = dt.date(2031, 1, 1)
    draft.save()
    today = timezone.localdate()
    assert status.of(RegulationPage.objects.get(pk=old.pk), today) == status.of(entry_of(old), today)
    relate(old, relation("dicabut", draft, on=dt.date(2030, 6, 1)))
    assert entry_of(old).effects[0]["since"] == "2030-06-01"
    draft.save_revision().publish()
    relate(old, relation("dicabut", draft))
    assert entry_of(old).effects[0]["since"] == "2031-01-01"


def test_a_page_for_staff_only_is_to_its_neighbours_as_a_hidden_one(site):
    new = make_regulation("uu", "20", 2016, "Rahasia")
    old = make_regulation("uu", "15", 2001, relations=(relation("dicabut", new),))
    restriction = PageViewRestriction.objects.create(page=new, restriction_type="login")
    [effect] = entry_of(old).effects
    assert (effect["name"], effect["title"], effect["slug"], effect["since"]) == ("UU 20/2016", "UU 20/2016", "", None)
    assert new.pk not in RegulationEntry.objects.listed().values_list("pk", flat=True)
    restriction.delete()
    assert entry_of(old).effects[0]["title"].endswith("tentang Rahasia")


def test_what_a_page_for_staff_only_says_holds_no_more(site):
    old = make_regulation("uu", "15", 2001)
    new = make_regulation("uu", "20", 2016, relations=(relation("mencabut", old),))
    PageViewRestriction.objects.create(page=new, restriction_type="login")
    assert entry_of(old).effects == []


# --- When it changed --------------------------------------------------------------------------------


def test_what_another_one_does_to_it_is_news(site):
    old, other = make_regulation("uu", "15", 2001), make_regulation("uu", "16", 2001)
    before = entry_of(old), entry_of(other)
    new = make_regulation("uu", "20", 2016, relations=(relation("mencabut", old), relation("merujuk", other)))
    assert entry_of(old).updated_at > before[0].updated_at
    assert entry_of(other).updated_at == before[1].updated_at
    assert entry_of(other).neighbours == [new.pk]
    revoked = entry_of(old).updated_at
    new.unpublish()
    assert entry_of(old).updated_at > revoked


def test_what_is_as_it_was_is_not_written(site):
    page = make_regulation("uu", "20", 2016, relations=(relation("mencabut", make_regulation("uu", "15", 2001)),))
    before = {entry.pk: (entry.version, entry.updated_at) for entry in RegulationEntry.objects.all()}
    entries.refresh([page.pk])
    assert {entry.pk: (entry.version, entry.updated_at) for entry in RegulationEntry.objects.all()} == before
    DailyReading.objects.create(regulation=page, day=timezone.localdate(), views=3)
    entries.refresh([page.pk])
    entry = entry_of(page)
    assert (entry.views, entry.updated_at) == (3, before[page.pk][1])
    assert entry.version > before[page.pk][0]


# --- Mending ----------------------------------------------------------------------------------------


def test_a_wrong_entry_is_mended_in_the_night(site, caplog, capsys):
    old = make_regulation("uu", "15", 2001)
    make_regulation("uu", "20", 2016, relations=(relation("mencabut", old),))
    assert worker.CHORES[tasks.mend_entries] == worker.DAY_S
    with caplog.at_level(logging.WARNING, "regulasi.tasks"):
        assert tasks.mend_entries() == 0
        assert not caplog.records
        RegulationEntry.objects.filter(pk=old.pk).update(effects=[])
        assert tasks.mend_entries() == 1
    assert len(caplog.records) == 1
    assert entry_of(old).effects[0]["name"] == "UU 20/2016"
    RegulationEntry.objects.filter(pk=old.pk).update(effects=[])
    call_command("mend_regulations")
    assert capsys.readouterr().out.startswith("1 regulasi")
    assert entry_of(old).effects


def test_drafts_get_no_entry_by_mending(site):
    make_regulation("uu", "20", 2016, live=False)
    assert entries.refresh_all() == 0
    assert not RegulationEntry.objects.exists()


def test_mending_goes_on_over_many(site, monkeypatch):
    monkeypatch.setattr(entries, "AT_ONCE", 2)
    hub = make_regulation("uu", "1", 1999)
    for _ in range(4):
        make_regulation(relations=(relation("mengubah", hub),))
    RegulationEntry.objects.update(effects=[], neighbours=[], title="")
    assert entries.refresh_all() == 5
    assert len(entry_of(hub).effects) == 4
