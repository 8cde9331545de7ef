"""Who may do what with tickets: small named predicates, used by views, menus, exports and templates alike.

Rights come from the role; which tickets they reach comes from the forms given to the officer.
"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from forms.models import FormPage, OutgoingMail, Submission
from forms.models.mail import OutgoingMailQuerySet
from forms.models.submission import SubmissionQuerySet
from siptenan.accounts.models import User
from siptenan.accounts.permissions import edits_content


def can_use_inbox(user: User) -> bool:
    """Whether the inbox is shown at all."""
    return user.is_active and user.has_perm("forms.view_submission")


def can_see_every_form(user: User) -> bool:
    """Whether tickets of all forms are seen, given or not."""
    return user.has_perm("forms.view_all_submissions")


def can_answer(user: User) -> bool:
    """Whether replies, notes and moves are offered."""
    return can_use_inbox(user) and user.has_perm("forms.answer_submission")


def can_assign(user: User) -> bool:
    """Whether tickets may be handed to somebody."""
    return can_use_inbox(user) and user.has_perm("forms.assign_submission")


def can_export(user: User) -> bool:
    """Whether the inbox may be taken out as a file."""
    return can_use_inbox(user) and user.has_perm("forms.export_submission")


def can_see_statistics(user: User) -> bool:
    """Whether the figures of the service are shown."""
    return user.is_active and user.has_perm("forms.view_statistics")


def can_reveal_nik(user: User) -> bool:
    """Whether all digits of a NIK may be read, one at a time; everybody else sees six of them."""
    return can_use_inbox(user) and user.has_perm("forms.reveal_nik")


def forms_for(user: User) -> QuerySet[FormPage]:
    """The forms whose tickets a user may see."""
    if not can_use_inbox(user):
        return FormPage.objects.none()
    if can_see_every_form(user):
        return FormPage.objects.all()
    return FormPage.objects.filter(pk__in=user.assigned_forms.values("pk"))


def forms_with_consent_texts(user: User) -> QuerySet[FormPage]:
    """The forms whose texts of consent a user may read: all of them who edits pages, else those of his tickets."""
    return FormPage.objects.all() if edits_content(user) else forms_for(user)


def can_read_consent_texts(user: User) -> bool:
    """Whether the texts of consent are offered at all."""
    return edits_content(user) or can_use_inbox(user)


def tickets_for(user: User) -> SubmissionQuerySet:
    """The tickets a user may see; every view starts here."""
    if not can_use_inbox(user):
        return Submission.objects.none()
    if can_see_every_form(user):
        return Submission.objects.all()
    # A plain list: the planner then uses the index on form and due date.
    return Submission.objects.filter(form_id__in=list(user.assigned_forms.values_list("pk", flat=True)))


def can_answer_ticket(user: User, ticket: Submission) -> bool:
    """Whether a user may answer this very ticket."""
    return can_answer(user) and tickets_for(user).filter(pk=ticket.pk).exists()


def troubled_mail_for(user: User) -> OutgoingMailQuerySet:
    """The mails that could not be sent, of the tickets a user may see."""
    return OutgoingMail.objects.troubled().filter(submission__in=tickets_for(user))


def is_given_to_somebody(form: FormPage) -> bool:
    """Whether an officer was given the tickets of this form; heads of section see those of all forms anyway."""
    return form.pk is not None and User.objects.filter(is_active=True, assigned_forms=form.pk).exists()


def officers_for(form: FormPage) -> QuerySet[User]:
    """Who may be given a ticket of this form: those who can answer and see it."""
    answer = Permission.objects.filter(content_type__app_label="forms", codename="answer_submission")
    see_all = Permission.objects.filter(content_type__app_label="forms", codename="view_all_submissions")
    return (
        User.objects.filter(is_active=True, groups__permissions__in=answer)
        .filter(Q(assigned_forms=form.pk) | Q(groups__permissions__in=see_all))
        .distinct()
        .order_by("first_name", "username")
    )
