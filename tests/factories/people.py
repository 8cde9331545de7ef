"""Staff."""

from __future__ import annotations

from django.contrib.auth.models import Group

from forms.models import FormPage
from siptenan.accounts import roles
from siptenan.accounts.models import User

PASSWORD = "sandi-contoh-123"


def make_staff(role: str, username: str, *, forms: list[FormPage] = (), **values) -> User:
    """Return a member of staff with a role and the forms he answers."""
    user = User.objects.create_user(
        username=username, password=PASSWORD, email=f"{username}@example.id", first_name=username.title(), **values
    )
    user.groups.add(Group.objects.get(name=role))
    user.assigned_forms.set(forms)
    return user


ROLES = (roles.ADMIN, roles.EDITOR, roles.OFFICER)
