"""The self-check of the feed for JDIHN: dead addresses, when it was fetched; and what is checked at night."""

from __future__ import annotations

import json
import logging
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from forms import worker
from home.demo import regulations as demo
from regulasi import entries, feed_links, tasks
from regulasi.models import DailyReading, FeedState, RegulationEntry, RegulationPage
from siptenan.accounts import roles
from siptenan.common import generation
from tests import factories
from tests.factories.regulations import make_regulation, make_regulation_index, relate, relation

pytestmark = pytest.mark.django_db
FEED = "/regulasi/jdihn.json"
CHECK = "regulation-jdihn-check"


@pytest.fixture(autouse=True)
def index(site):
    return make_regulation_index()


def rows(client) -> list[dict]:
    return json.loads(b"".join(client.get(FEED).streaming_content))


def addresses(client) -> list[str]:
    """Every address in the feed, whatever its key."""
    return [value for row in rows(client) for value in row.values() if value.startswith(("http://", "https://"))]


def status(client, url: str) -> int:
    response = client.get(urlsplit(url).path)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@pytest.fixture
def page():
    return make_regulation(number="20", main_points="Mengatur merek.")


# --- Every address answers (R12) --------------------------------------------------------------------


def test_every_address_of_the_demo_answers(client, index):
    demo.load(index)
    found = addresses(client)
    assert len(found) == 3 * RegulationEntry.objects.listed().count() > 60
    assert {url: status(client, url) for url in found if status(client, url) != 200} == {}
    assert feed_links.check() == []
    assert FeedState.objects.get().links == len(set(found))


def test_every_address_of_records_with_gaps_answers(client, page):
    make_regulation(number="3", promulgated_on=None, subjects=(), page_count=None)
    bare = make_regulation(number="4")
    take_the_file_away(bare)
    entries.refresh([bare.pk])  # as an import may leave it
    make_regulation(number="5/M-IND/PER/1/2010 (a)", kind="permen", year=2010, own_file_name="naskah.pdf")
    assert [status(client, url) for url in addresses(client)] == [200] * 12
    assert feed_links.check() == []


# --- Those that do not ------------------------------------------------------------------------------


def lose_the_file(page):
    page.document.file.storage.delete(page.document.file.name)


def hide_behind_its_back(page):
    RegulationPage.objects.filter(pk=page.pk).update(live=False)


def give_another_address(page):
    RegulationPage.objects.filter(pk=page.pk).update(slug="lain", url_path=page.url_path.replace(page.slug, "lain"))


def rename_the_file(page):
    RegulationPage.objects.filter(pk=page.pk).update(own_file_name="lain.pdf")


def take_the_file_away(page):
    RegulationPage.objects.filter(pk=page.pk).update(document=None)


@pytest.mark.parametrize(
    ("fault", "reason", "count"),
    [
        (lose_the_file, feed_links.NO_FILE, 1),
        (hide_behind_its_back, feed_links.NOT_PUBLISHED, 3),
        (give_another_address, feed_links.MOVED, 3),
        (rename_the_file, feed_links.MOVED, 1),
        (take_the_file_away, feed_links.MOVED, 1),
    ],
)
def test_what_the_check_says_is_what_a_visitor_gets(client, page, fault, reason, count):
    make_regulation(number="21", main_points="Mengatur yang lain.")
    fault(page)
    generation.bump()
    dead = feed_links.check()
    assert {link.reason for link in dead} == {reason}
    assert {link.url for link in dead} == {url for url in addresses(client) if status(client, url) != 200}
    assert (len(dead), {link.regulation for link in dead}) == (count, {page.pk})
    assert FeedState.objects.get().links == 6


@pytest.mark.parametrize("count", [2, 12])
def test_the_check_costs_the_same_queries_at_any_size(count, django_assert_max_num_queries):
    for _ in range(count):
        make_regulation()
    feed_links.check()
    with django_assert_max_num_queries(9):
        assert feed_links.check() == []


# --- When it was fetched ----------------------------------------------------------------------------


def test_a_fetch_is_counted_with_its_time_and_nothing_else(client, page):
    with time_machine.travel("2026-11-30T02:00:00Z", tick=False):
        tag = client.get(FEED)["ETag"]
    with time_machine.travel("2026-11-30T03:00:00Z", tick=False):
        assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 304
    client.head(FEED)
    client.get(FEED, headers={"Sec-Fetch-Mode": "navigate"})  # an officer who looks at it in the browser
    client.get("/regulasi/jdihn.schema.json")
    state = FeedState.objects.get()
    assert (state.pulls, state.pulled_at.isoformat()) == (2, "2026-11-30T03:00:00+00:00")
    assert {field.name for field in FeedState._meta.fields} == {
        "id", "pulls", "pulled_at", "links", "dead", "checked_at",
    }  # fmt: skip
    assert not DailyReading.objects.exists()


def test_a_fetch_and_a_check_leave_each_other_alone(client, page):
    lose_the_file(page)
    client.get(FEED)
    feed_links.check()
    client.get(FEED)
    state = FeedState.objects.get()
    assert (state.pulls, state.links, len(state.dead)) == (2, 3, 1)


# --- In the CMS -------------------------------------------------------------------------------------


def screen(client) -> str:
    return client.get(reverse("regulation-jdihn")).content.decode()


def test_the_screen_tells_what_is_known(client, admin, page):
    client.force_login(admin)
    assert "belum pernah diambil" in screen(client)
    assert "Tautan belum pernah diperiksa" in screen(client)
    with time_machine.travel("2026-11-30T02:15:00Z", tick=False):
        client.get(FEED)
        lose_the_file(page)
        response = client.post(reverse(CHECK))
    assert response.status_code == 302
    text = screen(client)
    assert "Terakhir diambil 30 November 2026, 09.15 WIB, 1 kali seluruhnya" in text
    assert "3 tautan diperiksa 30 November 2026, 09.15 WIB: 1 mati." in text
    assert feed_links.NO_FILE in text
    assert f"/dokumen/{page.file_name}" in text


def test_the_screen_says_when_rows_and_regulations_differ(client, admin, page):
    client.force_login(admin)
    assert "Tidak cocok" not in screen(client)
    RegulationEntry.objects.filter(pk=page.pk).update(is_listed=False)
    assert "1 regulasi terbit, tetapi 0 baris" in screen(client)


def test_who_may_not_see_the_report_may_not_order_a_check(client, page):
    assert client.post(reverse(CHECK)).status_code == 302
    client.force_login(factories.make_staff(roles.OFFICER, "petugas-lain"))
    assert client.post(reverse(CHECK)).status_code in (302, 403)
    client.force_login(factories.make_staff(roles.EDITOR, "editor"))
    assert client.get(reverse(CHECK)).status_code == 405
    assert not FeedState.objects.exists()
    client.post(reverse(CHECK))
    assert FeedState.objects.get().checked_at


# --- At night ---------------------------------------------------------------------------------------


def contradict() -> tuple[RegulationPage, RegulationPage]:
    """Two regulations that revoke each other, as when two drafts are published."""
    one, other = make_regulation(year=2016), make_regulation(year=2016)
    relate(one, relation("mencabut", other))
    relate(other, relation("mencabut", one))
    return one, other


def test_the_chores_of_the_night_write_down_what_is_wrong(client, caplog):
    assert (tasks.log_contradictions(), tasks.log_dead_links()) == (0, 0)
    one, other = contradict()
    lose_the_file(one)
    with caplog.at_level(logging.WARNING, "regulasi.tasks"):
        assert (tasks.log_contradictions(), tasks.log_dead_links()) == (1, 1)
    first, second = (record.getMessage() for record in caplog.records)
    assert "opposite" in first
    assert str(one.pk) in first
    assert str(other.pk) in first
    assert f"/dokumen/{one.file_name}" in second
    assert worker.CHORES[tasks.log_contradictions] == worker.CHORES[tasks.log_dead_links] == worker.DAY_S


def test_the_report_of_contradictions_leads_to_the_pages(client, admin):
    client.force_login(admin)
    url = reverse("regulation-contradictions")
    assert "Tidak ada pertentangan" in client.get(url).content.decode()
    pages = contradict()
    text = client.get(url).content.decode()
    assert "1 hal tidak dapat benar semuanya" in text
    for page in pages:
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text


def test_the_command_lists_everything_and_fails(capsys, page):
    call_command("check_regulations")
    assert "Tidak ada" in capsys.readouterr().out
    one, _ = contradict()
    lose_the_file(page)
    RegulationEntry.objects.filter(pk=page.pk).update(enacted_on=None, promulgated_on=None)
    with pytest.raises(SystemExit) as ended:
        call_command("check_regulations")
    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == ["opposite", "jdihn", "tautan"]
    assert str(one.pk) in lines[0]
    assert "tanggal_penetapan" in lines[1]
    assert lines[-1].startswith("3 ")
