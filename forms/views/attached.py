"""The files that come with a form: stored at once, so that an error elsewhere costs nobody a photo.

Their ids take their place in what was sent; the form looks at those. A browser that has chosen a file cannot be made
to choose it again, so this happens at every step, also when the form is not valid.

A script sends files in pieces beside the form. Those that are still on their way are announced under `FOLLOWS`, so that
the text can go first: an id that has no file yet stands among the answers, and is shown as not there yet.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from forms import field_types, references, services, uploads
from forms.builder import TOKEN_FIELD, PublicForm
from forms.field_types.files import DROP, FOLLOWS, Files
from forms.models import FormPage, Upload
from forms.questions import Question
from forms.references import FormToken
from forms.upload_limits import Limits
from forms.views.uploads import ERRORS, FILE_LIMIT
from siptenan.common import throttle
from siptenan.common.clients import client_address


def file_questions(questions: tuple[Question, ...]) -> list[Question]:
    """Return the questions that ask for files."""
    return [question for question in questions if isinstance(field_types.get(question.type), Files)]


def form_with_files(request: HttpRequest, page: FormPage) -> PublicForm:
    """Return the form of a POST, with its files stored."""
    asked = file_questions(page.form_class.questions)
    if not asked:
        return page.form_class(request.POST, page=page)
    data = request.POST.copy()
    raw_token = data.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk) or services.token_of_a_ticket(raw_token, page)
    if token is None:  # too old: a new one, to which the files are bound; the send itself is refused for now
        data[TOKEN_FIELD] = references.renew_token(raw_token, page.pk)
        token = references.read_token(data[TOKEN_FIELD], page.pk)
        if token is None:
            raise RuntimeError("A token that was just made is not good.")
    kept: dict[str, list[Upload]] = {}
    errors: dict[str, list[str]] = {}
    for question in asked:
        dropped, following = data.getlist(question.key + DROP), uploads.as_uuids(data.getlist(question.key + FOLLOWS))
        wanted = [pk for pk in data.getlist(question.key) if pk not in dropped]
        found = uploads.find(token, question.key, [*wanted, *following])
        uploads.discard(token, dropped)
        for sent in request.FILES.getlist(question.key):
            if not throttle.hit("upload-file", client_address(request), FILE_LIMIT).allowed:
                errors.setdefault(question.key, []).append(ERRORS["throttled"])
                continue
            try:
                new = uploads.store(token, page, question.key, sent, Limits.of(question))
            except ValidationError as refusal:
                errors.setdefault(question.key, []).extend(question.error_text or text for text in refusal.messages)
            else:
                found += [] if new in found else [new]
        kept[question.key] = found
        here = [upload.pk for upload in found]
        _set(data, question.key, [str(pk) for pk in [*here, *(pk for pk in following if pk not in here)]])
    form = page.form_class(data, page=page)
    form.uploads, form.upload_errors = kept, errors
    return form


def form_with_stored_files(data: QueryDict, page: FormPage, token: FormToken) -> PublicForm:
    """Return the form of a saved one, with what the token has of the files that are named in it."""
    kept = {
        question.key: uploads.find(token, question.key, data.getlist(question.key))
        for question in file_questions(page.form_class.questions)
    }
    for key, found in kept.items():
        _set(data, key, [str(upload.pk) for upload in found])
    form = page.form_class(data, page=page)
    form.uploads = kept
    return form


def _set(data: QueryDict, key: str, ids: list[str]) -> None:
    if ids:
        data.setlist(key, ids)
    else:
        data.pop(key, None)
