"""The Wagtail workflow "Verifikasi Gallery IKM", which businesses and products go through."""

from __future__ import annotations

from typing import Any

NAME = "Verifikasi Gallery IKM"


def ensure(apps: Any = None, **kwargs: Any) -> None:
    """`post_migrate`: make the workflow and its task, and assign them. A second call changes nothing.

    `apps` are the models that exist after the migration: none of ours, when it went back.
    """
    if apps is not None and not _is_migrated(apps):
        return
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

    from gallery.models import Business, Product, VerificationTask
    from siptenan.accounts import roles

    if not Group.objects.filter(name=roles.OFFICER).exists():
        return  # a flushed test database has no roles
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    task, _ = VerificationTask.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for model in (Business, Product):
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )


def _is_migrated(apps: Any) -> bool:
    try:
        apps.get_model("gallery", "VerificationTask")
    except LookupError:
        return False
    return True
