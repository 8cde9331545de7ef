"""The files that come with a form: stored at once, so that an error elsewhere costs nobody a photo.

Their ids take their place in what was sent; the form looks at those. A browser that has chosen a file cannot be made
to choose it again, so this happens at every step, also when the form is not valid.

A script sends files in pieces beside the form. Those that are still on their way are announced under `FOLLOWS`, so that
the text can go first: an id that has no file yet stands among the answers, and is shown as not there yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from forms import field_types, groups, references, services, uploads
from forms.builder import TOKEN_FIELD, PublicForm
from forms.field_types.files import DROP, FOLLOWS, REFUSED, Files
from forms.models import FormPage
from forms.questions import Question
from forms.references import FormToken
from forms.upload_limits import Limits
from forms.views.uploads import ERRORS, FILE_LIMIT
from siptenan.common import throttle
from siptenan.common.clients import client_address

CHOOSE_ANOTHER = "Berkas yang Anda pilih ditolak, sebabnya tertulis di bawah. Pilih yang lain."


def file_questions(questions: tuple[Question, ...]) -> list[Question]:
    """Return the questions that ask for files."""
    return [question for question in questions if isinstance(field_types.get(question.type), Files)]


def form_with_files(request: HttpRequest, page: FormPage) -> PublicForm:
    """Return the form of a POST, with its files stored."""
    form_class = page.form_class.for_data(request.POST)
    asked = file_questions(form_class.questions)
    if not asked:
        return form_class(request.POST, page=page)
    data = request.POST.copy()
    raw_token = data.get(TOKEN_FIELD, "")
    token = references.read_token(raw_token, page.pk) or services.token_of_a_ticket(raw_token, page)
    if token is None:  # too old: a new one, to which the files are bound; the send itself is refused for now
        data[TOKEN_FIELD] = references.renew_token(raw_token, page.pk)
        token = references.read_token(data[TOKEN_FIELD], page.pk)
        if token is None:
            raise RuntimeError("A token that was just made is not good.")
    dropped = [pk for question in asked for pk in data.getlist(question.key + DROP)]
    following = {question.key: uploads.as_uuids(data.getlist(question.key + FOLLOWS)) for question in asked}
    named = {key: [*(pk for pk in data.getlist(key) if pk not in dropped), *ids] for key, ids in following.items()}
    kept = uploads.find_all(token, named)
    uploads.discard(token, dropped)
    errors: dict[str, list[str]] = {}
    for question in asked:
        found = kept[question.key]
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
        if question.required and question.key + REFUSED in data and not (found or following[question.key]):
            errors.setdefault(question.key, []).append(CHOOSE_ANOTHER)
        here = [upload.pk for upload in found]
        _set(data, question.key, [str(pk) for pk in [*here, *(pk for pk in following[question.key] if pk not in here)]])
    form = form_class(data, page=page)
    form.uploads, form.upload_errors = kept, errors
    return form


def form_with_stored_files(data: QueryDict, page: FormPage, token: FormToken) -> PublicForm:
    """Return the form of a saved one, with what the token has of the files that are named in it."""
    form_class = page.form_class.for_data(data)
    asked = file_questions(form_class.questions)
    kept = uploads.find_all(token, {question.key: data.getlist(question.key) for question in asked})
    for key, found in kept.items():
        _set(data, key, [str(upload.pk) for upload in found])
    form = form_class(data, page=page)
    form.uploads = kept
    return form


def with_other_copies(form: PublicForm, page: FormPage, action: str) -> tuple[PublicForm, str]:
    """Return the form with a copy of a group more or less, and the key of the copy to look at (forms.groups).

    `action` is what follows `tambah:` or `buang:`: the key of the group, or that and the number of the copy to go.
    What was typed stays; the files of a copy go with it, and those of later copies move up like all their answers.
    """
    data = form.data.copy()
    key, _, number = action.partition(":")
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    moved = groups.remove(form.built, data, key, place) if number else {}
    last = "" if number else groups.add(form.built, data, key)
    changed = form.for_data(data)(data, page=page)
    focus = last or groups.copy_key(key, max(1, min(place, changed.counts.get(key, 1))))
    changed.uploads = _moved(form.uploads, moved)
    changed.upload_errors = _moved(form.upload_errors, moved)
    changed.kept_secrets = _moved(form.kept_secrets, moved)
    gone = {str(upload.pk) for found in form.uploads.values() for upload in found}
    gone -= {str(upload.pk) for found in changed.uploads.values() for upload in found}
    if gone and (token := references.read_token(data.get(TOKEN_FIELD, ""), page.pk)):
        uploads.discard(token, gone)
    return changed, focus


def _moved(found: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    kept = {key: value for key, value in found.items() if key not in moved}
    return kept | {key: found[source] for key, source in moved.items() if source in found}


def _set(data: QueryDict, key: str, ids: list[str]) -> None:
    if ids:
        data.setlist(key, ids)
    else:
        data.pop(key, None)
