"""Two officers on one ticket (D7): B is warned, and his second save is refused with what A did."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from forms import services
from forms.enums import Status
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import hidden, signed_in, soup, text

pytestmark = pytest.mark.django_db

TYPED = "Jawaban B yang panjang\ndan <b>berharga</b>."


@pytest.fixture
def a(officer):
    """Officer A."""
    return officer


@pytest.fixture
def b(form_page):
    """Officer B."""
    return factories.make_staff(roles.OFFICER, "budi", forms=[form_page])


@pytest.fixture
def client(b):
    """B's browser."""
    return signed_in(b)


@pytest.fixture
def url(ticket):
    return f"/cms/tiket/{ticket.pk}/"


@pytest.fixture
def opened(client, url):
    """The page as B has opened it, before A does anything."""
    return client.get(url)


def send(client, opened, url, action, **values):
    """Press B's button, on the page he opened."""
    return client.post(f"{url}{action}/", {**hidden(opened, f"/{action}/"), **values})


class TestBanner:
    def test_names_the_colleague_who_holds_it(self, client, ticket, url, a):
        services.assign(ticket, a, by=a)
        assert "Tiket ini dipegang Petugas." in text(client.get(url), ".ticket-notice")

    def test_names_the_colleague_who_has_it_open_for_ten_minutes(self, client, url, a):
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            signed_in(a).get(url)
        with time_machine.travel(now + dt.timedelta(minutes=9), tick=False):
            assert "Petugas sedang membuka tiket ini" in text(client.get(url), ".ticket-notice")
        with time_machine.travel(now + dt.timedelta(minutes=20), tick=False):
            assert not soup(client.get(url)).select(".ticket-notice")

    def test_does_not_name_oneself(self, client, ticket, url, b):
        services.assign(ticket, b, by=b)
        client.get(url)
        assert not soup(client.get(url)).select(".ticket-notice")


class TestReply:
    def test_over_a_newer_reply_is_refused_and_shows_it(self, client, opened, ticket, url, a):
        services.reply(ticket, "Jawaban A.", by=a)
        page = send(client, opened, url, "balas", body=TYPED)
        assert page.status_code == 409
        changes = text(page, ".ticket-changes")
        assert "Belum disimpan" in changes
        assert "Jawaban A." in changes
        assert "Petugas · Status diubah: Baru → Diproses" in changes
        assert "Petugas · Balasan dikirim" in changes
        assert [message.body for message in ticket.messages.all()] == ["Jawaban A."]

    def test_keeps_what_was_typed_and_can_then_be_sent(self, client, opened, ticket, url, a):
        services.reply(ticket, "Jawaban A.", by=a)
        page = send(client, opened, url, "balas", body=TYPED)
        assert soup(page).select_one("#reply_body").get_text().strip() == TYPED
        assert "Tulisan Anda masih ada di bawah." in text(page, ".ticket-changes")
        again = client.post(f"{url}balas/", {**hidden(page, "/balas/"), "body": TYPED})
        assert again.status_code == 302
        assert [message.body for message in ticket.messages.all()] == ["Jawaban A.", TYPED]

    def test_over_an_edited_one_shows_what_it_said_and_says(self, client, ticket, url, a):
        reply = services.reply(ticket, "Biayanya Rp 500.000.", by=a)
        services.edit_reply(reply, "Biayanya Rp 600.000.", by=a)
        opened = client.get(url)
        services.edit_reply(reply, "Biayanya Rp 1.000.000.", by=a)
        services.edit_reply(reply, "Biayanya Rp 1.800.000.", by=a)
        changes = text(send(client, opened, url, "balas", body=TYPED), ".ticket-changes")
        assert "Yang Anda baca: Biayanya Rp 600.000. Sekarang: Biayanya Rp 1.800.000." in changes
        assert "500.000" not in changes  # he never saw that
        assert "1.000.000" not in changes

    def test_shows_only_what_is_new(self, client, ticket, url, a):
        services.reply(ticket, "Sudah dibaca B.", by=a)
        services.assign(ticket, a, by=a, note="Pesan yang sudah dibaca B.")
        opened = client.get(url)
        services.add_note(ticket, "Catatan A yang baru.", by=a)
        changes = text(send(client, opened, url, "balas", body=TYPED), ".ticket-changes")
        assert "Catatan A yang baru." in changes
        assert "dibaca B" not in changes
        assert "Disposisi" not in changes

    def test_over_words_of_the_visitor_is_refused(self, client, opened, ticket, url):
        services.add_information(ticket, "Ternyata NIB saya sudah ada.")
        page = send(client, opened, url, "balas", body=TYPED)
        assert page.status_code == 409
        assert "Ternyata NIB saya sudah ada." in text(page, ".ticket-changes")

    def test_on_a_ticket_closed_meanwhile_keeps_the_words_to_be_copied(self, client, opened, ticket, url, a):
        services.move(ticket, Status.REJECTED, by=a, reason="Di luar layanan.")
        page = send(client, opened, url, "balas", body=TYPED)
        assert page.status_code == 409
        assert not soup(page).select("#reply_body")
        assert "Jawaban B yang panjang dan <b>berharga</b>." in text(page, ".own-words")
        assert "Di luar layanan." in text(page, ".ticket-changes")

    def test_after_a_mere_look_of_a_colleague_is_sent(self, client, opened, ticket, url, a):
        signed_in(a).get(url)
        assert send(client, opened, url, "balas", body=TYPED).status_code == 302

    def test_pressed_twice_is_one_reply(self, client, opened, ticket, url):
        first = send(client, opened, url, "balas", body=TYPED)
        second = client.post(f"{url}balas/", {**hidden(opened, "/balas/"), "body": TYPED}, follow=True)
        assert first.status_code == 302
        assert second.status_code == 200
        assert "Balasan terkirim" in text(second, "body")
        assert ticket.messages.count() == 1

    def test_the_same_words_of_a_colleague_are_no_second_press(self, client, opened, ticket, url, a):
        services.reply(ticket, TYPED, by=a)
        assert send(client, opened, url, "balas", body=TYPED).status_code == 409

    def test_a_broken_mark_of_what_was_seen_shows_everything(self, client, opened, ticket, url, a):
        services.reply(ticket, "Jawaban A.", by=a)
        for seen in ("", "x", "1.2", f"{'9' * 40}.1.1", "-1.0.0"):
            page = send(client, opened, url, "balas", body=TYPED, seen=seen)
            assert page.status_code == 409
            assert "Jawaban A." in text(page, ".ticket-changes")


class TestEditedReply:
    @pytest.fixture
    def reply(self, ticket, a):
        return services.reply(ticket, "Biayanya Rp 500.000.", by=a)

    @pytest.fixture
    def edit(self, reply):
        return f"balasan/{reply.pk}"

    @pytest.fixture
    def opened(self, client, url, edit):
        """The form in which B changes A's reply."""
        return client.get(f"{url}{edit}/")

    def test_over_a_newer_wording_is_refused_with_both(self, client, opened, reply, url, edit, a):
        services.edit_reply(reply, "Biayanya Rp 1.800.000.", by=a)
        page = send(client, opened, url, edit, body=TYPED)
        assert page.status_code == 409
        changes = text(page, ".ticket-changes")
        assert "Yang Anda baca: Biayanya Rp 500.000. Sekarang: Biayanya Rp 1.800.000." in changes
        reply.refresh_from_db()
        assert reply.body == "Biayanya Rp 1.800.000."

    def test_offers_the_same_form_again(self, client, opened, reply, url, edit, a):
        services.edit_reply(reply, "Biayanya Rp 1.800.000.", by=a)
        page = send(client, opened, url, edit, body=TYPED)
        form = soup(page).select_one(f'form[action$="/{edit}/"]')
        assert form.textarea.get_text().strip() == TYPED
        assert "Simpan perubahan" in form.get_text()
        client.post(f"{url}{edit}/", {**hidden(page, f"/{edit}/"), "body": TYPED})
        reply.refresh_from_db()
        assert reply.body == TYPED
        assert [revision.body for revision in reply.revisions.all()] == [
            "Biayanya Rp 500.000.",
            "Biayanya Rp 1.800.000.",
        ]

    def test_pressed_twice_is_one_edit(self, client, opened, reply, url, edit):
        send(client, opened, url, edit, body=TYPED)
        assert send(client, opened, url, edit, body=TYPED).status_code == 302
        assert reply.revisions.count() == 1

    def test_an_empty_one_is_refused_in_its_form(self, client, opened, url, edit):
        page = send(client, opened, url, edit, body=" ")
        assert page.status_code == 422
        assert "Balasan belum diisi." in text(page, f'form[action$="/{edit}/"]')


class TestMove:
    def test_over_a_colleagues_is_refused(self, client, opened, ticket, url, a):
        services.move(ticket, Status.IN_PROGRESS, by=a)
        page = send(client, opened, url, "status", target="spam")
        assert page.status_code == 409
        assert "Petugas · Status diubah: Baru → Diproses" in text(page, ".ticket-changes")
        ticket.refresh_from_db()
        assert ticket.status == Status.IN_PROGRESS

    def test_keeps_the_reason(self, client, opened, ticket, url, a):
        services.add_note(ticket, "Catatan A.", by=a)
        page = send(client, opened, url, "status", target="ditolak", reason="Alasan B.")
        assert page.status_code == 409
        assert soup(page).select_one(".move details[open] textarea").get_text().strip() == "Alasan B."

    def test_shows_the_reason_when_it_can_no_longer_be_given(self, client, opened, ticket, url, a):
        services.reply(ticket, "Jawaban A.", by=a)  # what is answered is not rejected any more
        page = send(client, opened, url, "status", target="ditolak", reason="Alasan B.")
        assert "Alasan B." in text(page, ".own-words")

    def test_pressed_twice_is_one_move(self, client, opened, ticket, url):
        send(client, opened, url, "status", target="diproses")
        assert send(client, opened, url, "status", target="diproses").status_code == 302
        assert ticket.events.filter(kind="moved").count() == 1

    def test_the_same_move_of_a_colleague_is_shown(self, client, opened, ticket, url, a):
        services.move(ticket, Status.IN_PROGRESS, by=a)
        assert send(client, opened, url, "status", target="diproses").status_code == 409


class TestAssign:
    def test_over_a_colleagues_is_refused_and_keeps_the_note(self, client, opened, ticket, url, a, b):
        services.assign(ticket, a, by=a)
        page = send(client, opened, url, "disposisi", officer=b.pk, note="Saya saja.")
        assert page.status_code == 409
        assert "Petugas · Disposisi: belum ada → Petugas" in text(page, ".ticket-changes")
        assert soup(page).select_one("#assign_note").get_text().strip() == "Saya saja."
        assert soup(page).select_one("#assign_officer option[selected]")["value"] == str(b.pk)
        ticket.refresh_from_db()
        assert ticket.assignee == a

    def test_pressed_twice_is_one(self, client, opened, ticket, url, b):
        send(client, opened, url, "disposisi", officer=b.pk, note="Saya saja.")
        assert send(client, opened, url, "disposisi", officer=b.pk, note="Saya saja.").status_code == 302
        assert ticket.messages.count() == 1


def test_a_note_is_saved_whatever_happened(client, opened, ticket, url, a):
    services.reply(ticket, "Jawaban A.", by=a)
    assert client.post(f"{url}catatan/", {"body": "Catatan B."}).status_code == 302
    assert ticket.messages.filter(body="Catatan B.").exists()


def test_what_changed_is_shown_as_text(client, opened, ticket, url, a):
    services.reply(ticket, "<img src=x onerror=alert(1)>", by=a)
    assert not soup(send(client, opened, url, "balas", body=TYPED)).select("[onerror]")
