"""What a process remembers, and what makes it forget."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import transaction
from django.test import RequestFactory

from home.models import StandardPage
from siptenan.common import generation
from siptenan.common.models import Channel, Generation, Holiday, OfficeSettings, WorkingHours
from tests.factories import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def remembered():
    """A function that counts how often it is really called."""
    calls = []

    @generation.per_generation
    def work(*args):
        calls.append(args)
        return object()

    work.calls = calls
    return work


def test_the_answer_is_kept(remembered):
    assert remembered(1) is remembered(1)
    assert remembered(1) is not remembered(2)
    assert remembered.calls == [(1,), (2,)]


def test_none_is_an_answer_too():
    calls = []

    @generation.per_generation
    def nothing():
        calls.append(1)

    nothing()
    nothing()
    assert len(calls) == 1


def test_an_error_is_not_kept():
    calls = []

    @generation.per_generation
    def fails():
        calls.append(1)
        raise ValueError("not now")

    for _ in range(2):
        with pytest.raises(ValueError, match="not now"):
            fails()
    assert len(calls) == 2


def test_two_functions_with_the_same_arguments(remembered):
    @generation.per_generation
    def other(*args):
        return "other"

    assert remembered(1) != other(1)
    assert other(1) == "other"


def test_bump_and_forget(remembered):
    first = remembered(1)
    generation.bump()
    second = remembered(1)
    generation.forget()
    third = remembered(1)
    assert len({first, second, third}) == 3


def test_another_process_has_moved_on(remembered):
    first = remembered(1)
    Generation.objects.update(number=Generation.objects.get().number + 1)
    assert remembered(1) is not first


def test_it_works_before_the_first_change_and_without_a_row(remembered):
    Generation.objects.all().delete()
    assert generation.current() == 0
    assert remembered(1) is remembered(1)
    generation.bump()
    assert generation.current() > 0


def test_a_change_taken_back_is_forgotten(remembered):
    first = remembered(1)
    with transaction.atomic():
        generation.bump()
        inside = remembered(1)
        transaction.set_rollback(True)
    assert remembered(1) not in (first, inside)


def test_it_remembers_only_so_much(remembered):
    for number in range(generation.MAX_REMEMBERED + 5):
        remembered(number)
        assert len(generation._remembered) <= generation.MAX_REMEMBERED
    assert remembered(0) is remembered(0), "a stranger's keys keep no page from being remembered"


def test_what_is_asked_for_often_stays_when_there_are_too_many(remembered):
    front_page = remembered("front page")
    for number in range(2 * generation.MAX_REMEMBERED):
        remembered(number)
        assert remembered("front page") is front_page


def test_one_query_a_call_and_one_a_request(remembered, django_assert_num_queries):
    remembered(1)
    with django_assert_num_queries(1):
        remembered(1)

    def view(request):
        with django_assert_num_queries(1):
            return [remembered(1), remembered(1), remembered(2)]

    generation.ask_once_a_request(view)(RequestFactory().get("/"))
    with django_assert_num_queries(2):
        remembered(1)
        remembered(1)


def test_a_request_sees_its_own_change(remembered):
    def view(request):
        before = remembered(1)
        generation.bump()
        return before, remembered(1)

    before, after = generation.ask_once_a_request(view)(RequestFactory().get("/"))
    assert before is not after


def test_threads_share_what_is_remembered(remembered):
    remembered(1)
    number = generation.current()
    results = []

    def other_thread():
        # A thread of its own has a connection of its own, which does not see this test's transaction.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(generation, "current", lambda: number)
            results.append(remembered(1))

    thread = threading.Thread(target=other_thread)
    thread.start()
    thread.join()
    assert results == [remembered(1)]
    assert len(remembered.calls) == 1


class TestWhatStartsANewOne:
    @pytest.fixture
    def changes(self, site):
        """Whether an action starts a new generation."""

        def after(action) -> bool:
            before = generation.current()
            action()
            return generation.current() > before

        return after

    def test_reference_tables_and_settings(self, changes):
        day = Holiday(date=dt.date(2027, 4, 1), name="Hari Jadi")
        assert changes(day.save)
        assert changes(day.delete)
        channel = Channel(code="radio", name="Radio")
        assert changes(channel.save)
        assert changes(channel.delete)
        assert changes(OfficeSettings.load().save)
        assert changes(WorkingHours.objects.first().save)
        assert changes(WorkingHours.objects.first().delete)

    def test_pages(self, changes, site):
        page = site.add_child(
            instance=StandardPage(title="Privasi", slug="privasi", body=text("<p>Isi.</p>"), live=False)
        )
        assert changes(page.save_revision().publish)
        page.refresh_from_db()
        assert changes(page.unpublish)
        assert changes(page.delete)

    def test_a_fixture_does_not(self, changes):
        assert not changes(lambda: Channel(code="radio", name="Radio").save_base(raw=True))
