"""The page of one ticket: answering, moving, assigning, and everything dated and signed (D2 D3 D5 E1 C2 C3 X2)."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from forms import outbox, procedures, references, rendering, services
from forms.enums import CLOSED, MOVES, REASON_REQUIRED, Status
from forms.models import Attachment, Submission
from siptenan.accounts import roles
from siptenan.common.photos import sanitise_photo
from tests import factories
from tests.forms.officers import hidden, many, queries, signed_in, soup, text

NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)  # Monday, 10.00 WIB

CONSULTATION = procedures.get("konsultasi")

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(officer, ticket):
    return signed_in(officer)


@pytest.fixture
def url(ticket):
    return f"/cms/tiket/{ticket.pk}/"


@pytest.fixture
def colleague(form_page):
    """Officer B."""
    return factories.make_staff(roles.OFFICER, "budi", forms=[form_page])


def act(client, url, action, **values):
    """Press a button as it stands on the page now."""
    page = client.get(url)
    return client.post(f"{url}{action}/", {**hidden(page, f"/{action}/"), **values}, follow=True)


def status_page(ticket) -> str:
    """What the visitor reads behind his link."""
    ticket.refresh_from_db()
    response = Client().get(f"/kalindri/lacak/t/{ticket.link_secret}/", follow=True)
    assert response.status_code == 200
    return text(response, "body")


class TestReply:
    def test_two_presses_from_the_dashboard_to_the_visitor(self, client, ticket, url):
        dashboard = client.get("/cms/")
        link = soup(dashboard).select_one(".tickets-panel li a")
        assert link["href"] == url
        page = act(client, link["href"], "balas", body="Silakan daftar lewat klinik kami.")
        assert "Balasan terkirim" in text(page, "body")
        assert "Silakan daftar lewat klinik kami." in text(page, ".entry-reply")
        assert "Silakan daftar lewat klinik kami." in status_page(ticket)
        ticket.refresh_from_db()
        assert ticket.status == Status.ANSWERED
        assert str(ticket.assignee) == "Petugas"

    @pytest.mark.parametrize("body", ["", "   \n ", "x" * 10_001, "a\0b"])
    def test_a_wrong_one_says_what_to_mend_and_keeps_it(self, client, ticket, url, body):
        page = act(client, url, "balas", body=body)
        assert page.status_code == 422
        box = soup(page).select_one("#reply_body")
        assert box["aria-invalid"] == "true"
        assert soup(page).select_one(f"#{box['aria-describedby']}").get_text(strip=True)
        assert box.get_text().strip() == body.strip()
        assert not ticket.messages.exists()

    def test_without_a_version_is_refused_in_words(self, client, ticket, url):
        page = client.post(f"{url}balas/", {"body": "Jawaban"})
        assert page.status_code == 422
        assert "Halaman ini sudah usang" in text(page)
        assert "Jawaban" in text(page, "#reply_body")
        assert not ticket.messages.exists()

    def test_is_not_offered_once_closed(self, client, ticket, url, officer):
        page = client.get(url)
        services.move(ticket, Status.REJECTED, by=officer, reason="Di luar layanan.")
        assert not soup(client.get(url)).select('form[action$="/balas/"]')
        ticket.refresh_from_db()
        fields = {**hidden(page, "/balas/"), "version": ticket.version, "body": "Terlambat"}
        assert "sudah ditutup" in text(client.post(f"{url}balas/", fields, follow=True), "body")
        assert not ticket.messages.filter(body="Terlambat").exists()

    def test_is_shown_as_text(self, client, ticket, url):
        page = act(client, url, "balas", body="<script>alert(1)</script>")
        assert "<script>alert(1)" not in page.content.decode()
        assert "<script>alert(1)</script>" in text(page, ".entry-reply")

    def test_edited_keeps_its_versions_and_the_visitor_sees_it_was_edited(self, client, ticket, url, officer):
        reply = services.reply(ticket, "Biayanya Rp 500.000.", by=officer)
        edit = f"balasan/{reply.pk}"
        form = client.get(f"{url}{edit}/")
        assert "Biayanya Rp 500.000." in text(form, "#reply_body")
        fields = {**hidden(form, f"/{edit}/"), "body": "Biayanya Rp 1.800.000."}
        page = client.post(f"{url}{edit}/", fields, follow=True)
        assert "Biayanya Rp 500.000." in text(page, ".entry-reply blockquote")
        assert "Balasan diubah" in text(page, ".ticket-history")
        public = status_page(ticket)
        assert "Biayanya Rp 1.800.000." in public
        assert "Biayanya Rp 500.000." not in public
        assert "diubah" in public

    def test_of_another_ticket_cannot_be_edited_through_this_one(self, client, ticket, url, officer):
        other = factories.make_ticket(ticket.form)
        reply = services.reply(other, "Jawaban lain.", by=officer)
        note = services.add_note(ticket, "Catatan.", by=officer)
        assert client.get(f"{url}balasan/{reply.pk}/").status_code == 404
        assert client.get(f"{url}balasan/{note.pk}/").status_code == 404  # only replies are edited


class TestMoves:
    @pytest.mark.parametrize("current", list(MOVES))
    def test_only_allowed_ones_are_buttons(self, client, ticket, url, current):
        Submission.objects.filter(pk=ticket.pk).update(status=current)
        page = soup(client.get(url))
        forms = page.select('form[action$="/status/"]')
        assert [form.select_one("[name=target]")["value"] for form in forms] == list(MOVES[current])
        assert [form.button.get_text(strip=True) for form in forms] == [
            CONSULTATION.move_label(current, to) for to in MOVES[current]
        ]
        assert bool(page.select('form[action$="/balas/"]')) == (current not in CLOSED)

    @pytest.mark.parametrize("current", list(MOVES))
    def test_others_are_refused_in_words(self, client, ticket, url, current):
        Submission.objects.filter(pk=ticket.pk).update(status=current)
        for target in Status:
            if CONSULTATION.can_move(current, target):
                continue
            page = client.post(f"{url}status/", {"target": target, "version": ticket.version}, follow=True)
            assert f"berstatus {current.label} tidak dapat langsung menjadi {target.label}" in text(page, "body")
        ticket.refresh_from_db()
        assert ticket.status == current
        assert not ticket.events.filter(kind="moved").exists()

    def test_the_whole_way_is_dated_and_signed(self, officer, ticket, url):
        way = ["diproses", "menunggu_pemohon", "diproses", "dijawab", "selesai", "diproses"]
        with time_machine.travel(NOW, tick=False):
            client = signed_in(officer)
        for hour, target in enumerate(way):
            with time_machine.travel(NOW + dt.timedelta(hours=hour), tick=False):
                page = act(client, url, "status", target=target)
        history = text(page, ".ticket-history")
        for words in (
            "23/11/2026 10.00 · Petugas Status diubah: Baru → Diproses",
            "23/11/2026 11.00 · Petugas Status diubah: Diproses → Menunggu pemohon",
            "23/11/2026 12.00 · Petugas Status diubah: Menunggu pemohon → Diproses",
            "23/11/2026 13.00 · Petugas Status diubah: Diproses → Dijawab",
            "23/11/2026 14.00 · Petugas Status diubah: Dijawab → Selesai",
            "23/11/2026 15.00 · Petugas Status diubah: Selesai → Diproses",
        ):
            assert words in history

    def test_a_rejection_asks_for_a_reason_that_the_visitor_reads(self, client, ticket, url):
        assert set(REASON_REQUIRED) == {Status.REJECTED}
        page = act(client, url, "status", target="ditolak", reason="  ")
        assert "Tulis alasan penolakan" in text(page, "body")
        ticket.refresh_from_db()
        assert ticket.status == Status.NEW
        act(client, url, "status", target="ditolak", reason="Di luar wilayah layanan.")
        assert "Di luar wilayah layanan." in status_page(ticket)

    @pytest.mark.parametrize("target", ["", "bogus", "BARU", "<b>"])
    def test_what_is_no_status_is_refused(self, client, ticket, url, target):
        assert "Pilih status yang tersedia." in text(act(client, url, "status", target=target), "body")

    def test_waiting_stops_the_clock_and_says_so(self, client, ticket, url, officer):
        services.move(ticket, Status.IN_PROGRESS, by=officer)
        page = act(client, url, "status", target="menunggu_pemohon")
        assert "Jam berhenti selama menunggu pemohon" in text(page, ".zone-facts")


class TestAssign:
    def test_b_finds_it_is_told_and_history_keeps_both(self, client, ticket, url, officer, colleague):
        services.assign(ticket, officer, by=officer)
        page = act(client, url, "disposisi", officer=colleague.pk, note="Tolong cek kelas 25.")
        assert "Petugas → Budi" in text(page, ".ticket-history")
        assert "Tolong cek kelas 25." in text(page, ".entry-note")

        theirs = signed_in(colleague)
        assert ticket.reference in text(theirs.get("/cms/kotak-masuk/tugas-saya/"))
        assert ticket.reference in text(theirs.get("/cms/"), ".ticket-group:first-child")
        outbox.deliver_due()
        told = next(message for message in mail.outbox if message.to == [colleague.email])
        assert ticket.reference in told.subject + told.body
        assert f"/cms/tiket/{ticket.pk}/" in told.body
        assert "kelas 25" not in told.body

    def test_only_officers_of_the_form_are_offered(self, client, ticket, url, colleague, editor, admin):
        other = factories.make_form("lain", title="Lain", ticket_prefix="LAIN")
        stranger = factories.make_staff(roles.OFFICER, "asing", forms=[other])
        left = factories.make_staff(roles.OFFICER, "pindah", forms=[ticket.form], is_active=False)
        offered = text(client.get(url), "#assign_officer")
        assert offered == "Belum ada petugas Admin Budi Petugas"
        for nobody in (stranger.pk, left.pk, editor.pk, 0, "x", "9" * 30):
            page = act(client, url, "disposisi", officer=nobody)
            assert page.status_code == 422
            assert "Pilih petugas yang menangani formulir ini." in text(page)
        ticket.refresh_from_db()
        assert ticket.assignee is None

    def test_taken_back(self, client, ticket, url, colleague):
        services.assign(ticket, colleague, by=colleague)
        page = act(client, url, "disposisi", officer="")
        assert "Budi → belum ada" in text(page, ".ticket-history")


class TestNotesAndLooks:
    def test_a_note_is_never_on_the_status_page(self, client, ticket, url):
        page = act(client, url, "catatan", body="Pemohon pernah ditolak tahun lalu.")
        assert "Pemohon pernah ditolak tahun lalu." in text(page, ".entry-note")
        public = status_page(ticket)
        assert "ditolak tahun lalu" not in public
        assert "Catatan" not in public
        assert "Petugas Status" not in public  # nor is the history

    def test_an_empty_note_is_refused(self, client, ticket, url):
        page = act(client, url, "catatan", body=" ")
        assert page.status_code == 422
        assert "Catatan belum diisi." in text(page, ".note-box[open]")

    def test_each_view_export_and_edit_is_listed_with_who_and_when(self, ticket, url, colleague, officer):
        with time_machine.travel(NOW, tick=False):
            client = signed_in(officer)
            signed_in(colleague).get(url)
        with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
            b"".join(client.get("/cms/kotak-masuk/?export=csv"))
        with time_machine.travel(NOW + dt.timedelta(minutes=7), tick=False):
            reply = services.reply(ticket, "Satu.", by=colleague)
            services.edit_reply(reply, "Dua.", by=officer)
            history = text(client.get(url), ".zone-facts")
        assert "23/11/2026 10.00 · Budi Tiket dilihat" in history
        assert "23/11/2026 10.05 · Petugas Ikut diekspor: csv" in history
        assert "23/11/2026 10.07 · Petugas Balasan diubah" in history


class TestWhatsApp:
    @pytest.fixture
    def ticket(self, form_page):
        """A ticket with a phone and no e-mail."""
        return factories.make_ticket(form_page, **{"Nomor WhatsApp": "+6281234567890"})

    def test_carries_number_and_link_only_and_is_logged(self, client, ticket, url):
        services.reply(ticket, "Jawaban rahasia.", by=factories.make_staff(roles.ADMIN, "kepala"))
        response = client.post(f"{url}whatsapp/")
        target = urlsplit(response.headers["Location"])
        assert (target.scheme, target.netloc, target.path) == ("https", "wa.me", "/6281234567890")
        [message] = parse_qs(target.query)["text"]
        ticket.refresh_from_db()
        assert ticket.reference in message
        assert rendering.status_url(ticket) in message
        for secret in ("merek", "Ibu Contoh", "Batik Contoh", "Jl. Contoh", "rahasia"):
            assert secret not in message
        page = client.get(url)
        assert "Petugas WhatsApp dibuka" in text(page, ".ticket-history")
        assert "Hasil kontak terakhir belum dicatat" in text(page)

    @pytest.mark.parametrize(("outcome", "label"), [("terkirim", "Terkirim"), ("tidak_aktif", "Nomor tidak aktif")])
    def test_its_outcome_is_recorded(self, client, ticket, url, outcome, label):
        client.post(f"{url}whatsapp/")
        page = client.post(f"{url}hasil-kontak/", {"outcome": outcome}, follow=True)
        assert f"Petugas Hasil kontak WhatsApp: {label}" in text(page, ".ticket-history")
        assert "Hasil kontak terakhir belum dicatat" not in text(page)

    def test_an_unknown_outcome_is_refused(self, client, ticket, url):
        page = client.post(f"{url}hasil-kontak/", {"outcome": "meledak"}, follow=True)
        assert "Pilih hasil kontak yang tersedia." in text(page, "body")

    def test_is_not_opened_by_a_link(self, client, ticket, url):
        assert client.get(f"{url}whatsapp/").headers["Location"] == url
        assert not ticket.events.filter(kind="whatsapp_opened").exists()

    def test_without_a_phone_it_says_so(self, client, form_page):
        url = f"/cms/tiket/{factories.make_ticket(form_page).pk}/"
        page = client.get(url)
        assert "Pemohon tidak memberi nomor WhatsApp." in text(page)
        assert not soup(page).select('form[action$="/whatsapp/"]')
        assert "tidak memberi nomor" in text(client.post(f"{url}whatsapp/", follow=True), "body")


class TestPin:
    def test_is_shown_once_and_kept_nowhere_in_clear(self, client, ticket, url):
        old_link = ticket.link_secret
        page = client.post(f"{url}pin/")
        pin = re.search(r"\b(\d{3}) (\d{3})\b", text(page, ".ticket-pin")).expand(r"\1\2")
        ticket.refresh_from_db()
        assert references.pin_matches(ticket.reference, pin, ticket.pin_hash)
        assert page.headers["Cache-Control"].startswith("no-store, private")
        assert pin not in str(Submission.objects.filter(pk=ticket.pk).values()) + str(ticket.events.values())
        assert pin not in str(dict(client.session)) + str(page.cookies)
        for again in (client.get(url), client.get(f"{url}pin/", follow=True)):
            assert pin not in again.content.decode().replace(" ", "")
        assert "Petugas PIN baru dibuat" in text(client.get(url), ".ticket-history")
        assert Client().get(f"/kalindri/lacak/t/{old_link}/").status_code == 404

    def test_opens_the_status_page(self, client, ticket, url):
        page = client.post(f"{url}pin/")
        pin = re.search(r"\d{3} \d{3}", text(page, ".ticket-pin"))[0]
        visitor = Client()
        found = visitor.post("/kalindri/lacak/", {"reference": ticket.reference, "pin": pin}, follow=True)
        assert "Batik Contoh" in text(found, "main")


class TestPage:
    def test_is_sealed_and_strict(self, client, url):
        response = client.get(url)
        assert response.headers["Cache-Control"].startswith("no-store, private")
        assert response.headers["Referrer-Policy"] == "same-origin"  # wa.me is told nothing, our own forms still work
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "https://wa.me" in policy
        page = soup(response)
        assert not page.select("[style], [onclick], [onsubmit], style")
        assert all(script.get("src") or script.get("type") == "application/json" for script in page.select("script"))

    def test_has_no_id_twice_and_a_label_for_each_box(self, client, url):
        page = soup(client.get(url)).select_one(".ticket")
        ids = [element["id"] for element in page.select("[id]")]
        assert len(ids) == len(set(ids))
        for box in page.select("textarea, select"):
            assert page.select_one(f'label[for="{box["id"]}"]'), box["name"]

    def test_costs_the_same_for_2_and_20_messages(self, client, ticket, url, officer):
        def talk(times):
            for _ in range(times):
                reply = services.reply(ticket, "Balasan.", by=officer)
                services.edit_reply(reply, f"Balasan {reply.pk}.", by=officer)
                services.add_note(ticket, "Catatan.", by=officer)
                services.add_information(ticket, "Keterangan.")

        talk(2)
        client.get(url)
        few = queries(client, url)
        talk(18)
        assert queries(client, url) == few
        assert few <= 25

    def test_an_action_that_is_only_looked_at_leads_to_the_ticket(self, client, ticket, url):
        """After signing in again, or Enter in the address bar."""
        for action in ("balas", "catatan", "status", "disposisi", "pin", "whatsapp", "hasil-kontak"):
            assert client.get(f"{url}{action}/").headers["Location"] == url

    def test_a_photo_of_the_visitor_is_shown_to_his_officer_only(self, client, ticket, url, colleague):
        picture = BytesIO()
        Image.new("RGB", (40, 30), "red").save(picture, "JPEG")
        photo = sanitise_photo(ContentFile(picture.getvalue()), max_bytes=1_000_000)
        services.add_information(ticket, "Ini fotonya.", photo)
        source = soup(client.get(url)).select_one(".entry img")["src"]
        response = client.get(source)
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["Cache-Control"].startswith("no-store, private")
        assert Image.open(BytesIO(b"".join(response))).size == (40, 30)
        other = factories.make_ticket(ticket.form)
        assert client.get(source.replace(f"/{ticket.pk}/", f"/{other.pk}/")).status_code == 404
        lost = Attachment.objects.get()
        lost.file.storage.delete(lost.file.name)
        assert client.get(source).status_code == 404

    def test_a_ticket_from_the_spam_tray_says_why_it_is_there(self, client, ticket, url):
        [spam] = many(ticket, 1, status=Status.SPAM, spam_reasons=["honeypot"])
        page = client.get(f"/cms/tiket/{spam.pk}/")
        assert "Ditandai spam:" in text(page)
        assert "Bukan spam" in text(page, ".zone-facts")
