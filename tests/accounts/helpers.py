"""Signing in as a browser does."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from tests.factories.people import PASSWORD

LOGIN = "/cms/login/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra) -> HttpResponse:
    """Post the sign-in form; extra keywords are WSGI variables such as REMOTE_ADDR."""
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def error_text(response: HttpResponse) -> str:
    """What the error summary says, without its heading; empty when there is none."""
    summary = BeautifulSoup(response.content, "html.parser").select_one(".error-summary ul")
    return summary.get_text(" ", strip=True) if summary else ""


def is_signed_in(client: Client) -> bool:
    """Whether the CMS lets this browser in."""
    return client.get("/cms/").status_code == 200
