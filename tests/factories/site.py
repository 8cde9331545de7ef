"""Pages."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupApprovalTask, Locale, Page, Site, Workflow, WorkflowTask
from wagtail.rich_text import RichText

from forms.models import FormField, FormPage
from home.demo.forms import consultation
from home.demo.pages import HOME
from home.models import HomePage, KalindriPage
from siptenan.accounts.roles import ADMIN, apply_roles
from tests.factories import snapshot

CONSULTATION = consultation("pertanyaan Anda")


def make_root() -> Page:
    """Return the root of the page tree; after a flush, put back what Wagtail's migrations had made."""
    Locale.objects.get_or_create(language_code="id")
    root = Page.get_first_root_node() or Page.add_root(title="Semua halaman", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Umum")
    if not Workflow.objects.exists():
        task = GroupApprovalTask.objects.create(name="Moderators approval")
        WorkflowTask.objects.create(workflow=Workflow.objects.create(name="Moderators approval"), task=task)
    if not Group.objects.filter(name=ADMIN).exists():
        apply_roles(apps.get_app_config("accounts"))
    return root


def text(html: str) -> list:
    """Return the body of a page that is one piece of text."""
    return [("paragraph", RichText(html))]


def publish(parent: Page, page: Page) -> Page:
    """Add a page and publish its first revision."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_site() -> HomePage:
    """Return the home page of a site with KALINDRI and the HAKI consultation form."""
    snapshot.once(_make_site)
    return HomePage.objects.get()


def _make_site() -> None:
    root = make_root()
    home = publish(root, HomePage(title="Home", slug="beranda", body=HOME))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    publish(home, KalindriPage(title="KALINDRI", slug="kalindri", show_in_menus=True))
    make_form()


def make_form(slug: str = "konsultasi-haki", questions: list[dict] | None = None, **values) -> FormPage:
    """Return a published form page below KALINDRI, with the manual's questions unless others are given."""
    page = FormPage(
        **{
            "title": "Form Konsultasi HAKI",
            "slug": slug,
            "ticket_prefix": "HAKI",
            "what_happens_next": "Petugas membaca pertanyaan Anda.",
            "help_contact": "Telepon (0285) 421731.",
            **values,
        }
    )
    rows = CONSULTATION if questions is None else questions
    page.form_fields = [FormField(sort_order=order, **row) for order, row in enumerate(rows)]
    return publish(KalindriPage.objects.get(), page)
