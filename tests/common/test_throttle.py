from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from siptenan.common.models import ThrottleCounter
from siptenan.common.throttle import Limit, blocked, hit, purge, reset

HOUR = 1_900_000_800  # epoch seconds; the beginning of an hour
TWICE = Limit.parse("2/10m")
PHONE = "203.0.113.7"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30/10m", Limit(30, 600)),
        ("5/1s", Limit(5, 1)),
        ("10/1h", Limit(10, 3600)),
        (" 100/2d ", Limit(100, 172_800)),
    ],
)
def test_a_limit_is_read(text, limit):
    assert Limit.parse(text) == limit
    assert not limit.off


def test_zero_is_off():
    assert Limit.parse("0").off


@pytest.mark.parametrize("text", ["", "30", "30/", "30/10", "30/0m", "-1/10m", "30/10w", "30 per 10m", "٣/10m"])
def test_a_bad_limit_is_named(text):
    with pytest.raises(ValueError, match="is not a limit") as refusal:
        Limit.parse(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.django_db
class TestCounting:
    @pytest.fixture(autouse=True)
    def clock(self):
        with time_machine.travel(HOUR, tick=False) as clock:
            yield clock

    def test_the_third_of_two_is_refused_until_the_window_turns(self, clock):
        clock.shift(60)
        verdicts = [hit("send", PHONE, TWICE) for _ in range(3)]
        assert [verdict.allowed for verdict in verdicts] == [True, True, False]
        assert [verdict.count for verdict in verdicts] == [1, 2, 3]
        assert [verdict.retry_after for verdict in verdicts] == [0, 0, 540]

        clock.shift(539)
        assert hit("send", PHONE, TWICE).retry_after == 1
        clock.shift(1)
        assert hit("send", PHONE, TWICE).allowed

    def test_subjects_and_scopes_are_counted_apart(self):
        for _ in range(3):
            hit("send", PHONE, TWICE)
        assert hit("send", "203.0.113.8", TWICE).allowed
        assert hit("login", PHONE, TWICE).allowed
        assert hit("sen", f"d{PHONE}", TWICE).allowed

    def test_asking_does_not_count(self):
        hit("pin", "KAL-1", TWICE)
        for _ in range(5):
            assert blocked("pin", "KAL-1", TWICE).allowed
        hit("pin", "KAL-1", TWICE)
        verdict = blocked("pin", "KAL-1", TWICE)
        assert (verdict.allowed, verdict.retry_after, verdict.count) == (False, 600, 2)

    def test_a_reset_forgets_one_subject_in_one_scope(self):
        for scope, subject in [("pin", "KAL-1"), ("pin", "KAL-2"), ("send", "KAL-1")]:
            hit(scope, subject, TWICE)
            hit(scope, subject, TWICE)
        reset("pin", "KAL-1")
        assert blocked("pin", "KAL-1", TWICE).allowed
        assert not blocked("pin", "KAL-2", TWICE).allowed
        assert not blocked("send", "KAL-1", TWICE).allowed

    def test_switched_off_it_neither_refuses_nor_writes(self):
        off = Limit.parse("0")
        for _ in range(5):
            assert hit("send", PHONE, off).allowed
        assert blocked("send", PHONE, off).allowed
        assert not ThrottleCounter.objects.exists()

    def test_the_purge_takes_only_what_is_old(self, clock):
        hit("send", PHONE, TWICE)
        clock.shift(timedelta(days=2))
        hit("send", PHONE, TWICE)
        assert purge(timedelta(days=1)) == 1
        assert ThrottleCounter.objects.get().window_start == HOUR + 172_800

    def test_nobody_can_be_read_from_the_table(self, settings):
        hit("send", PHONE, TWICE)
        row = ThrottleCounter.objects.get()
        assert len(row.key) == 64
        assert PHONE not in f"{row} {row.key}"

        settings.SECRET_KEY = "another"
        assert hit("send", PHONE, TWICE).count == 1, "the key depends on the secret: no table of hashes fits it"

    def test_a_count_is_one_statement(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            hit("send", PHONE, TWICE)

    def test_a_verdict_cannot_be_mistaken_for_a_yes(self):
        with pytest.raises(TypeError, match=r"\.allowed"):
            bool(hit("send", PHONE, TWICE))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_parallel_hits_are_all_counted():
    limit = Limit.parse("25/9999d")

    def hit_and_close(_: int) -> bool:
        try:
            return hit("send", PHONE, limit).allowed
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(hit_and_close, range(100)))
    assert allowed.count(True) == 25
    assert ThrottleCounter.objects.get().count == 100
