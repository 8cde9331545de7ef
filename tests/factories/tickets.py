"""Tickets: through the public page as a visitor makes them, or straight through the service."""

from __future__ import annotations

import secrets
import time

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from forms import services
from forms.models import FormPage, Submission
from forms.references import FormToken

ANSWERS = {
    "Nama Usaha/Perusahaan": "Batik Contoh",
    "Nama Lengkap": "Ibu Contoh",
    "Alamat": "Jl. Contoh No. 1",
    "Pertanyaan": "Apakah nama usaha saya dapat didaftarkan sebagai merek?",
}


def make_ticket(form: FormPage, **answers: str) -> Submission:
    """Return a stored ticket; answers are given by label, with `_` for what is not a letter or digit."""
    given = {**ANSWERS, **answers}
    asked = form.questions()
    return services.submit(
        form,
        asked,
        {question.key: given.get(question.label, given.get(question.key, "")) for question in asked},
        FormToken(secrets.token_urlsafe(16), form.pk, time.time() - 60),
        channel="web",
    )


def open_form(client: Client, url: str = "/kalindri/konsultasi-haki/") -> dict[str, str]:
    """Return the fields of the form as a browser without JavaScript has them after GET, by HTML name."""
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    fields = {}
    for control in soup.select("main form input, main form textarea, main form select"):
        if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        fields[control["name"]] = control.get("value", control.get_text(strip=True) if control.name != "select" else "")
    return fields


def send(client: Client, url: str = "/kalindri/konsultasi-haki/", follow: bool = True, **answers: str) -> HttpResponse:
    """Open the form as a visitor does, answer by HTML name, wait long enough for a person, and send it."""
    import time_machine

    with time_machine.travel(time.time() - 60, tick=True):
        fields = open_form(client, url)
    keys = {
        "nama_usahaperusahaan": ANSWERS["Nama Usaha/Perusahaan"],
        "nama_lengkap": ANSWERS["Nama Lengkap"],
        "alamat": ANSWERS["Alamat"],
        "pertanyaan": ANSWERS["Pertanyaan"],
    }
    return client.post(url, {**fields, **keys, **answers}, follow=follow)
