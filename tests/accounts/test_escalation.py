"""An admin who is no superuser makes no superuser, touches none, and gives no other group than the three."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from siptenan.accounts import roles
from siptenan.accounts.models import User
from siptenan.accounts.permissions import may_touch

from .test_staff_screens import PASSWORD, USERS, filled_in, role_pk


@pytest.fixture
def owner(site) -> User:
    """A superuser."""
    return User.objects.create_superuser("pemilik", "pemilik@example.id", "sandi-pemilik-1", first_name="Pemilik")


@pytest.fixture
def guests(db) -> Group:
    """A group outside the table of roles."""
    return Group.objects.create(name="Tamu")


@pytest.fixture
def as_admin(client, admin) -> Client:
    client.force_login(admin)
    return client


def refused(response) -> bool:
    return response.status_code == 302 and response["Location"] == "/cms/"


def unchanged(user: User) -> bool:
    now = User.objects.get(pk=user.pk)
    return all(getattr(now, name) == getattr(user, name) for name in ("password", "is_active", "is_superuser", "email"))


FLAGS = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"], "groups": ["1"]}


def test_a_new_user_cannot_be_made_superuser(as_admin, form_page, guests):
    as_admin.post(f"{USERS}new/", filled_in(form_page, **{**FLAGS, "groups": [guests.pk]}))
    user = User.objects.get(username="siti")
    assert (user.is_superuser, user.is_staff, user.user_permissions.count()) == (False, False, 0)
    assert [group.name for group in user.groups.all()] == [roles.OFFICER]


def test_nor_can_an_old_one_or_oneself(as_admin, form_page, officer, admin, guests):
    flags = {**FLAGS, "groups": [guests.pk], "password1": "", "password2": ""}
    for user in (officer, admin):
        as_admin.post(f"{USERS}edit/{user.pk}/", filled_in(form_page, username=user.username, **flags))
        user.refresh_from_db()
        assert user.first_name == "Siti", "the rest of the form was saved"
        assert not user.is_superuser
        assert guests not in user.groups.all()


def test_another_group_is_no_role(as_admin, form_page, guests):
    response = as_admin.post(f"{USERS}new/", filled_in(form_page, role=guests.pk))
    assert "role" in response.context["form"].errors


@pytest.mark.parametrize("path", ["edit", "delete", "history", "history-results", "usage"])
def test_a_superuser_is_out_of_reach(as_admin, form_page, owner, path):
    url = f"{USERS}{path}/{owner.pk}/"
    assert refused(as_admin.get(url))
    answer = as_admin.post(url, filled_in(form_page, username="pemilik"))
    assert refused(answer) or answer.status_code == 405
    assert unchanged(owner)


def test_the_list_shows_a_superuser_without_a_way_in(as_admin, owner):
    page = as_admin.get(USERS).content.decode()
    assert "pemilik" in page
    assert f"/edit/{owner.pk}/" not in page
    assert f"/delete/{owner.pk}/" not in page


def test_a_superuser_cannot_be_copied(as_admin, owner):
    """The copy would be one too, with a password that the copying admin chooses."""
    assert as_admin.get(f"{USERS}copy/{owner.pk}/").status_code == 404
    as_admin.post(f"{USERS}copy/{owner.pk}/", {"username": "kembar", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.filter(is_superuser=True).count() == 1


def test_nobody_removes_himself(as_admin, admin):
    assert refused(as_admin.get(f"{USERS}delete/{admin.pk}/"))
    assert refused(as_admin.post(f"{USERS}delete/{admin.pk}/"))
    assert User.objects.filter(pk=admin.pk).exists()


def test_nobody_switches_himself_off_or_changes_his_own_role(as_admin, form_page, admin):
    values = filled_in(form_page, username="admin", password1="", password2="", role=role_pk(roles.OFFICER))
    del values["is_active"]
    as_admin.post(f"{USERS}edit/{admin.pk}/", values)
    admin.refresh_from_db()
    assert (admin.first_name, admin.is_active) == ("Siti", True)
    assert [group.name for group in admin.groups.all()] == [roles.ADMIN]


def test_changing_ones_own_password_keeps_one_signed_in(as_admin, form_page, admin):
    as_admin.post(f"{USERS}edit/{admin.pk}/", filled_in(form_page, username="admin"))
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)
    assert as_admin.get("/cms/").status_code == 200


@pytest.mark.parametrize("path", ["", "new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/"])
def test_groups_are_not_an_admins_business(as_admin, path):
    group = Group.objects.get(name=roles.ADMIN)
    url = f"/cms/groups/{path.format(pk=group.pk)}"
    assert refused(as_admin.get(url))
    assert refused(as_admin.post(url, {"name": "Lain"}))
    assert Group.objects.filter(pk=group.pk, name=roles.ADMIN).exists()


def bulk_post(client: Client, action: str, ids: list, **data):
    query = "&".join(f"id={pk}" for pk in ids)
    return client.post(f"/cms/bulk/accounts/user/{action}/?{query}", data)


@pytest.mark.parametrize("ids", ["owner", "officer", "all"])
def test_bulk_actions_change_nobody(as_admin, owner, officer, admin, guests, ids):
    chosen = {"owner": [owner.pk], "officer": [officer.pk], "all": ["all"]}[ids]
    for action, data in (
        ("assign_role", {"role": guests.pk}),
        ("assign_role", {"role": role_pk(roles.ADMIN)}),
        ("set_active_state", {"mark_as_active": "False"}),
        ("delete", {}),
    ):
        assert refused(bulk_post(as_admin, action, chosen, **data))
    assert User.objects.filter(is_active=True).count() == 3
    assert not guests.user_set.exists()
    assert [user.username for user in Group.objects.get(name=roles.ADMIN).user_set.all()] == ["admin"]


def test_no_bulk_action_on_users_was_forgotten():
    bulk_action_registry._scan_for_bulk_actions()
    assert set(bulk_action_registry.actions["accounts"]["user"]) == {"assign_role", "set_active_state", "delete"}


def test_nobody_else_gets_as_far_as_the_question(client, officer, editor, owner):
    for user in (officer, editor):
        client.force_login(user)
        for action in ("assign_role", "set_active_state", "delete"):
            assert refused(client.get(f"/cms/bulk/accounts/user/{action}/?id={owner.pk}"))
            assert refused(bulk_post(client, action, [owner.pk], mark_as_active="False"))
    assert unchanged(owner)


class TestSuperuser:
    """He may do what the admin may not."""

    @pytest.fixture
    def as_owner(self, client, owner) -> Client:
        client.force_login(owner)
        return client

    def test_makes_another(self, as_owner, form_page):
        as_owner.post(f"{USERS}new/", filled_in(form_page, role="", is_superuser="on"))
        assert User.objects.get(username="siti").is_superuser

    def test_but_somebody_without_role_and_rights_is_no_use(self, as_owner, form_page):
        response = as_owner.post(f"{USERS}new/", filled_in(form_page, role=""))
        assert "role" in response.context["form"].errors

    def test_changes_and_removes_another(self, as_owner, form_page):
        other = User.objects.create_superuser("lain", "lain@example.id", "x")
        values = filled_in(form_page, username="lain", password1="", password2="", role="")
        as_owner.post(f"{USERS}edit/{other.pk}/", values)
        other.refresh_from_db()
        assert other.is_superuser, "without a role he stays what he is"
        as_owner.post(f"{USERS}edit/{other.pk}/", {**values, "is_superuser": "on"})
        other.refresh_from_db()
        assert (other.first_name, other.is_superuser) == ("Siti", True)
        as_owner.post(f"{USERS}delete/{other.pk}/")
        assert not User.objects.filter(pk=other.pk).exists()

    def test_a_group_of_his_own_making_survives_an_edit(self, as_owner, form_page, officer, guests):
        officer.groups.add(guests)
        values = filled_in(form_page, username="petugas", password1="", password2="")
        as_owner.post(f"{USERS}edit/{officer.pk}/", values)
        assert {group.name for group in officer.groups.all()} == {roles.OFFICER, "Tamu"}


def test_the_predicate(admin, officer, owner):
    assert may_touch(admin, officer)
    assert not may_touch(admin, owner)
    assert may_touch(owner, owner)
