"""One entry shows both ends, and is gone from both with its row or page (R10)."""

from __future__ import annotations

import datetime as dt

import pytest
from wagtail.models import PageViewRestriction

from regulasi import relations
from regulasi.enums import Act
from regulasi.models import RegulationPage
from tests.factories import make_regulation, make_stub, relate, relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def uu(site):
    return make_regulation("uu", "20", 2016, "Merek")


def shown(page: RegulationPage) -> list[tuple[str, list[str]]]:
    """The headings of a page and the regulations below them."""
    related = relations.of(RegulationPage.objects.get(pk=page.pk))
    assert related == relations.of_published([page.pk])[page.pk]
    return [(group.label, [item.other.name for item in group.items]) for group in related.groups]


@pytest.mark.parametrize(
    ("verb", "partial", "here", "there"),
    [
        ("mencabut", False, "Mencabut", "Dicabut dengan"),
        ("dicabut", False, "Dicabut dengan", "Mencabut"),
        ("mencabut", True, "Mencabut sebagian", "Dicabut sebagian dengan"),
        ("mengubah", False, "Mengubah", "Diubah dengan"),
        ("diubah", False, "Diubah dengan", "Mengubah"),
        ("melaksanakan", False, "Melaksanakan", "Dilaksanakan dengan"),
        ("dilaksanakan", False, "Dilaksanakan dengan", "Melaksanakan"),
        ("merujuk", False, "Merujuk", "Dirujuk oleh"),
        ("dirujuk", False, "Dirujuk oleh", "Merujuk"),
    ],
)
def test_one_entry_shows_at_both_ends(uu, verb, partial, here, there):
    other = make_regulation("pp", "22", 2018, relations=(relation(verb, uu, is_partial=partial),))
    assert shown(other) == [(here, ["UU 20/2016"])]
    assert shown(uu) == [(there, ["PP 22/2018"])]


def test_it_is_gone_with_its_row(uu):
    other = make_regulation("uu", "6", 2023, relations=(relation("mencabut", uu),))
    relate(other)
    assert shown(other) == shown(uu) == []


def test_it_holds_only_while_the_page_that_says_so_is_published(uu):
    other = make_regulation("uu", "6", 2023, live=False, relations=(relation("mencabut", uu),))
    assert shown(uu) == []
    other.save_revision().publish()
    assert shown(uu) == [("Dicabut dengan", ["UU 6/2023"])]
    RegulationPage.objects.get(pk=other.pk).unpublish()
    assert shown(uu) == []


def test_a_draft_changes_nothing(uu):
    other = make_regulation("uu", "6", 2023, relations=(relation("mencabut", uu),))
    other.relations = []
    other.save_revision()
    assert shown(uu) == [("Dicabut dengan", ["UU 6/2023"])]
    draft = other.get_latest_revision_as_object()
    assert relations.of(draft).groups == []  # but its preview shows what it will be


def test_deleting_either_page_ends_it(uu):
    other = make_regulation("uu", "6", 2023, relations=(relation("mencabut", uu),))
    third = make_regulation("pp", "1", 2024, relations=(relation("melaksanakan", other),))
    other.delete()
    assert shown(uu) == shown(third) == []
    assert third.get_latest_revision_as_object().relations.count() == 0


def test_the_same_entered_from_both_ends_is_shown_once(uu):
    other = make_regulation("uu", "6", 2023, relations=(relation("mengubah", uu),))
    relate(uu, relation("diubah", other, on=dt.date(2023, 3, 31), note="Pasal 20"))
    [edge] = relations.of(RegulationPage.objects.get(pk=uu.pk)).edges
    assert (edge.source.name, edge.on, edge.note) == ("UU 6/2023", dt.date(2023, 3, 31), "Pasal 20")
    assert shown(other) == [("Mengubah", ["UU 20/2016"])]


def test_the_other_end_without_a_page_gives_no_address(uu):
    draft = make_regulation("uu", "6", 2023, "Rahasia", live=False)
    relate(uu, relation("dicabut", draft))
    [item] = relations.of(RegulationPage.objects.get(pk=uu.pk)).items
    assert (item.other.name, item.other.title, item.other.url) == ("UU 6/2023", "UU 6/2023", "")
    draft.save_revision().publish()
    [item] = relations.of(RegulationPage.objects.get(pk=uu.pk)).items
    assert item.other.url == "/regulasi/uu-6-2023/"
    assert item.other.title.endswith("tentang Rahasia")


def test_the_other_end_for_staff_only_gives_no_address(uu):
    other = make_regulation("uu", "6", 2023, "Rahasia")
    relate(uu, relation("dicabut", other))
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    [item] = relations.of(RegulationPage.objects.get(pk=uu.pk)).items
    assert (item.other.title, item.other.url, item.edge.since) == ("UU 6/2023", "", None)


def test_rows_of_a_page_for_staff_only_do_not_count(uu):
    other = make_regulation("uu", "6", 2023, relations=(relation("mencabut", uu),))
    outside = make_stub("uu", "1", 1999)
    relate(other, relation("mencabut", uu), relation("merujuk", outside))
    assert relations.pages_naming(outside.pk) == {other.pk}
    PageViewRestriction.objects.create(page=other.get_parent(), restriction_type="login")
    assert not RegulationPage.objects.public().exists()
    assert shown(uu) == []
    assert relations.all_published() == []
    assert relations.pages_naming(outside.pk) == set()


def test_a_draft_gives_no_date(uu):
    draft = make_regulation("uu", "6", 2023, live=False)
    relate(uu, relation("dicabut", draft))
    [edge] = relations.of(RegulationPage.objects.get(pk=uu.pk)).edges
    assert edge.since is None
    relate(uu, relation("dicabut", draft, on=dt.date(2024, 1, 1)))
    [edge] = relations.of(RegulationPage.objects.get(pk=uu.pk)).edges
    assert edge.since == dt.date(2024, 1, 1)


def test_a_regulation_outside(uu):
    stub = make_stub("uu", "15", 2001, "Merek", url="https://peraturan.example/uu-15-2001")
    relate(uu, relation("mencabut", stub))
    [item] = relations.of(RegulationPage.objects.get(pk=uu.pk)).items
    assert (item.other.name, item.other.url) == ("UU 15/2001", "https://peraturan.example/uu-15-2001")
    assert not item.other.is_public


def test_a_page_of_it_takes_its_place_while_it_is_published(uu):
    relate(uu, relation("mencabut", make_stub("uu", "15", 2001, "Merek")))
    held = make_regulation("uu", "15", 2001)
    assert shown(held) == [("Dicabut dengan", ["UU 20/2016"])]
    [item] = relations.of(RegulationPage.objects.get(pk=uu.pk)).items
    assert item.other.url == "/regulasi/uu-15-2001/"
    held.unpublish()
    [item] = relations.of(RegulationPage.objects.get(pk=uu.pk)).items
    assert (item.other.name, item.other.url) == ("UU 15/2001", "")


def test_a_new_page_can_be_previewed(uu):
    page = RegulationPage(kind=uu.kind, number="1", year=2026)
    page.relations = [relation("mencabut", uu)]
    assert [(group.label, len(group.items)) for group in relations.of(page).groups] == [("Mencabut", 1)]


def test_the_newest_comes_first_and_the_order_of_headings_is_fixed(uu):
    rows = [
        relation("merujuk", make_stub("uu", "1", 1999)),
        relation("mencabut", make_stub("uu", "2", 1997)),
        relation("mencabut", make_stub("uu", "3", 2001)),
        relation("diubah", make_stub("uu", "4", 2020)),
    ]
    relate(uu, *rows)
    assert shown(uu) == [
        ("Mencabut", ["UU 3/2001", "UU 2/1997"]), ("Diubah dengan", ["UU 4/2020"]), ("Merujuk", ["UU 1/1999"]),
    ]  # fmt: skip
    assert [edge.source.name for edge in relations.of(uu).suffered(Act.AMENDS)] == ["UU 4/2020"]


def test_rows_in_another_order_tell_the_same(uu):
    page = relate(uu, *[relation("merujuk", make_stub("uu", str(number), 1999)) for number in range(3)])
    for order, row in enumerate(reversed(page.relations.all())):
        row.sort_order = order
        row.save()
    assert shown(uu) == [("Merujuk", ["UU 0/1999", "UU 1/1999", "UU 2/1999"])]


@pytest.mark.parametrize("count", [2, 12])
def test_queries_do_not_grow(uu, count, django_assert_max_num_queries):
    rows = [relation("merujuk", make_stub("uu", str(number), 1999)) for number in range(count)]
    rows += [relation("merujuk", make_regulation("pp", str(number), 2001)) for number in range(count)]
    relate(uu, *rows)
    page = RegulationPage.objects.get(pk=uu.pk)
    with django_assert_max_num_queries(6):  # with that for the address of the list
        assert len(relations.of(page).items) == 2 * count
