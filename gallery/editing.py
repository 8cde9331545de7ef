"""What the editors of businesses and products allow: nothing of a registration is published past its checklist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem

from gallery import examination, permissions
from gallery.models import Business, Product

WAITS = "Draf disimpan. Usaha ini baru dapat tampil sesudah pendaftarannya disetujui di layar pemeriksaan."


def keep_from_publishing(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Hook `before_publish`: the draft is saved, and not published before the registration is approved."""
    if not isinstance(instance, Business | Product) or permissions.is_verified(instance):
        return None
    messages.warning(request, WAITS)
    return redirect(examination.edit_url(instance))


def hide_publish(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Hook `construct_snippet_action_menu`: no button that would only explain why it does nothing."""
    instance = context.get("instance")
    if isinstance(instance, Business | Product) and not permissions.is_verified(instance):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]


def business_links(business: Business, user: Any) -> list[tuple[str, str]]:
    """Return labels and addresses of what belongs to a business: what is private of it, and what its owner is sent."""
    found = []
    if permissions.can_work(user):
        found.append(("Tautan pemilik dan laporan minat", reverse("gallery-owner", args=[business.pk])))
    record = permissions.records_for(user).filter(business=business).first()
    if record is None:
        return found
    found.append(("Data industri (rahasia)", reverse("gallery-record", args=[record.pk])))
    found.append(("Satu IKM: tiket dan data yang terhubung", reverse("gallery-ikm", args=[record.pk])))
    if record.submission_id and permissions.registrations_for(user).filter(pk=record.submission_id).exists():
        found.append(("Pemeriksaan pendaftaran", reverse("gallery-registration", args=[record.submission_id])))
    return found
