"""Who may do what with a member of staff. Views, forms, hooks and templates ask here and nowhere else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import QuerySet
from wagtail.admin.auth import user_has_any_page_permission

from siptenan.accounts.models import User
from siptenan.accounts.roles import ROLES

ACCESS = "wagtailadmin.access_admin"

Actor = User | AnonymousUser


def may_enter_cms(user: Actor) -> bool:
    """Active, and with a role (or a superuser)."""
    return user.has_perm(ACCESS)


def may_touch(actor: Actor, target: User) -> bool:
    """Whether `actor` may look into and change the account `target`: nobody but a superuser touches a superuser."""
    return actor.is_superuser or not target.is_superuser


def manages_staff(user: Actor) -> bool:
    """The head of section: adds, changes and removes users."""
    return user.has_perm("accounts.change_user")


def edits_content(user: Actor) -> bool:
    """Whether the user may add, change or publish any page; media and the like go with that."""
    return user_has_any_page_permission(user)


def may_make_superusers(actor: Actor) -> bool:
    """Only those who are one."""
    return actor.is_superuser


def role_groups() -> QuerySet[Group]:
    """The groups that can be given on screen: those of the table of roles."""
    return Group.objects.filter(name__in=ROLES)


def role_of(user: User) -> Group | None:
    """The role of a member of staff, without a query when `groups` was prefetched."""
    return next((group for group in user.groups.all() if group.name in ROLES), None)
