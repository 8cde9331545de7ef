"""What a visitor adds to his ticket on the status page: text and photos, kept, private, and back in the queue."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from forms import services
from forms.models import Attachment, Message, OutgoingMail
from forms.views.track import TICKET_COOKIE_AGE_S
from siptenan.accounts import roles
from siptenan.accounts.models import User
from tests.factories import make_ticket
from tests.forms.visitors import TICKET, add, opened, page_of

TRACK = "/kalindri/lacak/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(ticket) -> Client:
    """A browser that has opened `ticket` by its link."""
    return opened(ticket)


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", size, "#a04020").save(buffer, kind)
    return SimpleUploadedFile(f"foto.{kind.lower()}", buffer.getvalue())


def told() -> list[str]:
    """Whom the mails of additions go to."""
    return list(OutgoingMail.objects.filter(kind="added").values_list("recipient", flat=True))


def test_text_and_photo_are_added_and_the_ticket_is_back_in_the_queue(ticket, officer, visitor):
    """C6."""
    services.reply(ticket, "Silakan.", by=officer)
    response = add(visitor, "Ini foto etiketnya. 👩‍🏭", photo=photo("PNG", (2_400, 1_200)))
    assert (response.status_code, response["Location"]) == (303, f"{TICKET}?terkirim=1")
    page = page_of(visitor.get(response["Location"]))
    assert "Keterangan Anda sudah masuk" in page.get_text()
    message = page.select(".thread .message")[-1]
    assert "Ini foto etiketnya. 👩‍🏭" in message.get_text()
    shown = visitor.get(message.img["src"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in shown["Cache-Control"]
    assert Image.open(BytesIO(b"".join(shown.streaming_content))).size == (1_600, 800)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.has_news) == ("diproses", True)
    assert [event.kind for event in ticket.events.all()][-2:] == ["added", "moved"]
    assert told() == [officer.email]


@pytest.mark.parametrize(
    "why", ["left", "without an address", "another form", "another role"], ids=lambda why: why.replace(" ", "_")
)
def test_who_no_longer_answers_the_ticket_swallows_no_alert(ticket, form_page, officer, visitor, why):
    form_page.notify_emails = "kantor@contoh.id"
    form_page.save_revision().publish()
    services.assign(ticket, officer, by=officer)
    if why == "left":
        User.objects.filter(pk=officer.pk).update(is_active=False)
    elif why == "without an address":
        User.objects.filter(pk=officer.pk).update(email="")
    elif why == "another form":
        officer.assigned_forms.clear()
    else:
        officer.groups.set([Group.objects.get(name=roles.EDITOR)])
    add(visitor, "Masih ada satu hal.")
    assert told() == ["kantor@contoh.id"]


def test_the_head_who_holds_a_ticket_is_told_without_being_given_its_form(ticket, admin, visitor):
    services.assign(ticket, admin, by=admin)
    add(visitor, "Masih ada satu hal.")
    assert told() == [admin.email]


def test_a_photo_is_served_to_its_own_ticket_only(ticket, form_page, visitor):
    add(visitor, "Foto.", photo=photo())
    url = f"{TICKET}foto/{Attachment.objects.get().pk}/"
    assert b"".join(visitor.get(url).streaming_content).startswith(b"\xff\xd8")
    assert opened(make_ticket(form_page)).get(url).status_code == 404
    assert Client().get(url)["Location"] == TRACK
    assert visitor.get(f"{TICKET}foto/3f0b1b1e-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("foto.jpg", b"<?php"), "Berkas ini bukan foto yang dapat dibaca."),
        (SimpleUploadedFile("foto.jpg", b""), "Berkas foto ini kosong."),
        (SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff" + b"0" * 500), "foto"),
        (SimpleUploadedFile("foto.jpg", b"0" * (15 * 1024 * 1024 + 1)), "padahal batasnya 15 MB"),
    ],
    ids=["no photo", "0 bytes", "broken", "too large"],
)
def test_a_bad_photo_is_refused_at_its_field_and_the_text_is_kept(ticket, visitor, upload, words):
    upload.seek(0)
    response = add(visitor, "Teks yang panjang.", photo=upload)
    assert response.status_code == 422
    page = page_of(response)
    assert words in page.select_one("#id_photo_error").get_text()
    assert page.select_one("[name=text]").get_text().strip() == "Teks yang panjang."
    assert Message.objects.count() == Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Keterangan tambahan belum diisi."),
        ("  \n", "Keterangan tambahan belum diisi."),
        ("a\0b", "Karakter nol tidak diizinkan."),
        ("x" * 1_000_000, "Keterangan tambahan terlalu panjang: paling banyak 5000 huruf, sekarang 1000000."),
    ],
)
def test_a_bad_text_is_refused_at_its_field(ticket, visitor, text, words):
    response = add(visitor, text)
    assert response.status_code == 422
    assert words in page_of(response).select_one("#id_text_error").get_text()
    assert Message.objects.count() == 0


def test_a_second_press_adds_nothing(ticket, visitor):
    token = page_of(visitor.get(TICKET)).select_one("[name=token]")["value"]
    for _ in range(2):
        visitor.post(TICKET, {"token": token, "text": "Sekali saja.", "photo": photo()})
    assert Message.objects.count() == Attachment.objects.count() == 1
    visitor.post(TICKET, {"token": token, "text": "Sekali saja.", "photo": photo(size=(10, 10))})
    assert Message.objects.count() == 2


@pytest.mark.parametrize("token", ["", "forged", "\0"])
def test_a_form_that_is_not_ours_adds_nothing(ticket, visitor, token):
    """A page elsewhere cannot write into a ticket that is open in this browser."""
    response = visitor.post(TICKET, {"token": token, "text": "Dari situs lain"})
    assert response.status_code == 422
    assert page_of(response).select_one("[name=text]").get_text().strip() == "Dari situs lain"
    assert Message.objects.count() == 0


def test_the_form_of_one_ticket_adds_nothing_to_another(ticket, form_page, visitor):
    token = page_of(opened(make_ticket(form_page)).get(TICKET)).select_one("[name=token]")["value"]
    assert visitor.post(TICKET, {"token": token, "text": "Salah alamat"}).status_code == 422
    assert Message.objects.count() == 0


def test_text_typed_after_the_page_has_closed_itself_is_not_lost(ticket, visitor):
    token = page_of(visitor.get(TICKET)).select_one("[name=token]")["value"]
    with time_machine.travel(time.time() + TICKET_COOKIE_AGE_S + 60):
        response = visitor.post(TICKET, {"token": token, "text": "Ditulis <lama> sekali."})
    assert response.status_code == 422
    assert "Ditulis <lama> sekali." in page_of(response).select_one(".notice").get_text()


@pytest.mark.usefixtures("_one_window")
def test_additions_are_limited(ticket, visitor):
    statuses = [add(visitor, f"Keterangan {number}").status_code for number in range(21)]
    assert statuses == [303] * 20 + [429]


def test_what_a_visitor_adds_to_a_finished_ticket_opens_it_again(ticket, officer, visitor):
    services.move(ticket, "ditolak", by=officer, reason="Bukan layanan kami.")
    add(visitor, "Mohon dilihat lagi.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.closed_at) == ("diproses", None)


def test_a_spam_ticket_stays_in_its_tray(ticket, officer, visitor):
    services.move(ticket, "spam", by=officer)
    add(visitor, "Saya bukan robot.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.has_news) == ("spam", True)
