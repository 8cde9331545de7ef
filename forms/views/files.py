"""The files of a ticket, for the officers of its form and for the visitor who has opened it; nobody else.

Always through Django, after the permission check, on a disk as on S3: no address of the storage is ever given out.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from forms import services
from forms.enums import EventKind
from forms.models import Attachment, Submission, Upload
from forms.views.privacy import ticket_page
from forms.views.ticket import TicketView
from forms.views.track import opened_ticket

# What we have written ourselves may be shown in place; everything else is only ever saved.
SHOWN = frozenset({"image/jpeg", "image/webp"})
POLICY = "default-src 'none'; sandbox"
LOOK = dt.timedelta(minutes=10)  # a page of photos is one look, not one for each


class UploadView(TicketView):
    """A file of the ticket, for those who may see the ticket."""

    def get(self, request: HttpRequest, pk: int, upload: uuid.UUID) -> HttpResponse:
        response = file_of_answer(self.ticket, upload)
        looks = self.ticket.events.filter(kind=EventKind.VIEWED, actor=request.user, at__gt=timezone.now() - LOOK)
        if not looks.exists():
            services.record_view(self.ticket, by=request.user)
        return response


class PhotoView(TicketView):
    """A photo of the ticket's thread, for those who may see the ticket."""

    def get(self, request: HttpRequest, pk: int, photo: uuid.UUID) -> HttpResponse:
        return file_of_thread(self.ticket, photo)


@ticket_page
@require_safe
def visitor_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A file that the visitor has sent with the ticket he has opened; any other is not found."""
    submission = opened_ticket(request)
    return redirect("track") if submission is None else file_of_answer(submission, pk)


@ticket_page
@require_safe
def visitor_photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A photo of the thread of the ticket he has opened; any other is not found."""
    submission = opened_ticket(request)
    return redirect("track") if submission is None else file_of_thread(submission, pk)


def file_of_answer(ticket: Submission, pk: uuid.UUID) -> HttpResponse:
    """Return a file of that ticket under a name that says what it is; Http404 for any other."""
    upload = get_object_or_404(Upload, pk=pk, submission=ticket)
    return _file(upload.file, upload.content_type, f"{ticket.reference}_{upload.question}.{upload.extension}")


def file_of_thread(ticket: Submission, pk: uuid.UUID) -> HttpResponse:
    """Return a photo of that ticket's thread; Http404 for any other."""
    photo = get_object_or_404(Attachment, pk=pk, submission=ticket)
    return _file(photo.file, photo.content_type, f"{ticket.reference}.jpg")


def _file(file: FieldFile, content_type: str, filename: str) -> FileResponse:
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    as_attachment = content_type not in SHOWN
    response = FileResponse(content, as_attachment=as_attachment, filename=filename, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
