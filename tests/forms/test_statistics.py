"""Statistik layanan: numbers worked out by hand, and each number a link to the tickets it counts."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from forms import services
from forms.enums import Status
from siptenan.accounts import roles
from siptenan.common.dates import WIB
from tests import factories
from tests.forms.officers import listed, many, queries, signed_in, soup, text

URL = "/cms/statistik/"
PERIOD = {"dari": "2026-11-02", "sampai": "2026-11-13"}

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A time in November 2026, which begins on a Sunday and has no holiday. Monday to Thursday 7.30-12.00 and
    13.00-16.30, Friday 7.30-11.30 and 13.00-14.30."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=WIB)


ANSWERED = [  # sent, answered: minutes of work between them
    (at(2, 9), at(2, 11)),  # 120
    (at(2, 11), at(3, 9)),  # 60 + 210 and 90: 360
    (at(6, 11), at(9, 8)),  # Friday 30 + 90, Monday 30: 150
    (at(9, 8), at(12, 8)),  # 450 + 480 + 480 + 30: 1440, and due on the 11th, so late
]


def ask(form, sent: dt.datetime):
    with time_machine.travel(sent, tick=False):
        return factories.make_ticket(form)


@pytest.fixture
def month(form_page, officer):
    """Four answered, two open of which one late, two that only mark the borders; spam and two outside."""
    for sent, answered in ANSWERED:
        ticket = ask(form_page, sent)
        with time_machine.travel(answered, tick=False):
            services.reply(ticket, "Jawaban.", by=officer)
    ask(form_page, at(10, 10))  # due on the 12th
    waiting = ask(form_page, at(10, 11))
    with time_machine.travel(at(10, 12), tick=False):
        services.move(waiting, Status.IN_PROGRESS, by=officer)
        services.move(waiting, Status.WAITING, by=officer)
    borders = (at(1, 23, 59), at(2, 0), at(13, 23, 59), at(14, 0))
    waiting.refresh_from_db()
    many(waiting, 4, submitted_at=lambda n: borders[n], status=Status.DONE)
    many(waiting, 1, submitted_at=at(5, 9), status=Status.SPAM)


@pytest.fixture
def client(officer):
    with time_machine.travel(at(20, 10), tick=False):
        yield signed_in(officer)


def figures(page) -> dict[str, list[str]]:
    """The numbers of each row, by the name at its head."""
    return {
        row.th.get_text(strip=True): [
            "".join(part for part in cell.find_all(string=True) if part.parent.name != "span").strip()
            for cell in row.select("td")
        ]
        for row in soup(page).select(".statistics tr")
        if row.select("td") and row.th
    }


def test_numbers_are_those_worked_out_by_hand(client, month):
    page = client.get(URL, PERIOD)
    # the median of 120, 150, 360 and 1440 minutes; three of four were in time
    assert figures(page) == {"Form Konsultasi HAKI": ["8", "2", "4", "1", "75 %", "4 jam 15 menit"]}
    assert "2 November 2026 sampai 13 November 2026" in text(page, "caption")


def test_each_number_leads_to_as_many_tickets(client, month, form_page, officer):
    other = factories.make_form("lain", title="Form Lain", ticket_prefix="LAIN")
    officer.assigned_forms.add(other)
    ask(other, at(12, 9))
    page = client.get(URL, PERIOD)
    assert figures(page)["Jumlah"][:4] == ["9", "3", "4", "2"]
    links = soup(page).select(".statistics td a")
    assert len(links) == 12
    for link in links:
        assert len(listed(client.get(link["href"]))) == int(link.get_text()), link


def test_days_begin_and_end_in_wib(client, month):
    assert figures(client.get(URL, {"dari": "2026-11-01", "sampai": "2026-11-01"}))["Form Konsultasi HAKI"][0] == "1"
    assert figures(client.get(URL, {"dari": "2026-11-14", "sampai": "2026-11-14"}))["Form Konsultasi HAKI"][0] == "1"


def test_a_form_without_tickets_says_so_and_divides_by_nothing(client, form_page):
    assert figures(client.get(URL)) == {"Form Konsultasi HAKI": ["0", "0", "0", "0", "belum ada", "belum ada"]}


def test_opens_on_the_last_thirty_days(client, month):
    page = client.get(URL)
    assert [field["value"] for field in soup(page).select(".period input")] == ["2026-10-22", "2026-11-20"]
    assert figures(page)["Form Konsultasi HAKI"][0] == "10"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"dari": "2026-11-13", "sampai": "2026-11-02"}, "Tanggal akhir mendahului tanggal awal."),
        ({"dari": "kemarin", "sampai": "2026-11-02"}, "Tanggal belum benar."),
        ({"dari": "2026-11-02"}, "Isi tanggalnya."),
        ({"dari": "0001-01-01", "sampai": "9999-12-31"}, "2000"),
        ({"dari": "", "sampai": "' OR 1=1"}, "Isi tanggalnya."),
    ],
)
def test_a_wrong_period_is_explained(client, month, asked, error):
    page = client.get(URL, asked)
    assert page.status_code == 200
    assert error in text(page, ".period .error-text")
    assert figures(page)["Form Konsultasi HAKI"][0] == "10"  # of the last thirty days


def test_an_officer_sees_his_own_forms_and_an_admin_all(client, month, officer, admin):
    other = factories.make_form("lain", title="Form Lain", ticket_prefix="LAIN")
    ask(other, at(3, 9))
    assert set(figures(client.get(URL, PERIOD))) == {"Form Konsultasi HAKI"}
    seen = figures(signed_in(admin).get(URL, PERIOD))
    assert set(seen) == {"Form Konsultasi HAKI", "Form Lain", "Jumlah"}
    assert seen["Jumlah"][0] == "9"
    nobody = factories.make_staff(roles.OFFICER, "baru")
    assert "Belum ada formulir yang Anda tangani." in text(signed_in(nobody).get(URL))


def test_is_not_for_editors(editor):
    assert signed_in(editor).get(URL).headers["Location"] == "/cms/"


def test_costs_the_same_for_many_tickets(client, month, form_page):
    client.get(URL, PERIOD)
    few = queries(client, f"{URL}?dari=2026-11-02&sampai=2026-11-13")
    many(ask(form_page, at(9, 9)), 40, first_answered_at=at(10, 10))
    assert queries(client, f"{URL}?dari=2026-11-02&sampai=2026-11-13") == few
