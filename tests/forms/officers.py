"""What the tests of the officers' screens share: signing in, reading a page, many tickets at once."""

from __future__ import annotations

import secrets

from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms.models import Submission
from siptenan.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def soup(response: HttpResponse) -> BeautifulSoup:
    """The page, to be looked into."""
    return BeautifulSoup(response.content, "html.parser")


def text(response: HttpResponse, selector: str = "main") -> str:
    """What is read in a part of the page, in one line."""
    return " ".join(part for found in soup(response).select(selector) for part in found.get_text(" ").split())


def listed(response: HttpResponse) -> list[str]:
    """The ticket numbers of a list, in their order."""
    return [cell.get_text(strip=True) for cell in soup(response).select("td.cell-reference")]


def hidden(response: HttpResponse, action: str) -> dict[str, str]:
    """The hidden fields of the form on the page that is sent to `action`."""
    form = soup(response).select_one(f'form[action$="{action}"]')
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def queries(client: Client, url: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
        getattr(response, "content", None) or b"".join(response)
    return len(captured)


def many(ticket: Submission, count: int, **values) -> list[Submission]:
    """Return so many more tickets like this one; `values` are set on each, or made from its number by a function."""
    copies = []
    for number in range(count):
        copy = Submission.objects.get(pk=ticket.pk)
        copy.pk = None
        code = secrets.token_hex(4).upper()
        copy.reference = f"{ticket.reference.split('-')[0]}-{code[:4]}-{code[4:]}"
        copy.token_digest = copy.link_digest = secrets.token_hex(32)
        for name, value in values.items():
            setattr(copy, name, value(number) if callable(value) else value)
        copies.append(copy)
    return Submission.objects.bulk_create(copies, batch_size=500)
