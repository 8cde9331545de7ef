"""Tickets (kiriman, tiket) and the snapshots of the questions they answered."""

from __future__ import annotations

import contextlib
import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forms import procedures, questions, references
from forms.enums import NEEDS_ACTION, OPEN, Status
from forms.questions import Question
from siptenan.common.generation import per_generation

PHONE_PUNCTUATION = re.compile(r"[-+().]")


class FormSnapshot(models.Model):
    """The questions of a form as they were when somebody answered them; equal ones are stored once.

    Removing or renaming a question on the page therefore never touches an old answer.
    """

    digest = models.CharField(max_length=64, unique=True)
    form_title = models.CharField(max_length=255)
    questions = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.form_title} ({self.digest[:8]})"

    def question_list(self) -> list[Question]:
        """The questions, in the order they were asked."""
        return [Question.from_json(data) for data in self.questions]

    @classmethod
    def known_id(cls, form_title: str, asked: tuple[Question, ...]) -> int | None:
        """Return the key of the snapshot of these questions, or None when nobody has answered them yet."""
        with contextlib.suppress(cls.DoesNotExist):
            return _snapshot_id(form_title, asked)
        return None

    @classmethod
    def id_of(cls, form_title: str, asked: tuple[Question, ...]) -> int:
        """Return the key of the snapshot of these questions, storing it the first time."""
        known = cls.known_id(form_title, asked)
        if known is not None:
            return known
        data = [question.as_json() for question in asked]
        snapshot, _ = cls.objects.get_or_create(
            digest=snapshot_digest(form_title, data), defaults={"form_title": form_title, "questions": data}
        )
        return snapshot.pk


def snapshot_digest(form_title: str, data: list[dict]) -> str:
    """What makes two snapshots the same: title and questions."""
    return questions.digest([{"form": form_title}, *data])


@per_generation
def _snapshot_id(form_title: str, asked: tuple[Question, ...]) -> int:
    """The key of a snapshot that is stored; raises DoesNotExist, which is not remembered."""
    data = [question.as_json() for question in asked]
    return FormSnapshot.objects.values_list("pk", flat=True).get(digest=snapshot_digest(form_title, data))


class SubmissionQuerySet(models.QuerySet):
    """Questions the office asks of its tickets."""

    def open(self) -> SubmissionQuerySet:
        """Not answered, finished, rejected or spam."""
        return self.filter(status__in=OPEN)

    def needing_action(self) -> SubmissionQuerySet:
        """It is an officer's turn."""
        return self.filter(status__in=NEEDS_ACTION)

    def not_spam(self) -> SubmissionQuerySet:
        """Without the spam tray."""
        return self.exclude(status=Status.SPAM)

    def overdue(self, now=None) -> SubmissionQuerySet:
        """It is an officer's turn and the promised time is over."""
        return self.needing_action().filter(due_at__lt=now or timezone.now())

    def matching(self, words: str) -> SubmissionQuerySet:
        """Every word is found somewhere in the number, the names, the telephone or an answer.

        A telephone number is found by any part of it, whatever stands between its digits.
        """
        queryset = self
        for word in words.lower().replace("\0", "").split():
            found = Q(search_text__contains=word)
            if (digits := PHONE_PUNCTUATION.sub("", word)).isdecimal():
                found |= Q(search_text__contains=digits)
            queryset = queryset.filter(found)
        return queryset

    def for_inbox(self) -> SubmissionQuerySet:
        """With everything a row of the inbox shows, in one query."""
        return self.select_related("form", "assignee", "snapshot").defer("answers", "search_text")


class Submission(models.Model):
    """What a visitor sent: one record, one number, one thread. Changed by forms.services only."""

    form = models.ForeignKey(
        "forms.FormPage",
        on_delete=models.PROTECT,
        related_name="submissions",
        verbose_name="formulir",
        db_index=False,
    )
    snapshot = models.ForeignKey(FormSnapshot, on_delete=models.PROTECT, related_name="submissions", db_index=False)
    reference = models.CharField("nomor", max_length=20)
    token_digest = models.CharField(max_length=64)
    answers_digest = models.CharField(max_length=64)
    pin_hash = models.CharField(max_length=64)
    pin_version = models.PositiveSmallIntegerField(default=0)  # 0: the PIN that the form token gives
    link_digest = models.CharField(max_length=64)

    status = models.CharField("status", max_length=20, choices=Status.choices, default=Status.NEW)
    channel = models.CharField("saluran", max_length=40)
    answers = models.JSONField()
    business = models.CharField("usaha", max_length=255, blank=True)
    contact_name = models.CharField("nama", max_length=255, blank=True)
    phone = models.CharField("WhatsApp", max_length=20, blank=True)
    email = models.CharField("email", max_length=254, blank=True)
    search_text = models.TextField()
    spam_reasons = models.JSONField(default=list)

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name="petugas",
        db_index=False,
    )
    submitted_at = models.DateTimeField("diterima")
    target_value = models.PositiveSmallIntegerField()
    target_unit = models.CharField(max_length=10)
    due_at = models.DateTimeField("batas jawaban")
    due_reason = models.TextField(blank=True)
    # The clock counts from `clock_started_at`, else from sending: the whole target, or what a pause left of it.
    clock_started_at = models.DateTimeField(null=True)
    budget_minutes = models.PositiveIntegerField(null=True)
    first_answered_at = models.DateTimeField("dijawab", null=True)
    answered_in_time = models.BooleanField(null=True)
    closed_at = models.DateTimeField("ditutup", null=True)
    has_news = models.BooleanField("ada keterangan baru", default=False)
    # Raised by every change; the ticket page sends it back, so that the second of two officers is told.
    version = models.PositiveIntegerField(default=1)
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    viewed_at = models.DateTimeField(null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "tiket"
        verbose_name_plural = "tiket"
        ordering = ["due_at", "pk"]
        default_permissions = ("view",)
        permissions = [
            ("view_all_submissions", "Dapat melihat tiket semua formulir"),
            ("answer_submission", "Dapat menjawab tiket"),
            ("assign_submission", "Dapat mendisposisikan tiket"),
            ("export_submission", "Dapat mengekspor tiket"),
            ("view_statistics", "Dapat melihat statistik layanan"),
            ("reveal_nik", "Dapat membuka NIK"),
        ]
        # Constraints rather than unique fields and bare foreign keys rather than indexed ones where an index below
        # begins with them: every index is written with every ticket.
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="ticket_reference_unique"),
            models.UniqueConstraint(fields=["token_digest"], name="ticket_one_per_token"),
            models.UniqueConstraint(fields=["link_digest"], name="ticket_link_unique"),
        ]
        indexes = [
            # The inbox opens on open tickets, the oldest promise first.
            models.Index(fields=["due_at", "id"], condition=Q(status__in=sorted(OPEN)), name="ticket_open_due"),
            models.Index(fields=["due_at", "id"], name="ticket_due"),
            models.Index(fields=["form", "due_at"], name="ticket_form_due"),
            models.Index(fields=["assignee", "due_at"], name="ticket_assignee_due"),
            models.Index(fields=["-submitted_at", "id"], name="ticket_submitted"),
            models.Index(fields=["status", "due_at"], name="ticket_status_due"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def procedure(self) -> procedures.Procedure:
        """What the ticket goes through, as its form says."""
        return procedures.get(self.form.procedure)

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for something."""
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it is an officer's turn and the promised time is over."""
        return self.status in NEEDS_ACTION and self.due_at < timezone.now()

    @property
    def is_anonymous(self) -> bool:
        """Whether what was personal is gone, and with it whatever a PIN could open (forms.retention)."""
        return not self.pin_hash

    @property
    def link_secret(self) -> str:
        """The secret of the status link that holds now."""
        return references.link_secret(self.reference, self.pin_version)
