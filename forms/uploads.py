"""Files of visitors on their way into a ticket: the only writer of forms.models.upload.

What this module promises:
- a stored file is written anew from its content; of what was sent nothing else is kept, no name, place or tail;
- a file is bound to the form token it came with, and whoever has another token can neither read nor replace it;
- the file is written before its row: a row always has its file, and a file without a row is deleted, at once when
  the row failed, by `purge` when the process was killed in between;
- a piece that arrives twice, too late or in the wrong order changes nothing; the answer says where to go on;
- what no ticket takes is gone after KEPT, or with the saved form it belongs to (forms.saved_forms).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import tempfile
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from forms import casework
from forms.enums import EventKind
from forms.groups import split
from forms.models import FormPage, SavedForm, Submission, UnfinishedUpload, Upload, UploadPiece
from forms.models.message import private_storage
from forms.models.upload import FOLDER, THUMBNAIL_MAX_BYTES
from forms.references import FormToken
from forms.upload_limits import Limits
from siptenan.common import photos
from siptenan.common.documents import clean_name
from siptenan.common.photos import SanitisedPhoto

logger = logging.getLogger(__name__)

MB = 1024 * 1024
PIECE_MAX = 256 * 1024  # bytes of one piece
KEPT = dt.timedelta(hours=24)  # since it came, or since it was last shown to its sender
UNFINISHED_PER_TOKEN = 12
STORED_PER_TOKEN = 60  # many more than any form asks for: some are replaced, some pages are lost on the way
UNFINISHED_BYTES = 2048 * MB  # of all visitors together, in the database
THUMBNAIL_SIDE = 160  # pixels
# Days whose folders `purge` searches for files without a row: not today's, which may just be written.
SWEPT_DAYS = range(2, 15)

MESSAGES = {
    "taken": "Berkas ini tidak dapat dikirim. Pilih lagi berkasnya.",
    "changed": "Berkas ini berubah selagi dikirim. Pilih lagi berkasnya.",
    "too_many_files": "Tiket Anda sudah memuat {limit} berkas untuk pertanyaan ini, dan itu paling banyak.",
    "too_many": "Terlalu banyak berkas dikirim dari formulir ini. Kirim formulirnya, lalu tambahkan sisanya nanti.",
    "piece": "Potongan berkas ini tidak utuh. Kirim ulang.",
    "busy": "Terlalu banyak berkas sedang dikirim ke kami. Coba lagi beberapa menit lagi.",
}


@dataclass(frozen=True)
class Progress:
    """How far a file has come. `received` counts bytes; an `error` is final for this file, and meant for the eye."""

    received: int
    upload: Upload | None = None
    error: str = ""

    @property
    def done(self) -> bool:
        """Whether the file is stored and clean."""
        return self.upload is not None


# --- Whole files ----------------------------------------------------------------------------------


def store(token: FormToken, form: FormPage, question: str, sent: File, limits: Limits) -> Upload:
    """Clean and store a file that came whole, and return it; the same file again returns the stored one.

    Raises ValidationError that says in words why the file is refused. Nothing is stored then.
    """
    if Upload.objects.of_token(token.digest).count() >= STORED_PER_TOKEN:
        raise _refusal("too_many")
    upload = Upload(token_digest=token.digest, form=form, question=question)
    content = _clean_into(upload, sent, limits)
    # The same file, sent once more with the same form, because the answer to the first was lost.
    same = Upload.objects.of_token(token.digest).unclaimed().filter(question=question, sha256=upload.sha256).first()
    return same or _write(upload, content)


def find(token: FormToken, question: str, ids: Iterable[str | uuid.UUID]) -> list[Upload]:
    """Return the files of that token and question among `ids`, in the order given, kept for another KEPT."""
    return find_all(token, {question: ids})[question]


def find_all(token: FormToken, named: Mapping[str, Iterable[str | uuid.UUID]]) -> dict[str, list[Upload]]:
    """Return for each question the files of that token among its ids, in the order given, kept for another KEPT.

    Ids of other tokens, of other questions, of nothing at all are passed over: their sender made them up. A file may
    come from another copy of its question, since copies move up when one is taken out (forms.groups); it stays there.
    """
    wanted = {question: as_uuids(ids) for question, ids in named.items()}
    every = [pk for ids in wanted.values() for pk in ids]
    if not every:
        return {question: [] for question in wanted}
    mine = Upload.objects.of_token(token.digest).filter(pk__in=every)
    mine.unclaimed().update(expires_at=timezone.now() + KEPT)
    stored = mine.in_bulk()
    found: dict[str, list[Upload]] = {}
    for question, ids in wanted.items():
        here = [stored[pk] for pk in ids if pk in stored and split(stored[pk].question)[0] == split(question)[0]]
        found[question] = here
        moved = [upload.pk for upload in here if upload.question != question]
        if moved:
            Upload.objects.filter(pk__in=moved).update(question=question)
        for upload in here:  # of two copies that name it, the first has it
            stored.pop(upload.pk, None)
    return found


def discard(token: FormToken, ids: Iterable[str]) -> int:
    """Delete files that their sender does not want any more, and return how many; a ticket's are not his to delete."""
    return _delete(Upload.objects.of_token(token.digest).filter(pk__in=as_uuids(ids)))


def claim(submission: Submission, ids: Iterable[str], token: FormToken) -> list[uuid.UUID]:
    """Give the files to the ticket, in the transaction that stores it, and return which there were."""
    mine = Upload.objects.of_token(token.digest).filter(pk__in=as_uuids(ids)).unclaimed()
    claimed = list(mine.select_for_update().values_list("pk", flat=True))
    Upload.objects.filter(pk__in=claimed).update(submission=submission, expires_at=None)
    return claimed


def hand_over(from_digest: str, token: FormToken) -> int:
    """Bind the files of a token to a new one, when a saved form is opened again, and return how many."""
    mine = Upload.objects.of_token(from_digest).filter(form_id=token.form_id).unclaimed()
    return mine.update(token_digest=token.digest, expires_at=timezone.now() + KEPT)


def is_known(token: FormToken) -> bool:
    """Whether files came with that token before, or a ticket: then the form was open when its sender began."""
    return any(
        rows.filter(token_digest=token.digest).exists()
        for rows in (Upload.objects, UnfinishedUpload.objects, Submission.objects)
    )


# --- Files in pieces ------------------------------------------------------------------------------


def received(token: FormToken, upload_id: uuid.UUID) -> Progress:
    """Say how far a file has come; of a file of another token, nothing."""
    if upload := Upload.objects.of_token(token.digest).filter(pk=upload_id).first():
        return Progress(upload.size, _attached(upload))
    row = UnfinishedUpload.objects.filter(token_digest=token.digest, upload_id=upload_id).first()
    return Progress(row.received, error=row.error) if row else Progress(0)


def receive_piece(
    token: FormToken,
    form: FormPage,
    question: str,
    upload_id: uuid.UUID,
    limits: Limits,
    *,
    offset: int,
    total: int,
    piece: bytes,
    name: str = "",
) -> Progress:
    """Take one piece of a file of `total` bytes that begins at `offset`; the last one makes an upload of it.

    A piece that does not begin where the file ends so far is dropped, and `received` of the answer says where to go
    on. Raises ValidationError when the file cannot be taken at all; nothing is stored then.
    """
    if upload := Upload.objects.filter(pk=upload_id).first():
        if upload.token_digest != token.digest or upload.question != question:
            raise _refusal("taken")
        return Progress(total, _attached(upload))
    limits.check_size(total)
    if offset < 0 or len(piece) > PIECE_MAX or offset + len(piece) > total:
        raise _refusal("piece")
    _make_room(token, question, upload_id, limits)
    with transaction.atomic():
        UnfinishedUpload.objects.get_or_create(
            token_digest=token.digest,
            upload_id=upload_id,
            defaults={
                "form": form,
                "question": question,
                "name": clean_name(name) if name else "",
                "total": total,
                "expires_at": timezone.now() + KEPT,
            },
        )
        row = UnfinishedUpload.objects.select_for_update().get(token_digest=token.digest, upload_id=upload_id)
        if (row.total, row.question) != (total, question):
            raise _refusal("changed")
        if row.error:
            return Progress(0, error=row.error)
        if offset == row.received and piece:
            UploadPiece.objects.create(upload=row, offset=offset, content=piece)
            row.received += len(piece)
            row.expires_at = timezone.now() + KEPT
            row.save(update_fields=["received", "expires_at"])
    return _finished(row, limits) if row.received == row.total else Progress(row.received)


def _make_room(token: FormToken, question: str, upload_id: uuid.UUID, limits: Limits) -> None:
    """Refuse to begin one file too many; one that has begun goes on."""
    begun = UnfinishedUpload.objects.filter(token_digest=token.digest)
    if begun.filter(upload_id=upload_id).exists():
        return
    uploads = Upload.objects.of_token(token.digest)
    if uploads.filter(question=question, submission__isnull=False).count() >= limits.max_files:
        raise _refusal("too_many_files", limit=limits.max_files)
    stored = uploads.count()
    if begun.filter(error="").count() >= UNFINISHED_PER_TOKEN or begun.count() + stored >= STORED_PER_TOKEN:
        raise _refusal("too_many")
    if (UnfinishedUpload.objects.aggregate(sum=Sum("received"))["sum"] or 0) > UNFINISHED_BYTES:
        raise _refusal("busy")


def _finished(row: UnfinishedUpload, limits: Limits) -> Progress:
    """Make an upload of all pieces. May be done twice at once, or again after the process was killed: one stays."""
    upload = Upload(pk=row.upload_id, token_digest=row.token_digest, form_id=row.form_id, question=row.question)
    with tempfile.TemporaryFile(prefix="siptenan-") as whole:
        if not _assemble(row, whole):  # another request has finished it meanwhile
            return _finished_by_another(row)
        try:
            content = _clean_into(upload, File(whole, name=row.name), limits)
        except ValidationError as refusal:
            row.error = " ".join(refusal.messages)
            with transaction.atomic():
                UnfinishedUpload.objects.filter(pk=row.pk).update(error=row.error, received=0)
                row.pieces.all().delete()
            return Progress(0, error=row.error)
    try:
        _write(upload, content, in_place_of=row)
    except IntegrityError:
        return _finished_by_another(row)
    return Progress(row.total, _attached(upload))


def _finished_by_another(row: UnfinishedUpload) -> Progress:
    """What another request has made of the same file."""
    upload = Upload.objects.of_token(row.token_digest).filter(pk=row.upload_id).first()
    if upload is None:
        return Progress(0, error=MESSAGES["taken"])
    return Progress(row.total, _attached(upload))


def _assemble(row: UnfinishedUpload, whole: IO[bytes]) -> bool:
    """Write all pieces into `whole`, one at a time in memory; False when they are not all there any more."""
    for pk in row.pieces.values_list("pk", flat=True):
        content = UploadPiece.objects.filter(pk=pk).values_list("content", flat=True).first()
        if content is None:
            return False
        whole.write(content)
    whole.flush()  # its size is asked of the disk
    return whole.tell() == row.total


# --- A file that comes after its ticket -----------------------------------------------------------


def _attached(upload: Upload) -> Upload:
    """Give the file to the ticket that its form token has made already: the text goes first, photos may follow."""
    if upload.submission_id is None:
        ticket = Submission.objects.filter(token_digest=upload.token_digest).only("pk").first()
        if ticket is not None:
            _attach(upload, ticket.pk)
    return upload


@transaction.atomic
def _attach(upload: Upload, ticket_pk: int) -> None:
    submission = casework.locked(ticket_pk)
    upload.submission, upload.expires_at = submission, None
    if not Upload.objects.filter(pk=upload.pk).unclaimed().update(submission=submission, expires_at=None):
        return
    answer = submission.answers.get(upload.question)
    ids = answer if isinstance(answer, list) else []
    told = [pk for found in submission.answers.values() if isinstance(found, list) for pk in found]
    if str(upload.pk) not in told:  # one that was announced stands there already, or in the copy it moved to
        submission.answers[upload.question] = [*ids, str(upload.pk)]
    casework.record(submission, EventKind.ADDED, after=upload.get_kind_display())
    casework.visitor_is_back(submission)
    casework.save(submission)


# --- Writing and deleting -------------------------------------------------------------------------


def _clean_into(upload: Upload, sent: File, limits: Limits) -> ContentFile:
    """Return the file written anew, and give its row everything that follows from it."""
    clean = limits.clean(sent)
    upload.kind, upload.content_type = limits.kind, clean.content_type
    upload.size, upload.sha256 = len(clean.content), hashlib.sha256(clean.content).hexdigest()
    if isinstance(clean, SanitisedPhoto):
        upload.width, upload.height = clean.width, clean.height
        upload.thumbnail = photos.thumbnail(clean, side=THUMBNAIL_SIDE, max_bytes=THUMBNAIL_MAX_BYTES)
    else:
        upload.name = clean.name
    upload.expires_at = timezone.now() + KEPT
    return ContentFile(clean.content, name=f"berkas.{clean.extension}")


def _write(upload: Upload, content: ContentFile, in_place_of: UnfinishedUpload | None = None) -> Upload:
    """Write the file, then the row; without the row the file goes again."""
    upload.file.save(str(content.name), content, save=False)
    try:
        with transaction.atomic():
            upload.save(force_insert=True)
            if in_place_of is not None:
                UnfinishedUpload.objects.filter(pk=in_place_of.pk).delete()
    except BaseException:
        private_storage().delete(str(upload.file.name))
        raise
    return upload


def _delete(uploads: Iterable[Upload]) -> int:
    """Delete files that no ticket has, each file before its row: a killed process leaves a row to try again."""
    deleted = 0
    for pk in [upload.pk for upload in uploads]:
        with transaction.atomic():
            upload = Upload.objects.unclaimed().select_for_update().filter(pk=pk).first()
            if upload is not None:
                private_storage().delete(str(upload.file.name))
                upload.delete()
                deleted += 1
    return deleted


def purge_expired() -> int:
    """Delete what no ticket took in time, what never arrived whole, and files without a row; return how many.

    The files of a saved form live as long as it does.
    """
    now = timezone.now()
    saved = SavedForm.objects.live(now).values("token_digest")
    unfinished = UnfinishedUpload.objects.filter(expires_at__lt=now)
    rows = unfinished.count()
    unfinished.delete()
    return _delete(Upload.objects.expired(now).exclude(token_digest__in=saved)) + rows + _delete_orphans(now)


def _delete_orphans(now: dt.datetime) -> int:
    """Delete the files that a killed process, or a deleted form page, left without a row."""
    storage, deleted = private_storage(), 0
    for days in SWEPT_DAYS:
        folder = f"{FOLDER}/{now - dt.timedelta(days=days):%Y-%m-%d}"
        try:
            _, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        paths = {f"{folder}/{name}" for name in names}
        for path in paths - set(Upload.objects.filter(file__in=paths).values_list("file", flat=True)):
            storage.delete(path)
            deleted += 1
    if deleted:
        logger.warning("%s uploaded files had no row and were deleted", deleted)
    return deleted


def as_uuids(ids: Iterable[str | uuid.UUID]) -> list[uuid.UUID]:
    """The ids that can be read, in order and once each."""
    found: dict[uuid.UUID, None] = {}
    for text in ids:
        try:
            found[uuid.UUID(str(text))] = None
        except ValueError:
            continue
    return list(found)


def _refusal(code: str, **values: object) -> ValidationError:
    return ValidationError(MESSAGES[code].format(**values), code=code)
