"""Makes the drafts of a plan: pages, PDFs and regulations outside, all or none. The only writer of an import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files import File
from django.db import transaction
from django.db.models import Model
from wagtail.log_actions import LogContext, log
from wagtail.models import Page, PageSubscription
from wagtail.permissions import policy_registry

from regulasi.models import RegulationIndexPage, RegulationPage, RegulationRelation
from siptenan.accounts.models import User
from siptenan.common.models import SiteDocument
from siptenan.common.tables import InvalidFile

from .plan import Draft, Plan
from .reading import twins


def store(plan: Plan, index: RegulationIndexPage, user: User) -> list[RegulationPage]:
    """Store every row as a draft of the user, as the editor's own form would, and return the pages.

    Raises InvalidFile when somebody has entered one of the regulations since the plan was made: then nothing is stored.
    """
    with _files_of_the_failed() as stored, transaction.atomic():
        Page.objects.select_for_update().get(pk=index.pk)  # of two imports at once the second sees what the first made
        if errors := twins(plan.drafts):
            raise InvalidFile(errors)
        for stub in plan.new_stubs:
            stub.save()
            _log_creation(stub, user)
        for draft in plan.drafts:
            if draft.file:
                draft.page.document = _document(plan, draft, user)
                stored.append(draft.page.document)
            _add(draft, index, user)
        for draft in plan.drafts:
            _finish(draft, user)
    return [draft.page for draft in plan.drafts]


def _add(draft: Draft, index: RegulationIndexPage, user: User) -> None:
    """The page itself, and its owner's wish to hear of comments."""
    page = draft.page
    page.owner, page.subjects = user, draft.subjects
    with LogContext(user):  # of entries that share a context, Wagtail's history shows one, whichever pages they are of
        index.add_child(instance=page)  # which logs wagtail.create
    PageSubscription.objects.create(page=page, user=user, comment_notifications=True)


def _finish(draft: Draft, user: User) -> None:
    """Now that every page has its key: the relations, and the first revision."""
    if draft.links:
        draft.page.relations = [
            RegulationRelation(
                verb=link.verb, other=link.row.page if link.row else link.held, stub=link.stub, sort_order=order
            )
            for order, link in enumerate(draft.links)
        ]
        draft.page.save()
    with LogContext(user):
        draft.page.save_revision(user=user, log_action=True, clean=False)


def _log_creation(instance: Model, user: User) -> None:
    with LogContext(user):
        log(instance=instance, action="wagtail.create", user=user)


def _document(plan: Plan, draft: Draft, user: User) -> SiteDocument:
    """The PDF of a row, in the first collection that the user may add to; its text is read by the worker."""
    if plan.upload.archive is None:
        raise ValueError("A row names a PDF and there is no ZIP.")  # reading has refused it
    collections = policy_registry.get_by_type(SiteDocument).collections_user_has_permission_for(user, "add")
    with plan.upload.archive.opened(draft.file) as file:
        document = SiteDocument(
            title=draft.page.title, file=File(file, name=draft.page.file_name), uploaded_by_user=user,
            collection=collections.order_by("path").first(),
        )  # fmt: skip
        document._set_document_file_metadata()
        document.save()
    _log_creation(document, user)
    return document


@contextmanager
def _files_of_the_failed() -> Iterator[list[SiteDocument]]:
    """Collects documents; a transaction that fails takes their rows back, this their files."""
    documents: list[SiteDocument] = []
    try:
        yield documents
    except BaseException:
        for document in documents:
            document.file.storage.delete(document.file.name)
        raise
