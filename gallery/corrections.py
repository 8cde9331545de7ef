"""What an owner corrects of his registration: the same ticket with other answers, and what was there before.

What this module promises:
- an answer that is replaced stays readable in a Correction, field by field, as people read it; a NIK masked;
- only what the owner changed is changed in the record and the drafts: what officers wrote into them stays;
- the second press of a button, in sequence or in parallel, changes nothing (Unchanged).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from forms import casework, field_types, groups, services
from forms.enums import Status
from forms.field_types import NOT_ANSWERED, Files
from forms.models import FormPage, Submission
from forms.questions import Question
from forms.references import FormToken
from gallery import drafts, locks, registration
from gallery.enums import CheckItem
from gallery.models import Business, BusinessRecord, CheckMark, Correction, Product
from gallery.publishing import free_slug
from siptenan.common.models import Kelurahan

# What an officer has to look at again when one of these answers is another.
LOOKED_AT = {
    CheckItem.PHOTO: {"foto_produk"},
    CheckItem.PRICE: {"harga", "nama_produk"},
    CheckItem.NIK: {"nik", "gender"},
    CheckItem.BUSINESS: {"nama_usaha", "alamat", "kelurahan", "tahun_berdiri"},
    CheckItem.CONSENT: {registration.AGREES_NAME, registration.AGREES_WHATSAPP},
}


class Unchanged(Exception):  # noqa: N818 - a refusal, not a fault
    """The answers are those that the ticket has already."""


class NotAsked(Exception):  # noqa: N818 - as above
    """The registration does not wait for a correction (any more)."""


@transaction.atomic
def send(ticket: Submission, asked: Iterable[Question], answers: dict, token: FormToken) -> Correction:
    """Store what an owner corrected. Raises Unchanged, NotAsked or gallery.locks.Locked, and changes nothing then."""
    submission = casework.locked(ticket.pk)
    before_asked, before = submission.snapshot.question_list(), submission.answers
    all_asked = questions_after(submission.form, tuple(asked), before_asked)
    kept = {question.key: before[question.key] for question in all_asked if question.key in before}
    after = {**kept, **answers}
    changes = differences(before_asked, before, all_asked, after)
    if not changes:
        raise Unchanged(submission.reference)
    if submission.status != Status.NEEDS_CORRECTION:
        raise NotAsked(submission.reference)
    correction = Correction.objects.create(submission=submission, changes=changes)
    submission = services.correct(submission, all_asked, after, token)
    records = BusinessRecord.objects.select_for_update(of=("self",)).select_related("business")
    record = records.filter(submission=submission).first()
    if record is None:
        registration.register(submission)
        return correction
    changed = {groups.split(change["key"])[0] for change in changes}
    registration.write(record, after, changed)
    _change_business(record.business, before, after)
    _change_products(record, before, after)
    _look_again(record, changed)
    return correction


def questions_after(
    page: FormPage, asked: tuple[Question, ...], before_asked: Iterable[Question]
) -> tuple[Question, ...]:
    """Return the questions that the answers of a corrected ticket belong to.

    Those of the form as it was shown, but with what it really asks (a NIK may be left empty only in a correction), and
    those of before that were not shown: consents, and what editors have removed since.
    """
    originals = {question.key: question for question in page.questions()}
    shown = tuple(
        replace(question, required=original.required) if (original := originals.get(question.key)) else question
        for question in asked
    )
    keys = {question.key for question in shown}
    originals_shown = {groups.split(key)[0] for key in keys}
    unseen = [
        question
        for question in before_asked
        if question.key not in keys and groups.split(question.key)[0] not in originals_shown
    ]
    return (*shown, *unseen)


def differences(
    before_asked: Iterable[Question],
    before: Mapping[str, Any],
    after_asked: Iterable[Question],
    after: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Return what differs, in the order of the questions, as Correction.changes holds it."""
    asked = {question.key: question for question in (*after_asked, *before_asked)}
    found = []
    for key, question in asked.items():
        kind, old, new = field_types.get(question.type), before.get(key, ""), after.get(key, "")
        if not kind.is_question or _fingerprint(kind, old) == _fingerprint(kind, new):
            continue
        row: dict[str, Any] = {"key": key, "label": groups.label_of(question), "before": "", "after": ""}
        row["before"], row["after"] = (field_types.shown(question, {key: answer}) for answer in (old, new))
        if isinstance(kind, Files):
            row["removed"] = [pk for pk in old or () if pk not in (new or ())]
            row["added"] = [pk for pk in new or () if pk not in (old or ())]
        elif row["before"] == row["after"]:  # a NIK looks alike where it is masked
            row["after"] = f"{row['after']} (angka lain)"
        found.append(row)
    return found


def _fingerprint(kind: field_types.QuestionType, answer: Any) -> Any:
    return "" if answer in NOT_ANSWERED or answer is False else kind.fingerprint(answer)


# --- Drafts ---------------------------------------------------------------------------------------


def _change_business(business: Business, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    draft = drafts.draft_of(business)
    old, new = (str(answers.get("nama_usaha") or "").strip() for answers in (before, after))
    if new and old != new:
        draft.name = new[: registration.NAME_MAX]
        _follow_name(draft, old, new)
    places = [(answers.get("kelurahan") or {}).get("code", "") for answers in (before, after)]
    if places[0] != places[1] and (place := Kelurahan.objects.filter(code=places[1]).first()):
        draft.kelurahan = place
    drafts.keep(draft, by=None)


def _follow_name(draft: Business | Product, old: str, new: str) -> None:
    """Give it an address of its new name, unless the old address is known outside or an officer chose it."""
    if not draft.first_published_at and draft.slug.startswith(slugify(old) or draft.slug):
        draft.slug = free_slug(type(draft), new, pk=draft.pk)


def _change_products(record: BusinessRecord, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    left = drafts.told_products(record, before)
    wanted = registration.product_copies(after)
    pairs: dict[int, drafts.Told] = {}
    for number, copy in enumerate(wanted):
        same = next((told for told in left if told.answers["nama_produk"].strip() == copy["nama_produk"].strip()), None)
        if same:
            pairs[number] = same
            left.remove(same)
    for number in range(len(wanted)):
        if number not in pairs and left:  # renamed: the first of those that nobody claims
            pairs[number] = left.pop(0)
    for number, copy in enumerate(wanted):
        told = pairs.get(number)
        if told is None or told.product is None:
            product = registration.add_product(record.business, copy)
            product.save_revision(clean=False)
            registration.start_workflow(product)
        else:
            _change_product(told.product, told.answers, copy)
    for told in left:
        if told.product and not told.product.first_published_at:
            locks.check(told.product, None)
            told.product.delete()


def _change_product(product: Product, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    draft = drafts.draft_of(product)
    old, new = before["nama_produk"].strip(), after["nama_produk"].strip()
    if old != new:
        draft.name = new[: registration.NAME_MAX]
        _follow_name(draft, old, new)
    was = registration.product_values(before)
    for name, value in registration.product_values(after).items():
        if was[name] != value:
            setattr(draft, name, value)
    told_before, told_now = (set(answers.get("foto_produk") or ()) for answers in (before, after))
    gone = told_before - told_now
    draft.photos = [photo for photo in draft.photos.all() if str(photo.upload_id) not in gone]
    new_photos = [upload for upload in registration.photos_of(after) if str(upload.pk) not in told_before]
    drafts.add_photos(draft, new_photos)
    drafts.keep(draft, by=None)


def _look_again(record: BusinessRecord, changed: set[str]) -> None:
    items = [item for item, keys in LOOKED_AT.items() if keys & changed]
    CheckMark.objects.filter(record=record, item__in=items).update(is_ok=None)
