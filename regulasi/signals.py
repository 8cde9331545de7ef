"""Leads what Wagtail publishes, hides and deletes to regulasi.entries."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from regulasi import entries
from regulasi.models import DocumentText, Initiator, LegalField, RegulationKind, RegulationPage, RegulationStub, Subject
from siptenan.common.generation import bump
from siptenan.common.models import SiteDocument
from siptenan.common.signals import code_in_use

VOCABULARY = (Initiator, LegalField, RegulationKind, Subject)


def connect() -> None:
    """Listen; called once by the app."""
    pre_save.connect(_before_stub, sender=RegulationStub, dispatch_uid="regulation-stub-lock")
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(_page, sender=RegulationPage, dispatch_uid="regulation-entry")
    for signal in (post_save, post_delete):
        signal.connect(_restriction, sender=PageViewRestriction, dispatch_uid="regulation-restriction")
    post_save.connect(_stub, sender=RegulationStub, dispatch_uid="regulation-stub")
    for model in VOCABULARY:
        post_save.connect(_vocabulary, sender=model, dispatch_uid=f"regulation-vocabulary-{model.__name__}")
        post_delete.connect(bump, sender=model, dispatch_uid=f"generation-delete-{model._meta.label}")
        code_in_use.connect(_uses, sender=model, dispatch_uid=f"regulation-code-{model.__name__}")
    post_save.connect(_page_saved, sender=RegulationPage, dispatch_uid="regulation-text")
    post_save.connect(_document_saved, sender=SiteDocument, dispatch_uid="regulation-document")


def _before_stub(*, raw: bool = False, **kwargs: Any) -> None:
    """In a transaction the lock comes before the row, as in `entries.refresh`."""
    if not raw and connection.in_atomic_block:
        entries.lock()


def _page(*, instance: RegulationPage, **kwargs: Any) -> None:
    entries.refresh([instance.pk])


def _restriction(*, instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Those that are for staff only, or lie below such a page, leave the list, and come back."""
    if raw or not (page := Page.objects.filter(pk=instance.page_id).first()):
        return
    entries.refresh(RegulationPage.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))


def _stub(*, instance: RegulationStub, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        entries.stub_changed(instance)


def _vocabulary(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Its name stands in the list at once, in what is searched as soon as the worker comes to it."""
    from regulasi.tasks import show_renamed

    bump()
    if not (created or raw):
        transaction.on_commit(lambda: show_renamed.enqueue(type(instance).__name__, instance.pk), robust=True)


def _page_saved(*, instance: RegulationPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.document_id:
        _read_after_commit(instance.document_id)


def _document_saved(*, instance: SiteDocument, raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    """Of those that a regulation uses, or used, or that a draft named."""
    from regulasi import extraction

    if not (raw or created) and DocumentText.objects.filter(document=instance.pk).exists():
        extraction.drop_outdated(instance)
        bump()  # pages show its size and digest
        _read_after_commit(instance.pk)


def _read_after_commit(document_id: int) -> None:
    from regulasi import extraction

    transaction.on_commit(lambda: extraction.request(document_id), robust=True)


def _uses(*, sender: type[Model], code: str, **kwargs: Any) -> str:
    """Who has stored the code of a reference table; pages and stubs outside."""
    field = {RegulationKind: "kind", Initiator: "initiator", LegalField: "legal_field", Subject: "subjects"}[sender]
    pages = RegulationPage.objects.filter(**{f"{field}__code": code}).count()
    has_stubs = sender in (RegulationKind, Initiator)
    stubs = RegulationStub.objects.filter(**{f"{field}__code": code}).count() if has_stubs else 0
    counted = [f"{number} {name}" for number, name in ((pages, "regulasi"), (stubs, "regulasi luar")) if number]
    return " dan ".join(counted)
