"""A rejection that cannot be saved: the page comes back with the reason still typed and what is wrong beside it."""

from __future__ import annotations

import pytest

from forms import services
from forms.enums import Status
from forms.views.ticket_forms import REASON_MAX
from tests.forms.officers import hidden, signed_in, soup, text

pytestmark = pytest.mark.django_db

TOO_LONG = "Di luar layanan. " + "x" * REASON_MAX


@pytest.fixture
def client(officer):
    return signed_in(officer)


@pytest.fixture
def url(ticket):
    return f"/cms/tiket/{ticket.pk}/"


def press(client, url, **values):
    """Press the button of a move on the page as it is now."""
    return client.post(f"{url}status/", {**hidden(client.get(url), "/status/"), **values})


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (TOO_LONG, f"Alasan terlalu panjang: paling banyak {REASON_MAX} huruf, sekarang {len(TOO_LONG)}."),
        ("Di luar\0 layanan.", "Karakter nol tidak diizinkan."),
        ("", "Tulis alasan penolakan. Pemohon akan membacanya."),
    ],
    ids=["too long", "NUL", "none"],
)
def test_a_wrong_reason_is_kept_in_its_open_box_with_the_error_beside_it(client, ticket, url, reason, words):
    page = press(client, url, target="ditolak", reason=reason)
    assert page.status_code == 422
    [box] = soup(page).select(".move details[open] textarea")
    assert box.get_text().strip() == reason
    assert box["aria-invalid"] == "true"
    assert soup(page).select_one(f"#{box['aria-describedby']}").get_text(strip=True) == words
    assert "Pilih status" not in text(page)
    ticket.refresh_from_db()
    assert ticket.status == Status.NEW
    assert not ticket.messages.exists()


def test_it_can_be_sent_again_once_it_is_mended(client, ticket, url):
    page = press(client, url, target="ditolak", reason=TOO_LONG)
    fields = {**hidden(page, "/status/"), "target": "ditolak", "reason": "Di luar layanan."}
    assert client.post(f"{url}status/", fields).status_code == 302
    ticket.refresh_from_db()
    assert ticket.status == Status.REJECTED


def test_a_reason_without_a_box_is_shown_to_be_copied(client, ticket, url, officer):
    services.reply(ticket, "Silakan.", by=officer)  # what is answered is not rejected any more
    page = press(client, url, target="ditolak", reason=TOO_LONG)
    assert page.status_code == 422
    assert "Alasan terlalu panjang" in text(page, ".zone-facts .error-text")
    assert TOO_LONG in text(page, ".zone-facts .own-words")


def test_a_page_of_yesterday_keeps_the_reason_too(client, ticket, url):
    page = client.post(f"{url}status/", {"target": "ditolak", "reason": "Di luar layanan."})
    assert page.status_code == 422
    assert "Halaman ini sudah usang." in text(page, ".zone-facts .error-text")
    assert text(page, ".move details[open] textarea") == "Di luar layanan."
