"""Mail leaves after the change is certain, in a real SMTP conversation; a dead server loses and delays nothing else."""

from __future__ import annotations

import datetime as dt
import email.policy
import socket
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forms import outbox, services
from forms.enums import EventKind
from forms.models import OutgoingMail, Submission, SubmissionEvent
from forms.models.mail import MailKind
from tests import factories

NOTIFIED = "loket@example.id"
VISITOR = "pemohon@example.id"
QUESTION = "Rahasia dagang saya: resep warna soga."


class Mailbox:
    """What the SMTP server has taken; it refuses the addresses in `refused`."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], EmailMessage]] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802 - aiosmtpd names it
        if address in self.refused:
            return f"550 no such mailbox: {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope: Envelope) -> str:  # noqa: N802 - as above
        self.received.append(
            (envelope.rcpt_tos, BytesParser(policy=email.policy.default).parsebytes(envelope.original_content))
        )
        return "250 OK"

    def recipients(self) -> list[str]:
        """Every address that got something, in order."""
        return [address for addresses, _ in self.received for address in addresses]


@pytest.fixture
def port(settings) -> int:
    """A port on which nothing listens yet, and which Django sends its mail to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", number, 2
    return number


@pytest.fixture
def mailbox(port) -> Iterator[Mailbox]:
    """A server that listens there."""
    yield from _serve(port)


def _serve(port: int) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def told_form(form_page):
    """The HAKI form, with somebody who is told of new tickets."""
    form_page.notify_emails = NOTIFIED
    form_page.save_revision().publish()
    return form_page


@pytest.fixture
def told_ticket(told_form) -> Submission:
    """A ticket that promises two mails: to the office and to the visitor."""
    return factories.make_ticket(told_form, Email=VISITOR, Pertanyaan=QUESTION)


def texts(mailbox: Mailbox) -> str:
    """Everything that was sent, headers and bodies."""
    return "\n".join(f"{message.as_string()}\n{message.get_content()}" for _, message in mailbox.received)


class TestServerUp:
    def test_each_address_gets_one_mail_however_often_the_worker_looks(self, told_ticket, mailbox):
        assert outbox.deliver_due() == 2
        assert outbox.deliver_due() == 0
        assert sorted(mailbox.recipients()) == sorted([NOTIFIED, VISITOR])
        assert not OutgoingMail.objects.filter(sent_at=None).exists()

    def test_mail_holds_number_and_link_but_no_answer(self, told_ticket, mailbox):
        outbox.deliver_due()
        sent = texts(mailbox)
        assert told_ticket.reference in sent
        assert settings.BASE_URL + "/kalindri/lacak/t/" in sent
        for private in (QUESTION, "Ibu Contoh", "Batik Contoh", "Jl. Contoh"):
            assert private not in sent

    def test_every_kind_of_mail_can_be_written(self, told_ticket, officer, mailbox):
        OutgoingMail.objects.all().delete()
        for kind in MailKind:
            outbox.queue(told_ticket, kind, [VISITOR])
        assert outbox.deliver_due() == len(MailKind)
        for _, message in mailbox.received:
            assert told_ticket.reference in message["Subject"] + message.get_content()
            assert message["Auto-Submitted"] == "auto-generated"

    def test_a_reply_is_announced_to_the_visitor_only(self, told_ticket, officer, mailbox):
        OutgoingMail.objects.all().delete()
        services.reply(told_ticket, "Nama itu masih dapat didaftarkan.", by=officer)
        outbox.deliver_due()
        assert mailbox.recipients() == [VISITOR]
        assert "Nama itu masih" not in texts(mailbox)

    def test_same_address_twice_and_no_address_are_one_and_none(self, ticket):
        OutgoingMail.objects.all().delete()
        outbox.queue(ticket, MailKind.ADDED, [NOTIFIED, "", NOTIFIED])
        assert [mail.recipient for mail in OutgoingMail.objects.all()] == [NOTIFIED]


class TestServerDown:
    def test_ticket_stands_and_the_mail_waits_with_its_error(self, told_ticket, port):
        assert outbox.deliver_due() == 0
        tried = OutgoingMail.objects.get(attempts=1)
        assert tried.sent_at is None
        assert tried.last_error == "ConnectionRefusedError"
        assert tried in OutgoingMail.objects.troubled()
        assert Submission.objects.filter(pk=told_ticket.pk).exists()

    def test_staff_read_it_in_the_history_once(self, told_ticket, port):
        for _ in range(3):
            OutgoingMail.objects.update(next_attempt_at=timezone.now())
            outbox.deliver_due()
        failed = SubmissionEvent.objects.filter(submission=told_ticket, kind=EventKind.MAIL_FAILED)
        assert failed.count() == OutgoingMail.objects.filter(attempts__gt=0).count()

    def test_one_failure_ends_the_round(self, told_ticket, port):
        """So that a silent server, at ten seconds a mail, does not hold up the other work."""
        outbox.deliver_due()
        assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 1]

    def test_waits_longer_each_time_and_gives_up_in_the_end(self, told_ticket, port):
        mail = OutgoingMail.objects.get(recipient=VISITOR)
        OutgoingMail.objects.exclude(pk=mail.pk).delete()
        waits = []
        with time_machine.travel(timezone.now(), tick=False) as clock:
            while mail.given_up_at is None:
                outbox.deliver_due()
                mail.refresh_from_db()
                waits.append(mail.next_attempt_at - timezone.now())
                clock.move_to(max(mail.next_attempt_at, timezone.now()))
        assert waits[:-1] == outbox.BACKOFF
        assert mail.attempts == len(outbox.BACKOFF) + 1
        assert outbox.deliver_due() == 0

    def test_is_delivered_once_when_the_server_is_back(self, told_ticket, port):
        outbox.deliver_due()
        for mailbox in _serve(port):
            with time_machine.travel(timezone.now() + dt.timedelta(minutes=2), tick=True):
                assert outbox.deliver_due() == 2
                assert outbox.deliver_due() == 0
            assert sorted(mailbox.recipients()) == sorted([NOTIFIED, VISITOR])
        assert not OutgoingMail.objects.troubled().exists()

    def test_staff_can_have_it_tried_again_at_once(self, told_ticket, port):
        outbox.deliver_due()
        OutgoingMail.objects.update(given_up_at=timezone.now())
        for mailbox in _serve(port):
            assert outbox.deliver_due() == 0
            for mail in OutgoingMail.objects.all():
                outbox.retry_now(mail)
            outbox.deliver_due()
            assert sorted(mailbox.recipients()) == sorted([NOTIFIED, VISITOR])


def test_a_silent_server_is_left_after_the_timeout(told_ticket, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.2
    started = time.monotonic()
    with socket.socket() as silent:  # takes the connection, never says a word
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        outbox.deliver_due()
    assert time.monotonic() - started < 5
    assert OutgoingMail.objects.get(attempts=1).last_error == "SMTPServerDisconnected"


def test_a_refused_address_is_not_repeated_in_error_or_log_and_blocks_nobody(told_ticket, mailbox, caplog):
    mailbox.refused = {NOTIFIED}
    for _ in range(2):  # the refusal ends the first round
        outbox.deliver_due()
    refused = OutgoingMail.objects.get(recipient=NOTIFIED)
    assert refused.last_error == "SMTPRecipientsRefused"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("forms")]
    assert len(ours) == 1
    assert NOTIFIED not in ours[0]
    assert mailbox.recipients() == [VISITOR]


def test_what_is_rolled_back_sends_nothing(told_form, mailbox):
    with transaction.atomic():
        factories.make_ticket(told_form, Email=VISITOR)
        transaction.set_rollback(True)
    assert outbox.deliver_due() == 0
    assert mailbox.received == []


def test_two_workers_never_send_the_same_mail(told_ticket, mailbox, monkeypatch):
    """The second looks at the list while the first is still sending."""
    deliver = outbox._deliver

    def deliver_while_another_looks(mail):
        monkeypatch.setattr(outbox, "_deliver", deliver)
        outbox.deliver_due()
        return deliver(mail)

    monkeypatch.setattr(outbox, "_deliver", deliver_while_another_looks)
    outbox.deliver_due()
    assert sorted(mailbox.recipients()) == sorted([NOTIFIED, VISITOR])


def test_a_mail_whose_worker_died_is_sent_after_the_lease(told_ticket, mailbox):
    OutgoingMail.objects.exclude(recipient=VISITOR).delete()
    assert outbox._claim(OutgoingMail.objects.get().pk) is not None
    assert outbox.deliver_due() == 0
    with time_machine.travel(timezone.now() + outbox.LEASE, tick=True):
        assert outbox.deliver_due() == 1
    assert mailbox.recipients() == [VISITOR]


def test_stops_between_two_mails_when_asked(told_ticket, mailbox):
    assert outbox.deliver_due(stopping=lambda: bool(mailbox.received)) == 1
    assert len(mailbox.received) == 1
