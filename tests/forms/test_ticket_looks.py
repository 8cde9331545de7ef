"""Each look at a ticket is recorded, whatever address showed it; the answer to a button belongs to the look before."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from forms import services
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(officer):
    return signed_in(officer)


@pytest.fixture
def url(ticket):
    return f"/cms/tiket/{ticket.pk}/"


def looks(ticket) -> list[str]:
    """Who looked."""
    return [event.actor_name for event in ticket.events.filter(kind="viewed")]


def test_the_form_that_edits_a_reply_shows_the_ticket(client, ticket, url, officer):
    reply = services.reply(ticket, "Biayanya Rp 500.000.", by=officer)
    assert "Batik Contoh" in text(client.get(f"{url}balasan/{reply.pk}/"))
    assert looks(ticket) == [str(officer)]
    client.get(f"{url}balasan/{reply.pk}/")
    assert looks(ticket) == [str(officer)] * 2


@pytest.mark.parametrize(
    ("action", "status"),
    [("balas", 422), ("catatan", 422), ("disposisi", 422), ("status", 422), ("pin", 200)],
)
def test_an_answer_that_shows_the_ticket_to_who_had_not_opened_it_is_a_look(
    client, ticket, url, officer, action, status
):
    page = client.post(f"{url}{action}/", {"officer": "0"})
    assert page.status_code == status
    assert "Batik Contoh" in text(page)
    assert looks(ticket) == [str(officer)]


def test_so_is_the_refusal_of_the_second_of_two_officers(client, ticket, url, officer, form_page):
    colleague = factories.make_staff(roles.OFFICER, "budi", forms=[form_page])
    signed_in(colleague).get(url)
    services.add_note(ticket, "Catatan.", by=colleague)
    assert client.post(f"{url}balas/", {"version": 1, "body": "Ya."}).status_code == 409
    assert looks(ticket) == [str(colleague), str(officer)]


def test_the_answer_on_an_open_page_is_the_same_look(officer, ticket, url):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        client = signed_in(officer)
        client.get(url)
    with time_machine.travel(now + dt.timedelta(minutes=9), tick=False):
        client.post(f"{url}balas/", {})
        assert len(looks(ticket)) == 1
    with time_machine.travel(now + dt.timedelta(minutes=11), tick=False):
        client.post(f"{url}balas/", {})
        assert len(looks(ticket)) == 2


def test_what_leads_back_to_the_ticket_is_one_look(client, ticket, url):
    client.post(f"{url}catatan/", {"body": "Catatan."}, follow=True)
    assert len(looks(ticket)) == 1
