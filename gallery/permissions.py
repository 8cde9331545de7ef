"""Who may do what in the Gallery IKM: predicates that views, menus and templates share."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from forms import permissions as casework
from forms.enums import Status
from forms.models import FormPage, Submission
from gallery.models import Business, BusinessRecord, Product
from gallery.procedure import Registration
from siptenan.accounts.models import User

Actor = User | AnonymousUser
REMEMBERED = "_works_on_gallery"  # on the user object, which lives as long as a request


def can_work(user: Actor) -> bool:
    """Whether the Gallery is this person's: by role, and given the tickets of a Gallery form (or those of all forms).

    An officer of trademarks alone has nothing to do with owners and their data.
    """
    if not (isinstance(user, User) and user.is_active and user.has_perm("gallery.verify_business")):
        return False
    if not hasattr(user, REMEMBERED):  # a screen of the CMS asks a dozen times, its menu alone for each item
        is_theirs = user.is_superuser or casework.forms_for(user).filter(procedure=Registration.code).exists()
        setattr(user, REMEMBERED, is_theirs)
    return getattr(user, REMEMBERED)


def can_verify(user: Actor) -> bool:
    """Whether registrations may be approved, sent back and rejected."""
    return can_work(user)


def can_export(user: Actor) -> bool:
    """Whether the register may be taken out as a file."""
    return can_work(user) and user.has_perm("gallery.export_business")


def can_reveal_nik(user: Actor) -> bool:
    """Whether all digits of a NIK may be read; each look is recorded."""
    return isinstance(user, User) and can_work(user) and casework.can_reveal_nik(user)


def registrations_for(user: User) -> QuerySet[Submission]:
    """The registrations a user may see; every view of them starts here."""
    if not can_work(user):
        return Submission.objects.none()
    return casework.tickets_for(user).filter(form__in=FormPage.objects.filter(procedure=Registration.code))


def can_see_records(user: Actor) -> bool:
    """Whether the private data of businesses may be read; each look is recorded."""
    return can_work(user) and user.has_perm("gallery.view_businessrecord")


def records_for(user: Actor) -> QuerySet[BusinessRecord]:
    """The records a user may see: those of registrations he may see, and those without one."""
    if not (isinstance(user, User) and can_see_records(user)):
        return BusinessRecord.objects.none()
    return BusinessRecord.objects.filter(Q(submission=None) | Q(submission__in=registrations_for(user)))


def can_change_records(user: Actor) -> bool:
    """Whether the private data of businesses may be changed."""
    return can_see_records(user) and user.has_perm("gallery.change_businessrecord")


def can_add_businesses(user: Actor) -> bool:
    """Whether a business that did not register itself may be recorded."""
    return can_change_records(user) and user.has_perm("gallery.add_business")


def is_verified(snippet: Business | Product) -> bool:
    """Whether it may be published by Wagtail's own buttons: what came as a registration only once that is approved."""
    # Of a product also the business that it came with: a draft may say another one.
    if isinstance(snippet, Business):
        businesses = {snippet.pk}
    else:
        stored = Product.objects.filter(pk=snippet.pk).values_list("business_id", flat=True)
        businesses = {snippet.business_id, *stored}
    waiting = BusinessRecord.objects.filter(business__in=businesses, submission__isnull=False)
    return not waiting.exclude(submission__status=Status.APPROVED).exists()


class GalleryPolicy(ModelPermissionPolicy):
    """Permissions of a snippet of the Gallery, for those whose it is."""

    def user_has_permission(self, user: Actor, action: str) -> bool:
        return super().user_has_permission(user, action) and can_work(user)
