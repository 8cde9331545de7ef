"""Mail that was not sent is seen by staff, and can be tried again (H1)."""

from __future__ import annotations

import pytest
from django.core import mail

from forms import outbox, services
from forms.models import OutgoingMail
from tests import factories
from tests.forms.officers import queries, signed_in, soup, text

URL = "/cms/surel-keluar/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(officer):
    return signed_in(officer)


@pytest.fixture
def failed(officer, form_page, monkeypatch):
    """A mail that met a dead server."""
    ticket = factories.make_ticket(form_page, Email="ibu@contoh.id")

    def refuse(message):
        raise ConnectionRefusedError(111, "Connection refused: ibu@contoh.id")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        outbox.deliver_due()
    return OutgoingMail.objects.get(submission=ticket)


def test_nothing_failed_is_said_in_words(client, form_page):
    factories.make_ticket(form_page, Email="ibu@contoh.id")  # waiting is no failure
    assert "Semua surel terkirim." in text(client.get(URL))
    assert "surel belum terkirim" not in text(client.get("/cms/kotak-masuk/"), "body")


def test_a_failure_is_seen_on_the_dashboard_the_inbox_the_list_and_the_ticket(client, failed):
    dashboard = client.get("/cms/")
    assert "Ada surel yang belum terkirim." in text(dashboard, ".tickets-panel")
    inbox = client.get("/cms/kotak-masuk/")
    assert "1 surel belum terkirim." in text(inbox, ".inbox-warning")
    for page, part in ((dashboard, ".tickets-panel"), (inbox, ".inbox-warning")):
        assert soup(page).select_one(f'{part} a[href="{URL}"]')
    row = text(client.get(URL), "tbody tr")
    assert str(failed.submission) in row
    assert "Bukti kirim (pemohon)" in row
    assert "Server surel tidak dapat dihubungi (ConnectionRefusedError)" in row
    history = text(client.get(f"/cms/tiket/{failed.submission_id}/"), ".ticket-history")
    assert "Sistem Surel gagal dikirim: Bukti kirim (pemohon)" in history


def test_no_address_is_shown(client, failed):
    for url in (URL, "/cms/kotak-masuk/", "/cms/"):
        assert "ibu@contoh.id" not in client.get(url).content.decode()


def test_it_can_be_tried_again_and_is_gone_when_it_was_sent(client, failed):
    assert not OutgoingMail.objects.due().exists()  # the worker waits before it tries again by itself
    form = soup(client.get(URL)).select_one("tbody form")
    page = client.post(form["action"], follow=True)
    assert "Surel akan dicoba lagi sekarang." in text(page, "body")
    outbox.deliver_due()
    assert [message.to for message in mail.outbox] == [["ibu@contoh.id"]]
    assert "Semua surel terkirim." in text(client.get(URL))
    assert "belum terkirim" not in text(client.get("/cms/kotak-masuk/"), "body")


def test_one_that_was_given_up_says_so_and_can_still_be_tried(client, failed):
    OutgoingMail.objects.update(given_up_at=failed.created_at)
    assert "dihentikan" in text(client.get(URL), "tbody tr")
    client.post(f"{URL}{failed.pk}/coba-lagi/")
    assert OutgoingMail.objects.due().get() == failed


@pytest.mark.parametrize("error", ["gaierror", "SMTPAuthenticationError", "SMTPRecipientsRefused", "SMTPDataError"])
def test_every_cause_is_said_in_indonesian(client, failed, error):
    OutgoingMail.objects.update(last_error=error)
    words = text(client.get(URL), "td.cell-last_error")
    assert f"({error})" in words
    assert words.split(":")[-1].strip() != f"({error})"
    assert any(word in words for word in ("surel", "Alamat"))


def test_is_tried_by_pressing_only(client, failed):
    assert client.get(f"{URL}{failed.pk}/coba-lagi/").status_code == 405
    assert client.post(f"{URL}0/coba-lagi/").status_code == 404


def test_what_was_sent_is_not_tried_again(client, failed):
    outbox.retry_now(failed)
    outbox.deliver_due()
    assert client.post(f"{URL}{failed.pk}/coba-lagi/").status_code == 404


def test_a_reply_reaches_the_ticket_though_mail_is_down(client, failed, officer, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda message: 1 / 0)
    services.reply(failed.submission, "Jawaban.", by=officer)
    outbox.deliver_due()
    assert failed.submission.messages.count() == 1
    assert "surel belum terkirim" in text(client.get("/cms/kotak-masuk/"), ".inbox-warning")


def test_is_not_for_editors(editor, failed):
    client = signed_in(editor)
    assert client.get(URL).headers["Location"] == "/cms/"
    assert client.post(f"{URL}{failed.pk}/coba-lagi/").headers["Location"] == "/cms/"


def test_costs_the_same_for_2_and_20(client, failed, form_page):
    def fail(count):
        for _ in range(count):
            ticket = factories.make_ticket(form_page)
            OutgoingMail.objects.create(
                kind="receipt", submission=ticket, recipient="a@contoh.id", attempts=1, last_error="OSError"
            )

    fail(1)
    client.get(URL)
    few = queries(client, URL)
    fail(18)
    assert queries(client, URL) == few
