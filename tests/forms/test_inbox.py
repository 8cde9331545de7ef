"""The inbox as a list (D1): one for all forms, its columns, its order, its pages, its cost."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from forms import services
from forms.enums import Status
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import listed, many, queries, signed_in, soup, text

INBOX = "/cms/kotak-masuk/"
ALL = "/cms/kotak-masuk/semua/"
NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)  # Monday, 10.00 WIB

pytestmark = pytest.mark.django_db


def test_one_list_for_all_forms_and_a_fourth_one_needs_no_code(admin, form_page):
    for slug, title in (("konsultasi-siinas", "Form Konsultasi SIINas"), ("gallery-ikm", "Form Gallery IKM")):
        factories.make_ticket(factories.make_form(slug, title=title, ticket_prefix="LAIN"))
    factories.make_ticket(form_page)
    client = signed_in(admin)
    assert len(listed(client.get(INBOX))) == 3

    questions = [{"label": "Sebutkan alat yang rusak", "field_type": "multiline"}]
    fourth = factories.make_form("bengkel", questions, title="Form Bengkel", ticket_prefix="BENGK")
    ticket = factories.make_ticket(fourth, sebutkan_alat_yang_rusak="Canting cap")

    page = client.get(INBOX)
    assert ticket.reference in listed(page)
    assert "Form Bengkel" in text(page, "td.cell-form")
    assert "Form Bengkel" in text(page, "#filters-drilldown")
    assert "Canting cap" in text(client.get(f"/cms/tiket/{ticket.pk}/"))
    assert "Sebutkan alat yang rusak" in b"".join(client.get(f"{INBOX}?export=csv")).decode()
    assert "Form Bengkel" in text(client.get("/cms/statistik/"))


@time_machine.travel(NOW, tick=False)
def test_each_row_says_number_form_business_name_status_officer_due_and_received(officer, form_page):
    ticket = factories.make_ticket(form_page)
    page = signed_in(officer).get(INBOX)
    heads = [head.get_text(strip=True) for head in soup(page).select("thead th")]
    assert heads == [
        "Nomor", "Formulir", "Usaha", "Nama", "Status", "Petugas", "Batas jawaban", "Diterima (WIB)",
    ]  # fmt: skip
    row = text(page, "tbody tr")
    for words in (
        ticket.reference, "Form Konsultasi HAKI", "Batik Contoh", "Ibu Contoh", "Baru", "belum ada",
        "25/11/2026 16.30", "23/11/2026 10.00",
    ):  # fmt: skip
        assert words in row
    assert soup(page).select_one("td.cell-reference a")["href"] == f"/cms/tiket/{ticket.pk}/"


def test_the_form_keeps_the_name_it_had_when_it_was_sent(officer, form_page, ticket):
    form_page.title = "Form Merek"
    form_page.save_revision().publish()
    assert "Form Konsultasi HAKI" in text(signed_in(officer).get(INBOX), "td.cell-form")


def test_the_oldest_promise_comes_first(officer, ticket):
    later, sooner = many(ticket, 2, due_at=lambda n: ticket.due_at + dt.timedelta(days=1 - 2 * n))
    assert listed(signed_in(officer).get(INBOX)) == [sooner.reference, ticket.reference, later.reference]


def test_a_head_sorts_by_its_column_and_then_the_other_way(officer, ticket):
    first, second = many(ticket, 2, business=lambda n: ("Arjuna", "Zamrud")[n])
    client = signed_in(officer)
    page = client.get(INBOX)
    head = next(link for link in soup(page).select("thead th a") if link.get_text(strip=True) == "Usaha")
    page = client.get(head["href"])
    assert listed(page) == [first.reference, ticket.reference, second.reference]
    head = next(link for link in soup(page).select("thead th a") if link.get_text(strip=True) == "Usaha")
    assert listed(client.get(head["href"])) == [second.reference, ticket.reference, first.reference]


def test_the_default_order_is_shown_and_can_be_turned_round(officer, ticket):
    client = signed_in(officer)
    [later] = many(ticket, 1, due_at=ticket.due_at + dt.timedelta(days=1))
    page = client.get(INBOX)
    head = next(link for link in soup(page).select("thead th a") if "Batas jawaban" in link.get_text())
    assert "icon-arrow-up-after" in head["class"]
    assert listed(client.get(head["href"])) == [later.reference, ticket.reference]


def test_late_ones_say_so(officer, ticket):
    late, waiting = many(
        ticket, 2, due_at=timezone.now() - dt.timedelta(minutes=1), status=lambda n: (Status.NEW, Status.WAITING)[n]
    )
    page = soup(signed_in(officer).get(INBOX))
    marked = [row.select_one("td").get_text(strip=True) for row in page.select("tbody tr") if row.select_one(".late")]
    assert marked == [late.reference]  # who waits for the visitor is not late
    assert waiting.reference in listed(signed_in(officer).get(INBOX))


class TestTabs:
    @pytest.fixture
    def tickets(self, officer, form_page):
        """One ticket in each status, by status."""
        made = factories.make_ticket(form_page)
        [*copies] = many(made, len(Status) - 1, status=lambda n: [s for s in Status if s != Status.NEW][n])
        return {copy.status: copy.reference for copy in copies} | {Status.NEW: made.reference}

    @pytest.mark.parametrize(
        ("tab", "statuses"),
        [
            ("", {Status.NEW, Status.IN_PROGRESS, Status.WAITING, Status.EXAMINED, Status.NEEDS_CORRECTION}),
            ("semua/", set(Status) - {Status.SPAM}),
            ("spam/", {Status.SPAM}),
            ("tugas-saya/", set()),
        ],
    )
    def test_shows_its_own(self, officer, tickets, tab, statuses):
        assert set(listed(signed_in(officer).get(INBOX + tab))) == {tickets[status] for status in statuses}

    def test_tugas_saya_is_mine_and_open(self, officer, ticket):
        services.assign(ticket, officer, by=officer)
        many(ticket, 1, assignee=None)
        many(ticket, 1, assignee=officer, status=Status.DONE)
        assert listed(signed_in(officer).get(INBOX + "tugas-saya/")) == [ticket.reference]

    def test_keep_what_is_searched_for(self, officer, ticket):
        page = signed_in(officer).get(INBOX, {"q": "batik & co", "p": "3", "status": "baru"})
        links = {link.get_text(strip=True): link["href"] for link in soup(page).select(".inbox-tabs a")}
        assert links["Semua"] == "/cms/kotak-masuk/semua/?q=batik+%26+co&status=baru"

    def test_an_empty_one_says_what_will_be_here(self, officer):
        client = signed_in(officer)
        assert "Belum ada tiket." in text(client.get(INBOX))
        assert "didisposisikan kepada Anda" in text(client.get(INBOX + "tugas-saya/"))
        assert "Baki spam kosong." in text(client.get(INBOX + "spam/"))

    def test_nothing_found_offers_to_look_everywhere(self, officer, ticket):
        services.reply(ticket, "Sudah.", by=officer)
        client = signed_in(officer)
        page = client.get(INBOX, {"q": ticket.reference})
        assert "Tidak ada tiket yang cocok" in text(page)
        everywhere = next(link for link in soup(page).select("a") if link.get_text(strip=True) == "Cari di semua tiket")
        assert listed(client.get(everywhere["href"])) == [ticket.reference]


class TestPages:
    def test_together_hold_every_ticket_once(self, officer, ticket):
        wanted = {ticket.reference, *(copy.reference for copy in many(ticket, 59))}  # all due at the same minute
        client = signed_in(officer)
        pages = [listed(client.get(INBOX, {"p": number})) for number in (1, 2, 3)]
        assert [len(page) for page in pages] == [25, 25, 10]
        assert {reference for page in pages for reference in page} == wanted
        assert "60 tiket" in text(client.get(INBOX))

    def test_a_wrong_number_leads_to_one_that_is_there(self, officer, ticket):
        client = signed_in(officer)
        for number in ("abc", "0", "-1", "1.5", "", "999", "9" * 5000, "²"):
            page = client.get(INBOX, {"p": number})
            assert (page.status_code, listed(page)) == (200, [ticket.reference]), number

    def test_a_wrong_order_is_the_usual_one(self, officer, ticket):
        [sooner] = many(ticket, 1, due_at=ticket.due_at - dt.timedelta(days=1), pin_hash="f" * 64)
        client = signed_in(officer)
        for ordering in (
            "bogus",
            "assignee__password",
            "-assignee__password",
            "?",
            "pk;drop",
            "",
            "pin_hash",
            "due_at,pk",
        ):
            page = client.get(INBOX, {"ordering": ordering})
            assert (page.status_code, listed(page)) == (200, [sooner.reference, ticket.reference]), ordering

    def test_the_list_alone_can_be_fetched(self, officer, ticket):
        page = signed_in(officer).get(INBOX + "terbuka/hasil/", {"_w_filter_fragment": "1", "q": "contoh"})
        assert page.status_code == 200
        assert listed(page) == [ticket.reference]
        assert "<html" not in page.content.decode()


class TestCost:
    @pytest.mark.parametrize("url", [INBOX, ALL, "/cms/", INBOX + "?q=contoh&overdue=ya"])
    def test_is_the_same_for_2_and_20_tickets(self, officer, form_page, ticket, url):
        def officer_and_form(number):
            return factories.make_staff(roles.OFFICER, f"petugas{number}", forms=[form_page])

        many(ticket, 1, due_at=timezone.now(), assignee=officer)
        client = signed_in(officer)
        client.get(url)  # what is kept in the process is fetched the first time
        few = queries(client, url)
        many(ticket, 18, due_at=timezone.now(), assignee=officer_and_form)
        assert queries(client, url) == few

    def test_is_moderate(self, officer, ticket):
        client = signed_in(officer)
        client.get(INBOX)
        assert queries(client, INBOX) <= 25


@pytest.mark.parametrize("url", [INBOX, ALL, INBOX + "spam/", INBOX + "tugas-saya/hasil/"])
def test_is_not_for_editors_or_strangers(client, editor, ticket, url):
    assert signed_in(editor).get(url).headers["Location"] == "/cms/"
    assert client.get(url).headers["Location"].startswith("/cms/login/")
