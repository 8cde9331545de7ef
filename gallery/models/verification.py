"""How a registration is checked: the marks of the checklist, and the task of the Wagtail workflow."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Task, TaskState

from gallery.enums import CheckItem


def _permissions() -> ModuleType:
    from gallery import permissions  # they look at the models

    return permissions


class CheckMark(models.Model):
    """One item of the checklist, as the officer who looked last found it."""

    record = models.ForeignKey("gallery.BusinessRecord", on_delete=models.CASCADE, related_name="checks")
    item = models.CharField("butir", max_length=12, choices=CheckItem.choices)
    is_ok = models.BooleanField("sesuai", null=True)
    note = models.CharField("catatan", max_length=255, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "butir pemeriksaan"
        verbose_name_plural = "butir pemeriksaan"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record", "item"], name="check_once_per_record")]

    def __str__(self) -> str:
        return self.get_item_display()


class VerificationTask(Task):
    """The step of the workflow "Verifikasi Gallery IKM" that those who may verify work on.

    No GroupApprovalTask: of those Wagtail writes to everybody in the groups, inside the visitor's request, and names
    the business. Tickets announce themselves, to those whose they are.
    """

    class Meta:
        verbose_name = "pemeriksaan Gallery IKM"
        verbose_name_plural = "pemeriksaan Gallery IKM"

    def user_can_access_editor(self, obj: models.Model, user: AbstractBaseUser) -> bool:
        return _permissions().can_work(user)

    def locked_for_user(self, obj: models.Model, user: AbstractBaseUser) -> bool:
        return not _permissions().can_work(user)

    def get_actions(self, obj: models.Model, user: AbstractBaseUser) -> list[tuple[str, str, bool]]:
        """What came as a registration is approved on its own screen first, by the checklist (gallery.verification)."""
        if not (_permissions().can_verify(user) and _permissions().is_verified(obj)):
            return []
        return [
            ("reject", "Minta perbaikan", True),
            ("approve", "Setujui", False),
            ("approve", "Setujui dengan komentar", True),
        ]

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs: Any) -> QuerySet:
        if not _permissions().can_verify(user):
            return TaskState.objects.none()
        return TaskState.objects.filter(task=self.task_ptr, status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> str:
        return "Petugas Gallery IKM memeriksa lalu menyetujui atau meminta perbaikan."
