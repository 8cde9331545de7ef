"""One renderer for everything that shows a ticket: receipt, status page, mail, inbox, print and export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageDraw, ImageFont

from forms import field_types
from forms.enums import ANSWERS, NEEDS_ACTION, EventKind, MessageKind, Status
from forms.models import Submission, Upload
from forms.questions import Question
from siptenan.common import phones
from siptenan.common.dates import format_datetime


@dataclass(frozen=True)
class Answer:
    """One answer as people read it."""

    key: str
    label: str
    value: str
    section: str = ""  # the title of the section that begins with it
    files: tuple[Upload, ...] = ()  # those of a question that asks for some
    group: str = ""  # the title of the copy of a repeated group that begins with it

    @property
    def leads_here(self) -> bool:
        """Whether it is an address of this site, which an officer may press; any other may lead anywhere."""
        return self.value.startswith(f"{settings.BASE_URL}/") and self.value.split() == [self.value]


def answers(submission: Submission, *, keep_empty: bool = False, for_officers: bool = False) -> list[Answer]:
    """Return the answers under the labels of their own time, from the snapshot; empty ones only if asked for."""
    shown: list[Answer] = []
    section = group = ""
    asked = submission.snapshot.question_list()
    stored = {str(upload.pk): upload for upload in _files(submission, asked)}
    for question in asked:
        kind = field_types.get(question.type)
        if question.type == "section":
            section, group = question.label, ""
        if question.type == "group":
            group = question.label
        value = field_types.shown(question, submission.answers, for_officers=for_officers)
        if kind.is_question and ((value and question.type != "hidden") or keep_empty):
            files = tuple(stored[pk] for pk in field_types.file_ids([question], submission.answers) if pk in stored)
            missing = len(field_types.file_ids([question], submission.answers)) - len(files)
            if missing and submission.pk:  # a preview shows a ticket that does not exist
                value = f"{value}, {missing} belum sampai"
            shown.append(Answer(question.key, question.label, value, section, files=files, group=group))
            section = group = ""
    return shown


def _files(submission: Submission, asked: list[Question]) -> Iterable[Upload]:
    return submission.uploads.all() if field_types.file_ids(asked, submission.answers) else ()


def status_url(submission: Submission) -> str:
    """Return the absolute address of the status page behind its secret link."""
    return settings.BASE_URL + reverse("track-link", args=[submission.link_secret])


def qr_svg(text: str) -> SafeString:
    """Return a QR code as inline SVG without style or script, as the content security policy asks."""
    svg = segno.make(text, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff")
    return mark_safe(svg)  # noqa: S308 - segno's own markup, of a URL that the server made


def qr_image(text: str, side: int) -> Image.Image:
    """Return a QR code as a square picture of `side` pixels."""
    buffer = BytesIO()
    segno.make(text, error="m").save(buffer, kind="png", scale=8, border=4)
    return Image.open(buffer).convert("RGB").resize((side, side), Image.Resampling.NEAREST)


STATUS_LEVELS = {
    Status.NEW: "info",
    Status.IN_PROGRESS: "info",
    Status.WAITING: "warn",
    Status.ANSWERED: "ok",
    Status.DONE: "ok",
    Status.REJECTED: "error",
    Status.SPAM: "info",
    Status.EXAMINED: "info",
    Status.NEEDS_CORRECTION: "warn",
    Status.APPROVED: "ok",
}
# To a visitor, a ticket in the spam tray has just been received.
VISITOR_LABELS = {
    Status.NEW: "Diterima",
    Status.SPAM: "Diterima",
    Status.WAITING: "Menunggu keterangan Anda",
    Status.NEEDS_CORRECTION: "Perlu Anda perbaiki",
}


def for_visitor(submission: Submission) -> dict:
    """Return what the status page shows: never a note, an officer's name or the history."""
    messages = submission.messages.for_visitor().prefetch_related("attachments")
    # The promise was for the first answer; a ticket that is opened again has none.
    promised = submission.status in (*NEEDS_ACTION, Status.SPAM) and submission.first_answered_at is None
    status = Status(submission.status)
    return {
        "reference": submission.reference,
        "form_title": submission.snapshot.form_title,
        "status_label": VISITOR_LABELS.get(status, status.label),
        "status_level": STATUS_LEVELS[status],
        "steps": _steps(submission),
        "links": submission.procedure.links(submission),
        "due_text": format_datetime(submission.due_at) if promised else "",
        "due_reason": submission.due_reason if promised else "",
        "submitted_text": f"Dikirim {format_datetime(submission.submitted_at)}",
        "answers": answers(submission),
        "thread": [
            {
                "author_label": "Petugas" if message.kind == MessageKind.REPLY else "Anda",
                "at_text": format_datetime(message.created_at),
                "body": message.body,
                "edited_text": f"diubah {format_datetime(message.edited_at)}" if message.edited_at else "",
                "attachments": [
                    {"url": reverse("track-photo", args=[photo.pk]), "alt": "Foto dari Anda"}
                    for photo in message.attachments.all()
                ],
            }
            for message in messages
        ],
    }


def _steps(submission: Submission) -> list[dict]:
    reached_at = {Status.NEW.label: submission.submitted_at}
    for event in submission.events.filter(kind=EventKind.MOVED):
        reached_at.setdefault(event.after, event.at)
    procedure, status_now = submission.procedure, Status(submission.status)
    order = [status for status, _ in procedure.steps]
    position = order.index(procedure.stands_at.get(status_now, status_now))
    steps = []
    for index, (status, label) in enumerate(procedure.steps):
        at = reached_at.get(status.label)
        is_last = index == len(order) - 1
        if status_now == Status.REJECTED and status in ANSWERS and not is_last:
            continue
        if status_now == Status.REJECTED and is_last:
            label, at = Status.REJECTED.label, reached_at.get(Status.REJECTED.label)
        steps.append(
            {
                "label": label,
                "done": index <= position,
                "current": index == position,
                "date_text": format_datetime(at) if at and index <= position else "",
            }
        )
    return steps


def whatsapp_to_office(number: str, submission: Submission) -> str | None:
    """Return the link with which a visitor sends his number, and nothing else, to the office."""
    if not number:
        return None
    return phones.whatsapp_url(number, f"Nomor tiket saya: {submission.reference}")


def whatsapp_to_visitor(submission: Submission) -> str | None:
    """Return the link with which an officer tells a visitor where to read the reply: number and link only."""
    if not submission.phone:
        return None
    text = f"Tiket {submission.reference} sudah kami balas. Baca balasannya di {status_url(submission)}"
    return phones.whatsapp_url(submission.phone, text)


def receipt_image(submission: Submission, pin: str | None) -> bytes:
    """Return the receipt as a PNG of 720 x 1040 pixels: number, PIN, due date, QR code. No answers."""
    width, height, margin = 720, 1040, 48
    image = Image.new("RGB", (width, height), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 96), fill="#111111")
    small, normal, big = (ImageFont.load_default(size) for size in (24, 30, 52))
    draw.text((margin, 28), "SIPTENAN", fill="#ffffff", font=ImageFont.load_default(38))
    y = 132
    for label, value, font in (
        ("Nomor tiket", submission.reference, big),
        ("PIN", f"{pin[:3]} {pin[3:]}" if pin else "sudah diganti petugas", big if pin else normal),
        ("Dikirim", format_datetime(submission.submitted_at), normal),
        ("Dijawab paling lambat", format_datetime(submission.due_at), normal),
    ):
        draw.text((margin, y), label, fill="#5a524a", font=small)
        draw.text((margin, y + 32), value, fill="#1a1714", font=font)
        y += 112 if font is big else 88
    side = 380
    image.paste(qr_image(status_url(submission), side), ((width - side) // 2, y + 8))
    draw.text((margin, y + side + 20), "Pindai untuk membuka status tiket.", fill="#1a1714", font=small)
    draw.text((margin, y + side + 54), "Simpan gambar ini. Jangan bagikan PIN.", fill="#5a524a", font=small)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
