"""Leads what Wagtail publishes, hides and deletes to regulasi.entries."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from regulasi import entries
from regulasi.models import Initiator, LegalField, RegulationKind, RegulationPage, RegulationStub, Subject
from siptenan.common.generation import bump

VOCABULARY = (Initiator, LegalField, RegulationKind, Subject)


def connect() -> None:
    """Listen; called once by the app."""
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(_page, sender=RegulationPage, dispatch_uid="regulation-entry")
    post_save.connect(_stub, sender=RegulationStub, dispatch_uid="regulation-stub")
    for model in VOCABULARY:
        post_save.connect(_vocabulary, sender=model, dispatch_uid=f"regulation-vocabulary-{model.__name__}")
        post_delete.connect(bump, sender=model, dispatch_uid=f"generation-delete-{model._meta.label}")


def _page(*, instance: RegulationPage, **kwargs: Any) -> None:
    entries.refresh([instance.pk])


def _stub(*, instance: RegulationStub, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        entries.stub_changed(instance)


def _vocabulary(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Its name stands in the list at once, in what is searched as soon as the worker comes to it."""
    from regulasi.tasks import show_renamed

    bump()
    if not (created or raw):
        transaction.on_commit(lambda: show_renamed.enqueue(type(instance).__name__, instance.pk), robust=True)
