"""Bots: what they send is kept, out of the officers' way, and they are told nothing."""

from __future__ import annotations

import time

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from forms import services, spam
from forms.builder import HONEYPOT_FIELD
from forms.enums import Status
from forms.models import OutgoingMail, Submission
from forms.references import FormToken
from tests.factories import make_ticket, open_form, send

HAKI = "/kalindri/konsultasi-haki/"
LINKS = "Cheap! http://a.example http://b.example <a href='http://c.example'>"
ANSWERS = {"nama_usahaperusahaan": "A", "nama_lengkap": "B", "alamat": "C", "pertanyaan": "Tanya merek"}


def token(age_s: float = 60) -> FormToken:
    return FormToken("id", 1, time.time() - age_s)


@pytest.mark.parametrize(
    ("age_s", "honeypot", "text", "expected"),
    [
        (60, "", "Apakah batikcontoh.id dan https://contoh.id boleh?", []),
        (60, "", "www.contoh.id dan https://contoh.id", []),
        (60, "http://spam.example", "x", ["honeypot"]),
        (60, "  ", "x", []),
        (2.9, "", "x", ["too_fast"]),
        (3.1, "", "x", []),
        (60, "", LINKS, ["links"]),
        (60, "", "[url=x] [URL=y] WWW.z.example", ["links"]),
        (1, "x", LINKS, ["honeypot", "too_fast", "links"]),
    ],
)
def test_what_looks_like_a_bot(age_s, honeypot, text, expected):
    answers = {"pertanyaan": text, "pilihan": ["http://a", "http://b", "http://c"], "setuju": True}
    assert spam.reasons(token(age_s), honeypot, answers) == expected
    assert set(expected) <= set(spam.REASONS)


def test_links_in_an_answer_of_several_parts_count():
    assert spam.reasons(token(), "", {"alamat": {"street": LINKS, "city": "Pekalongan"}}) == ["links"]


def bot_post(number: int) -> str:
    """Send as one of three kinds of bots; return the reason it should be kept out for."""
    browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
    reason = ("honeypot", "too_fast", "links")[number % 3]
    age_s = 0 if reason == "too_fast" else 60
    with time_machine.travel(time.time() - age_s):
        fields = {**open_form(browser), **ANSWERS}
    if reason == "honeypot":
        fields[HONEYPOT_FIELD] = "http://spam.example"
    if reason == "links":
        fields["pertanyaan"] = LINKS
    assert browser.post(HAKI, fields).status_code == 303
    return reason


@pytest.mark.django_db
def test_a_hundred_bots_reach_no_officer_and_lose_nothing(form_page):
    """I5."""
    form_page.notify_emails = "petugas@contoh.id"
    form_page.save_revision().publish()
    reasons = [bot_post(number) for number in range(100)]
    assert Submission.objects.open().count() == 0
    assert Submission.objects.not_spam().count() == 0
    kept = Submission.objects.order_by("pk")
    assert [ticket.spam_reasons for ticket in kept] == [[reason] for reason in reasons]
    assert {ticket.status for ticket in kept} == {"spam"}
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_a_bot_gets_the_same_receipt_as_a_person(site, client):
    person = BeautifulSoup(send(client).content.decode(), "html.parser")
    bot = BeautifulSoup(send(Client(), **{HONEYPOT_FIELD: "x"}).content.decode(), "html.parser")
    assert Submission.objects.filter(status="spam").count() == 1
    headings = [[heading.get_text() for heading in page.select("h1, h2, dt")] for page in (person, bot)]
    assert headings[0] == headings[1]
    assert "spam" not in bot.get_text().lower()


@pytest.mark.django_db
def test_the_trap_is_out_of_everybodys_way(site, client):
    """I5: no puzzle, and nothing for a keyboard or a screen reader to stumble over."""
    page = BeautifulSoup(client.get(HAKI).content.decode(), "html.parser")
    trap = page.find("input", attrs={"name": HONEYPOT_FIELD})
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert trap.find_parent(attrs={"aria-hidden": "true"}) is not None


@pytest.mark.django_db
def test_a_nul_byte_in_the_trap_is_a_bot_too_and_no_error(site, client):
    send(client, **{HONEYPOT_FIELD: "x\0"})
    assert Submission.objects.get().spam_reasons == ["honeypot"]


def test_a_hundred_bots_behind_one_address_are_kept_too(site, settings):
    """I5: the tray takes what looks like spam far above the limit that holds for people."""
    settings.SUBMIT_LIMIT = "30/10m"
    for number in range(100):
        with time_machine.travel(time.time() - 60):
            fields = open_form(Client())
        response = Client().post(HAKI, {**fields, **ANSWERS, "pertanyaan": f"{LINKS} {number}"})
        assert response.status_code == 303
    assert Submission.objects.filter(status="spam").count() == 100
    assert Submission.objects.needing_action().count() == 0


@pytest.mark.usefixtures("_one_window")
def test_a_flood_of_spam_ends_somewhere(site, settings):
    settings.SUBMIT_LIMIT = "1/10m"
    answers = [
        Client().post(HAKI, {**open_form(Client()), **ANSWERS, HONEYPOT_FIELD: "x"}).status_code for _ in range(11)
    ]
    assert answers == [303] * 10 + [429]


class TestNotSpamAfterAll:
    """Whoever takes a ticket out of the tray sets off what sending it would have."""

    @pytest.fixture
    def form_page(self, form_page):
        form_page.notify_emails = "kantor@contoh.id"
        form_page.save_revision().publish()
        return form_page

    def mails(self, ticket: Submission) -> list[tuple[str, str]]:
        return list(ticket.mails.order_by("kind").values_list("kind", "recipient"))

    TOLD = [("new_ticket", "kantor@contoh.id"), ("receipt", "ibu@contoh.id")]

    def test_officers_and_visitor_are_told_once(self, form_page, officer):
        asked = form_page.questions()
        ticket = services.submit(
            form_page,
            asked,
            {"email": "ibu@contoh.id"},
            FormToken("x", form_page.pk, time.time() - 60),
            channel="web",
            spam_reasons=["links"],
        )
        assert self.mails(ticket) == []
        services.move(ticket, Status.NEW, by=officer)
        assert self.mails(ticket) == self.TOLD
        services.move(ticket, Status.SPAM, by=officer)
        services.move(ticket, Status.NEW, by=officer)
        assert self.mails(ticket) == self.TOLD

    def test_who_was_told_when_it_was_sent_is_not_told_again(self, form_page, officer):
        ticket = make_ticket(form_page, Email="ibu@contoh.id")
        assert self.mails(ticket) == self.TOLD
        services.move(ticket, Status.SPAM, by=officer)
        services.move(ticket, Status.NEW, by=officer)
        assert self.mails(ticket) == self.TOLD
