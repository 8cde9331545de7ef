"""What visitors do with a browser, in the words of the tests."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from forms.models import Submission

TICKET = "/kalindri/lacak/tiket/"


def page_of(response: HttpResponse) -> BeautifulSoup:
    """The page of an answer."""
    return BeautifulSoup(response.content.decode(), "html.parser")


def opened(ticket: Submission) -> Client:
    """A browser that has opened a ticket by its link."""
    browser = Client()
    ticket.refresh_from_db()
    assert browser.get(f"/kalindri/lacak/t/{ticket.link_secret}/").status_code == 303
    return browser


def add(client: Client, text: str, **files) -> HttpResponse:
    """Fill in and send the addition form as it stands on the page."""
    token = page_of(client.get(TICKET)).select_one("[name=token]")["value"]
    return client.post(TICKET, {"token": token, "text": text, **files})
