"""Every address of the CMS x every role, from one table.

The addresses come from the resolver, so a new one fails here until somebody says in the table who gets in.
Who does not get in must be turned away from GET, and from POST where GET is not answered.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupApprovalTask, Site, TaskState, Workflow, WorkflowState

from forms.models import OutgoingMail
from gallery.models import QuarterlyReport
from home.models import InfoCategory, StandardPage
from regulasi.models import DocumentText, Initiator, LegalField, RegulationKind, Subject
from siptenan.accounts.models import User
from siptenan.common.models import Channel, Commodity, Holiday, Kelurahan, SiteDocument, SiteImage, Unit
from tests import factories
from tests.factories import text

ANONYMOUS, OFFICER, EDITOR, ADMIN, SUPERUSER = "anonymous", "petugas", "editor", "admin", "superuser"
ALL_ROLES = (ANONYMOUS, OFFICER, EDITOR, ADMIN, SUPERUSER)

NOBODY: set[str] = set()
VISITORS = {ANONYMOUS}
EVERYBODY = set(ALL_ROLES)
STAFF = EVERYBODY - VISITORS
CONTENT = {EDITOR, ADMIN, SUPERUSER}
TICKETS = {OFFICER, ADMIN, SUPERUSER}
HEADS = {ADMIN, SUPERUSER}
OWNERS = {SUPERUSER}

# A name, or the beginning of one and `*`; the longest that fits decides.
WHO_GETS_IN: dict[str, set[str]] = {
    # signing in, and one's own account
    "account_login": VISITORS,  # who is signed in is sent on to the CMS
    "account_logout": STAFF,
    "account_inactive": EVERYBODY,
    "account_reauthenticate": STAFF,
    "mfa_*": STAFF,
    "mfa_authenticate": NOBODY,  # only between the password and the code
    "wagtailadmin_login": VISITORS,  # the address of account_login
    "wagtailadmin_logout": STAFF,  # the address of account_logout
    "wagtailadmin_password_reset*": NOBODY,
    "wagtailadmin_account": STAFF,
    # what every screen needs
    "wagtailadmin_home": STAFF,
    "wagtailadmin_dismissibles": STAFF,
    "wagtailadmin_sprite": EVERYBODY,
    "wagtailadmin_javascript_catalog": EVERYBODY,
    "wagtail_modeladmin:javascript_catalog": STAFF,
    "cms/test404/": STAFF,  # shows Wagtail's 404 page
    "cms/^.*/$": NOBODY,  # anything else
    "wagtailadmin_error_test": NOBODY,
    # tickets
    "inbox:*": TICKETS,
    "ticket:*": TICKETS,
    "ticket:reveal-nik": HEADS,
    "ticket-statistics": TICKETS,
    "outgoing-mail*": TICKETS,
    "consent-*": STAFF,
    "wagtailforms:*": NOBODY,
    "form-templates": CONTENT,
    # the Gallery IKM: this officer answers trademark questions; those of the Gallery: tests/gallery
    "gallery-*": HEADS,
    "gallery-ikm-ticket": TICKETS,  # of any form, as far as its officer may see
    "wagtailsnippets_gallery_business:*": HEADS,
    "wagtailsnippets_gallery_product:*": HEADS,
    "wagtailsnippetchoosers_gallery_business:*": HEADS,
    "wagtailsnippetchoosers_gallery_product:*": HEADS,
    "bulk gallery.business.*": HEADS,
    "bulk gallery.product.*": HEADS,
    # regulations
    "regulation-*": CONTENT,
    "referensi_jenis-peraturan_*": CONTENT,
    "referensi_pemrakarsa_*": CONTENT,
    "referensi_bidang-hukum_*": CONTENT,
    "referensi_subjek_*": CONTENT,
    "wagtailsnippets_regulasi_regulationstub:*": CONTENT,
    "wagtailsnippetchoosers_regulasi_regulationstub:*": CONTENT,
    "bulk regulasi.regulationstub.*": CONTENT,
    # everybody's
    "staff-document": STAFF,  # this one belongs to no published regulation; tests/common/test_document_access.py
    "component-library*": CONTENT,
    "guide": STAFF,
    "share-links": STAFF,
    "share-qr": STAFF,
    # content
    "wagtailadmin_api:*": CONTENT,
    "wagtailadmin_api:pages:action": NOBODY,
    "wagtailadmin_block_preview": CONTENT,
    "wagtailadmin_choose_page*": CONTENT,
    "wagtailadmin_editing_sessions:*": STAFF,  # who may not change the thing is told that there is none
    "wagtailadmin_explore*": CONTENT,
    "wagtailadmin_pages:*": CONTENT,
    "wagtailadmin_tag_*": CONTENT,
    "wagtaildocs:*": CONTENT,
    "wagtaildocs_chooser:*": CONTENT,
    "wagtailembeds:*": CONTENT,
    "wagtailimages:*": CONTENT,
    "wagtailimages_chooser:*": CONTENT,
    "wagtailredirects:*": CONTENT,
    "wagtailsnippetchoosers_home_infocategory:*": CONTENT,
    "wagtailsnippets:index": NOBODY,  # each kind of snippet has a menu item of its own
    "wagtailsnippets_home_infocategory:*": CONTENT,
    "bulk home.infocategory.*": CONTENT,
    "bulk wagtailcore.page.*": CONTENT,
    "bulk common.siteimage.*": CONTENT,
    "bulk common.sitedocument.*": CONTENT,
    # reports
    "wagtailadmin_reports:*": CONTENT,
    "wagtailadmin_reports:site_history*": HEADS,
    # the head of section
    "wagtailusers_users:*": HEADS,
    "bulk accounts.user.*": HEADS,  # the question; the act itself is refused: tests/accounts/test_bulk.py
    "wagtailsettings:*": HEADS,
    "referensi_*": HEADS,
    "holiday-import": HEADS,
    # what the project itself sets up
    "wagtailadmin_collections:*": OWNERS,
    "wagtailadmin_workflows:*": OWNERS,
    "wagtailsites:*": OWNERS,
    "wagtailusers_groups:*": OWNERS,
}

# They turn away even those who get in, because there is nothing of the kind in this example.
NOTHING_THERE = {
    "mfa_deactivate_totp",  # not switched on
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "wagtailadmin_api:pages:find",  # finds nothing without a question
    "wagtailadmin_api:documents:find",
    "wagtailadmin_api:images:find",
    "wagtailadmin_block_preview",  # no block named
    "wagtailadmin_pages:convert_alias",  # no alias
    "wagtailadmin_pages:workflow_action",  # not in moderation
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_pages:workflow_history_detail",
    "wagtailimages:url_generator",  # not in use
    "wagtailimages:url_generator_output",
    "wagtailsettings:preview_on_edit",  # the settings have no preview
    "ticket:edit-reply",  # no reply
    "wagtailsnippets_gallery_business:workflow_history_detail",  # not in moderation
    "wagtailsnippets_gallery_business:workflow_preview",
    "wagtailsnippets_gallery_product:workflow_history_detail",
    "wagtailsnippets_gallery_product:workflow_preview",
    "gallery-update",  # no owner has sent any
    "gallery-update-photo",
    "ticket:photo",  # no photo
    "ticket:file",  # no file
}

# Wagtail does not close the file that it renders a thumbnail into.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture(autouse=True)
def _collect_thumbnails():
    yield
    gc.collect()


@dataclass(frozen=True)
class Address:
    """One address of the CMS: its name in the table, where it is, an example to ask for."""

    name: str
    url: str


def patterns(level: list | None = None, route: str = "", namespace: str = "", names: tuple = ()) -> Iterator[tuple]:
    """Yield (name, names of arguments) of every pattern below /cms/; an unnamed pattern is named by its route."""
    for pattern in get_resolver().url_patterns if level is None else level:
        here = route + str(pattern.pattern)
        arguments = (*names, *(pattern.pattern.converters or pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLResolver):
            deeper = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern.url_patterns, here, deeper, arguments)
        elif isinstance(pattern, URLPattern) and here.startswith("cms/"):
            yield (namespace + pattern.name if pattern.name else here), arguments


def rule_for(name: str) -> str | None:
    """The line of the table that speaks of this address."""
    fitting = [rule for rule in WHO_GETS_IN if rule == name or (rule[-1] == "*" and name.startswith(rule[:-1]))]
    return max(fitting, key=len, default=None)


@pytest.fixture
def examples(site, form_page, ticket, officer) -> dict[str, object]:
    """Something of everything that an address can ask for: by argument, or by beginning of a name and argument."""
    page = site.add_child(instance=StandardPage(title="Halaman contoh", slug="contoh", body=text("<p>Isi contoh.</p>")))
    revision = page.save_revision()
    image = SiteImage.objects.create(title="Foto", file=get_test_image_file())
    document = SiteDocument.objects.create(title="Surat", file=ContentFile(b"%PDF-1.4", "surat.pdf"))
    group = Group.objects.create(name="Tamu")
    workflow, task = Workflow.objects.create(name="Moderasi"), GroupApprovalTask.objects.create(name="Persetujuan")
    holiday, _ = Holiday.objects.get_or_create(date="2026-08-17", defaults={"name": "Kemerdekaan"})
    mail = OutgoingMail.objects.first()
    category = InfoCategory.objects.create(name="Merek", slug="merek")
    registration = factories.make_registration(factories.make_gallery_form())
    business = factories.make_business()
    product = factories.make_product(business)
    report = QuarterlyReport.objects.create(record=business.record, year=2026, quarter=3)
    stub = factories.regulations.make_stub()
    pdf_text = DocumentText.objects.create(document=document)
    return {
        "regulation-text-retry pk": pdf_text.pk,
        "referensi_jenis-peraturan instance_pk": RegulationKind.objects.first().pk,
        "referensi_pemrakarsa instance_pk": Initiator.objects.first().pk,
        "referensi_bidang-hukum instance_pk": LegalField.objects.first().pk,
        "referensi_subjek instance_pk": Subject.objects.first().pk,
        "wagtailsnippets_regulasi_regulationstub pk": stub.pk,
        "wagtailsnippetchoosers_regulasi_regulationstub pk": stub.pk,
        "bulk regulasi.regulationstub": stub.pk,
        "page_id": page.pk, "page_to_move_id": page.pk, "parent_page_id": site.pk, "destination_id": site.pk,
        "revision_id": revision.pk, "revision_id_a": revision.pk, "revision_id_b": revision.pk,
        "content_type_app_name": "home", "content_type_model_name": "standardpage",
        "app_label": "home", "model_name": "standardpage", "object_id": page.pk, "session_id": 1,
        "action_name": "approve", "task_id": task.pk,
        # Of the registration, which is in the workflow of its kind.
        "task_state_id": TaskState.objects.earliest("pk").pk,
        "workflow_state_id": WorkflowState.objects.earliest("pk").pk,
        "page_pk": page.pk, "workflow_pk": workflow.pk,
        "app_name": "common", "uidb64": "MQ", "token": "x-y", "photo": "5e3c1f2e-0000-4000-8000-000000000000",
        "upload": "5e3c1f2e-0000-4000-8000-000000000000",
        "consent-texts form": form_page.pk, "message": 1, "uploaded_file_id": 1, "filter_spec": "width-100",
        "image_id": image.pk, "document_id": document.pk, "document_filename": document.filename, "doc_id": document.pk,
        "redirect_id": Redirect.objects.create(old_path="/lama", redirect_page=page).pk,
        "collection_id": Collection.get_first_root_node().add_child(name="Arsip").pk,
        "wagtailadmin_api:pages pk": page.pk, "wagtailadmin_api:images pk": image.pk,
        "wagtailadmin_api:documents pk": document.pk,
        "wagtailadmin_pages:revisions_compare pk": page.pk,
        "wagtailadmin_collections pk": Collection.objects.get(name="Arsip").pk,
        "wagtailadmin_workflows pk": workflow.pk, "wagtailadmin_workflows:edit_task pk": task.pk,
        "wagtailadmin_workflows:add_task app_label": "wagtailcore",
        "wagtailadmin_workflows:add_task model_name": "groupapprovaltask",
        "wagtailadmin_tag_model_autocomplete app_name": "taggit",
        "wagtailadmin_tag_model_autocomplete model_name": "tag",
        "wagtaildocs_chooser pk": document.pk, "wagtailimages_chooser pk": image.pk,
        "wagtailusers_users pk": officer.pk, "wagtailusers_groups pk": group.pk,
        "wagtailsites pk": Site.objects.get().pk,
        "share-qr code": "ig",
        "form-templates parent_id": form_page.get_parent().pk,
        "ticket pk": ticket.pk, "outgoing-mail pk": mail.pk if mail else 1,
        "referensi_saluran instance_pk": Channel.objects.first().pk,
        "referensi_hari-libur instance_pk": holiday.pk,
        "referensi_kelurahan instance_pk": Kelurahan.objects.first().pk,
        "referensi_komoditas instance_pk": Commodity.objects.first().pk,
        "referensi_satuan instance_pk": Unit.objects.first().pk,
        "bulk wagtailcore.page": page.pk, "bulk common.siteimage": image.pk, "bulk common.sitedocument": document.pk,
        "bulk accounts.user": officer.pk, "bulk home.infocategory": category.pk,
        "gallery-registration pk": registration.pk, "gallery-record pk": business.record.pk,
        "gallery-ikm pk": business.record.pk,
        "gallery-ikm-ticket pk": ticket.pk, "gallery-siinas pk": business.record.pk,
        "gallery-owner pk": business.pk, "gallery-update pk": 1,
        "gallery-quarter-export year": report.year, "gallery-quarter-export number": report.quarter,
        "gallery-quarter-export file_format": "csv",
        **{
            f"{beginning}_gallery_{kind} {argument}": value
            for kind, row in (("business", business), ("product", product))
            for beginning in ("wagtailsnippets", "wagtailsnippetchoosers")
            for argument, value in (
                ("pk", row.pk), ("object_id", row.pk), ("revision_id", row.latest_revision_id),
                ("revision_id_a", row.latest_revision_id), ("revision_id_b", row.latest_revision_id),
            )
        },
        "bulk gallery.business": business.pk, "bulk gallery.product": product.pk,
        "wagtailsnippets_home_infocategory pk": category.pk, "wagtailsnippetchoosers_home_infocategory pk": category.pk,
    }  # fmt: skip


def addresses(examples: dict[str, object]) -> Iterator[Address]:
    """Yield every address with an example filled in."""

    def example(name: str, argument: str) -> object:
        keys = [key for key in examples if key.endswith(f" {argument}") and name.startswith(key.rpartition(" ")[0])]
        return examples[max(keys, key=len, default=argument)]

    for name, arguments in patterns():
        if name == "wagtail_bulk_action":
            yield from bulk_addresses(examples)
        elif name == "wagtailsettings:edit" and "pk" not in arguments:
            for model in settings_registry:
                yield Address(name, reverse(name, args=(model._meta.app_label, model._meta.model_name)))
        elif name.startswith("wagtailsettings:"):
            for model in settings_registry:
                setting = model.load()
                yield Address(name, reverse(name, args=(model._meta.app_label, model._meta.model_name, setting.pk)))
        elif name.startswith("cms/"):
            yield Address(name, "/" + name.replace("^.*/$", "tidak-ada/"))
        else:
            yield Address(name, reverse(name, kwargs={key: example(name, key) for key in arguments}))


def bulk_addresses(examples: dict[str, object]) -> Iterator[Address]:
    """Bulk actions share one pattern; each is an address of its own here."""
    bulk_action_registry._scan_for_bulk_actions()
    for app_label, models in bulk_action_registry.actions.items():
        for model_name, actions in models.items():
            model = f"bulk {app_label}.{model_name}"
            for action in actions:
                url = reverse("wagtail_bulk_action", args=(app_label, model_name, action))
                yield Address(f"{model}.{action}", f"{url}?id={examples[model]}")


def turned_away(response: HttpResponse) -> bool:
    """To the sign-in, to the dashboard with a message, or plainly."""
    if response.status_code == 302:
        return response["Location"] == "/cms/" or response["Location"].startswith("/cms/login/")
    return response.status_code in (403, 404)


@pytest.fixture
def client_of(site, officer, editor, admin):
    """A client signed in as one of the roles; a crash is an answer of 500, not an exception."""

    def client(role: str) -> Client:
        client = Client(raise_request_exception=False)
        users = {OFFICER: officer, EDITOR: editor, ADMIN: admin}
        if role == SUPERUSER:
            users[role] = User.objects.create_superuser("pemilik", "pemilik@example.id", factories.people.PASSWORD)
        if role != ANONYMOUS:
            client.force_login(users[role])
        return client

    return client


def test_every_address_is_in_the_table():
    unknown = sorted({name for name, _ in patterns() if name != "wagtail_bulk_action" and rule_for(name) is None})
    assert unknown == [], "say in WHO_GETS_IN who gets in there"


@pytest.mark.django_db
def test_every_line_of_the_table_is_needed(examples):
    used = {rule_for(address.name) for address in addresses(examples)}
    assert set(WHO_GETS_IN) - used == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ALL_ROLES)
def test_who_gets_in(role, examples, client_of):
    client = client_of(role)
    wrong = []
    for address in addresses(examples):
        rule = rule_for(address.name)
        assert rule is not None, address
        expected_in = role in WHO_GETS_IN[rule]
        response = client.get(address.url)
        if response.status_code == 405 and not expected_in:
            response = client.post(address.url)
        status = f"{response.status_code} {response.headers.get('Location', '')}"
        excused = expected_in and address.name in NOTHING_THERE
        if response.status_code >= 500 or (turned_away(response) == expected_in and not excused):
            wrong.append(f"{address.name} {address.url}: {status}, should get in: {expected_in}")
        if response.streaming:
            list(response)  # which closes the file of a document
    assert not wrong, "\n".join(wrong)
