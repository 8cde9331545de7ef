"""Roles of the office: one table of groups and permissions, applied after each migrate.

What a group holds beyond its row is taken away again, so this file is the truth (docs/roles.md reads from it).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.apps import AppConfig, apps
from django.db import transaction

ADMIN = "Admin"
EDITOR = "Editor"
OFFICER = "Petugas"
REVIEW = "Tinjauan halaman"

_REFERENCE_MODELS = ("channel", "commodity", "holiday", "kelurahan", "unit")
_REGULATION_MODELS = ("regulationkind", "initiator", "legalfield", "subject", "regulationstub")


def _all(app_label: str, model: str, *actions: str) -> list[str]:
    return [f"{app_label}.{action}_{model}" for action in actions or ("add", "change", "delete", "view")]


def _gallery(*more: str) -> list[str]:
    """What working on the Gallery IKM takes; gallery.permissions asks whose it is besides."""
    actions = ("add", "change", "view", "publish", *more)
    return [
        *_all("gallery", "business", *actions), *_all("gallery", "product", *actions),
        *_all("gallery", "businessrecord", "view", "change"), "gallery.verify_business",
    ]  # fmt: skip


def _regulations() -> list[str]:
    """What regulations need besides the pages: their vocabulary, regulations outside, the text of PDFs."""
    tables = [name for model in _REGULATION_MODELS for name in _all("regulasi", model)]
    return [*tables, *_all("regulasi", "documenttext", "view", "change")]


@dataclass(frozen=True)
class Role:
    """Permissions of one group: `app.codename`, actions on the whole page tree, actions on media."""

    description: str
    permissions: list[str] = field(default_factory=list)
    page_actions: tuple[str, ...] = ()
    media: bool = False


ROLES: dict[str, Role] = {
    ADMIN: Role(
        "Kepala bidang: pengguna, jam layanan, hari libur, referensi, semua tiket dan laporan.",
        permissions=[
            "wagtailadmin.access_admin",
            *_all("accounts", "user"),
            *(name for model in _REFERENCE_MODELS for name in _all("common", model)),
            "common.change_officesettings",
            *_all("wagtailredirects", "redirect", "add", "change", "delete"),
            *_all("home", "infocategory"),
            *_regulations(),
            "forms.view_submission", "forms.view_all_submissions", "forms.answer_submission",
            "forms.assign_submission", "forms.export_submission", "forms.view_statistics", "forms.reveal_nik",
            *_gallery("delete", "lock", "unlock"), "gallery.export_business",
        ],
        page_actions=("add", "change", "publish", "lock", "unlock", "bulk_delete"),
        media=True,
    ),
    EDITOR: Role(
        "Menulis dan menerbitkan halaman, membuat formulir; tidak melihat tiket.",
        permissions=[
            "wagtailadmin.access_admin",
            *_all("wagtailredirects", "redirect", "add", "change", "delete"),
            *_all("home", "infocategory"),
            *_regulations(),
        ],
        page_actions=("add", "change", "publish", "lock", "unlock"),
        media=True,
    ),
    OFFICER: Role(
        "Menjawab tiket dari formulir yang diberikan kepadanya, memeriksa Gallery IKM; tidak mengubah halaman.",
        permissions=[
            "wagtailadmin.access_admin",
            "forms.view_submission", "forms.answer_submission", "forms.assign_submission",
            "forms.export_submission", "forms.view_statistics",
            *_gallery(),
        ],
    ),
}  # fmt: skip

# Wagtail asks for the permissions of its own image and document models, whichever models are in use.
MEDIA_PERMISSIONS = (
    "wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image",
    "wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document",
)  # fmt: skip


def apply_roles(sender: AppConfig, using: str = "default", **kwargs) -> None:
    """`post_migrate`: make the groups equal to the table.

    Raises Permission.DoesNotExist when the table names a permission that no model has.
    """
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group
    from wagtail.models import Collection, GroupSitePermission, Page, Task, Workflow

    if Page.get_first_root_node() is None or Collection.get_first_root_node() is None:
        return  # a flushed test database has no tree to give permissions on
    for app in apps.get_app_configs():  # those of the apps after this one do not exist yet
        create_permissions(app, verbosity=0, using=using)
    with transaction.atomic(using=using):
        # Wagtail's own, made by its migrations: two groups, and a workflow in English that only they could finish.
        Group.objects.filter(name__in=("Editors", "Moderators")).delete()
        Workflow.objects.filter(name="Moderators approval").delete()
        Task.objects.filter(name="Moderators approval").delete()
        for name, role in ROLES.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set([_permission(label) for label in role.permissions])
            _set_page_permissions(group, role.page_actions)
            _set_media_permissions(group, role.media)
            GroupSitePermission.objects.filter(group=group).delete()  # settings are for the whole office
        _make_review()


def _permission(label: str):
    from django.contrib.auth.models import Permission

    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _set_page_permissions(group, actions: tuple[str, ...]) -> None:
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupPagePermission, Page

    root = Page.get_first_root_node()
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{action}_page" for action in actions]
    )
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _make_review() -> None:
    """The workflow of pages, for an editor who wants a second pair of eyes; what the office makes of it later stays."""
    from django.contrib.auth.models import Group
    from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

    workflow, is_new = Workflow.objects.get_or_create(name=REVIEW)
    if not is_new:
        return
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.set([Group.objects.get(name=ADMIN)])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})


def _set_media_permissions(group, allowed: bool) -> None:
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    wanted = [_permission(label) for label in MEDIA_PERMISSIONS] if allowed else []
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
