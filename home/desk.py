"""The CMS as a desk: what an editor does next, the guide, and links with QR codes for posters and profiles."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from forms.rendering import qr_image, qr_svg
from gallery import permissions as gallery_permissions
from home.models import ContactPage, HomePage, InfoIndexPage, KalindriPage
from regulasi.models import RegulationIndexPage
from siptenan.accounts.permissions import edits_content, manages_staff, may_enter_cms
from siptenan.common.channels import CHANNEL_KEY
from siptenan.common.models import Channel

DRAFTS_SHOWN = 8
QR_SIDE = 1200  # pixels: sharp on an A3 poster


class EditorPanel(Component):
    """The panel of those who edit content: the usual tasks, one press each, and drafts not yet published."""

    order = 20
    template_name = "home/admin/editor_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context=None) -> dict:
        drafts = Page.objects.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")
        return {
            "tasks": [task for task in map(_task, TASKS) if task],
            "drafts": drafts.select_related("content_type")[:DRAFTS_SHOWN],
        }


# The page type to find, the name of the address, further arguments of it, what the button says, and its icon.
TASKS = (
    (InfoIndexPage, "wagtailadmin_pages:add", ("home", "infopage"), "Tulis info baru", "doc-empty"),
    (InfoIndexPage, "wagtailadmin_pages:add", ("home", "eventpage"), "Tambah agenda", "date"),
    (RegulationIndexPage, "wagtailadmin_pages:add", ("regulasi", "regulationpage"), "Tambah regulasi", "doc-full"),
    (KalindriPage, "form-templates", (), "Buat formulir baru", "form"),
    (HomePage, "wagtailadmin_pages:edit", (), "Ubah halaman depan", "home"),
    (ContactPage, "wagtailadmin_pages:edit", (), "Ubah halaman Contact", "mail"),
)


def _task(row: tuple) -> dict | None:
    """A task as a link; None when its page does not exist."""
    model, name, arguments, label, icon = row
    pk = model.objects.values_list("pk", flat=True).first()
    if pk is None:
        return None
    url = reverse(name, args=[*arguments, pk])
    return {"label": label, "icon": icon, "url": url}


def add_panel(request: HttpRequest, panels: list) -> None:
    """Wagtail hook `construct_homepage_panels`."""
    if edits_content(request.user):
        panels.append(EditorPanel(request))


class EverybodysMenuItem(MenuItem):
    """Shown to whoever may enter the CMS."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_enter_cms(request.user)


def guide(request: HttpRequest) -> HttpResponse:
    """Panduan: how the daily work is done, for the role of whoever reads it."""
    user = request.user
    return TemplateResponse(
        request,
        "home/admin/guide.html",
        {
            "page_title": "Panduan",
            "header_icon": "help",
            "for_tickets": user.has_perm("forms.answer_submission"),
            "for_gallery": gallery_permissions.can_work(user),
            "for_content": edits_content(user),
            "for_heads": manages_staff(user),
        },
    )


def link_of(channel: Channel) -> str:
    """Return the short address of KALINDRI that carries a channel."""
    query = urlencode({CHANNEL_KEY: channel.code})
    return f"{settings.BASE_URL}{reverse('short-kalindri').rstrip('/')}?{query}"


def share_links(request: HttpRequest) -> HttpResponse:
    """Tautan dan QR: one link and one QR code a channel, so that the statistics can tell posters from profiles."""
    channels = Channel.objects.exclude(code=Channel.UNKNOWN_CODE).order_by("name")
    rows = [{"channel": channel, "url": link_of(channel), "qr": qr_svg(link_of(channel))} for channel in channels]
    return TemplateResponse(
        request,
        "home/admin/share_links.html",
        {
            "page_title": "Tautan dan QR",
            "header_icon": "link",
            "rows": rows,
            "may_add": manages_staff(request.user),
        },
    )


def share_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of a channel as a PNG for print."""
    if code == Channel.UNKNOWN_CODE:
        raise Http404
    channel = get_object_or_404(Channel, code=code)
    buffer = BytesIO()
    qr_image(link_of(channel), QR_SIDE).save(buffer, "PNG")
    response = HttpResponse(buffer.getvalue(), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="kalindri-{channel.code}.png"'
    return response
