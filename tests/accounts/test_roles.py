"""After a migrate every group holds exactly its row of the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
)

from home.models import StandardPage
from siptenan.accounts.roles import ADMIN, EDITOR, MEDIA_PERMISSIONS, OFFICER, REVIEW, ROLES, apply_roles
from siptenan.accounts.roles_document import document
from tests import factories
from tests.factories import text


def label(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def holdings() -> dict[str, tuple]:
    """Everything every group holds, wherever it holds it."""
    return {
        group.name: (
            {label(permission) for permission in group.permissions.select_related("content_type")},
            {(grant.page.depth, label(grant.permission)) for grant in group.page_permissions.select_related("page")},
            {(grant.collection.depth, label(grant.permission)) for grant in group.collection_permissions.all()},
            {label(grant.permission) for grant in group.site_permissions.all()},
        )
        for group in Group.objects.all()
    }


def table() -> dict[str, tuple]:
    """The same, as the table of roles has it; depth 1 is the root of the tree."""
    return {
        name: (
            set(role.permissions),
            {(1, f"wagtailcore.{action}_page") for action in role.page_actions},
            {(1, permission) for permission in MEDIA_PERMISSIONS} if role.media else set(),
            set(),
        )
        for name, role in ROLES.items()
    }


@pytest.fixture
def applied(db):
    factories.make_root()


def test_groups_are_the_table(applied):
    assert holdings() == table()


def test_running_twice_changes_nothing(applied):
    before = (
        set(GroupPagePermission.objects.values_list("pk")),
        set(GroupCollectionPermission.objects.values_list("pk")),
    )
    apply_roles(apps.get_app_config("accounts"))
    assert before == (
        set(GroupPagePermission.objects.values_list("pk")),
        set(GroupCollectionPermission.objects.values_list("pk")),
    )
    assert holdings() == table()


def test_what_is_beyond_the_table_is_taken_away(applied, site):
    officer = Group.objects.get(name=OFFICER)
    page, collection = Page.objects.get(pk=site.pk), Collection.get_first_root_node().add_child(name="Arsip")
    permission = Permission.objects.get(codename="delete_user")
    officer.permissions.add(permission)
    GroupPagePermission.objects.create(group=officer, page=page, permission_type="publish")
    GroupCollectionPermission.objects.create(
        group=officer, collection=collection, permission=Permission.objects.get(codename="add_image")
    )
    GroupSitePermission.objects.create(group=officer, site=Site.objects.get(), permission=permission)
    apply_roles(apps.get_app_config("accounts"))
    assert holdings() == table()


def test_what_is_missing_comes_back(applied):
    Group.objects.get(name=ADMIN).permissions.clear()
    Group.objects.get(name=EDITOR).delete()
    apply_roles(apps.get_app_config("accounts"))
    assert holdings() == table()


def test_members_of_the_groups_stay(applied):
    user = factories.make_staff(OFFICER, "petugas")
    apply_roles(apps.get_app_config("accounts"))
    assert [group.name for group in user.groups.all()] == [OFFICER]


def test_groups_that_somebody_made_are_left_alone(applied):
    Group.objects.create(name="Tamu")
    apply_roles(apps.get_app_config("accounts"))
    assert set(holdings()) == {ADMIN, EDITOR, OFFICER, "Tamu"}


def test_migrate_applies_them(applied):
    Group.objects.get(name=OFFICER).permissions.clear()
    call_command("migrate", "accounts", verbosity=0)
    assert holdings() == table()


def test_a_right_that_does_not_exist_stops_the_migrate(applied, monkeypatch):
    monkeypatch.setitem(ROLES, "Tamu", type(ROLES[ADMIN])("", permissions=["forms.no_such_right"]))
    with pytest.raises(Permission.DoesNotExist):
        apply_roles(apps.get_app_config("accounts"))


def test_media_rights_work(client, site, admin, editor, officer):
    """Wagtail asks for rights on its own image and document models, not on ours."""
    for user, status in ((admin, 200), (editor, 200), (officer, 302)):
        client.force_login(user)
        assert client.get("/cms/images/").status_code == status
        assert client.get("/cms/documents/").status_code == status


def test_page_rights_work(client, site, editor, officer):
    page = site.add_child(instance=StandardPage(title="Contoh", slug="contoh", body=text("<p>Isi.</p>")))
    for user, allowed in ((editor, True), (officer, False)):
        assert page.permissions_for_user(user).can_edit() is allowed
        assert page.permissions_for_user(user).can_publish() is allowed


def test_docs_are_the_table():
    path = Path(settings.BASE_DIR) / "docs" / "roles.md"
    assert path.read_text() == document(), "run: manage.py roles_document > docs/roles.md"


def test_what_the_office_makes_of_the_review_stays(db):
    assert WorkflowPage.objects.get().workflow.name == REVIEW
    WorkflowPage.objects.all().delete()
    Workflow.objects.filter(name=REVIEW).update(active=False)
    apply_roles(apps.get_app_config("accounts"))
    assert not WorkflowPage.objects.exists()
    assert Workflow.objects.filter(name=REVIEW).count() == 1
