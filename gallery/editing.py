"""What the editors of businesses and products allow: nothing of a registration is published past its checklist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
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


@dataclass(frozen=True)
class BusinessLink:
    """Where officers go on from a business."""

    label: str
    url: str
    icon: str


def with_links(businesses: QuerySet[Business], user: Any) -> QuerySet[Business]:
    """The same businesses, each with what `business_links` needs to know of it, at any number in one query."""
    mine = permissions.records_for(user).filter(business=OuterRef("pk"))
    registrations = permissions.registrations_for(user).filter(gallery_record__business=OuterRef("pk"))
    return businesses.annotate(
        linked_record=Subquery(mine.values("pk")[:1]), linked_registration=Subquery(registrations.values("pk")[:1])
    )


def business_links(business: Business, user: Any) -> list[BusinessLink]:
    """Return where a business (of `with_links`) leads: what is private of it, and what its owner is sent."""
    found = []
    record, registration = business.linked_record, business.linked_registration
    if record:
        found.append(BusinessLink("Data industri (rahasia)", reverse("gallery-record", args=[record]), "lock"))
        found.append(BusinessLink("Satu IKM", reverse("gallery-ikm", args=[record]), "group"))
    if registration:
        url = reverse("gallery-registration", args=[registration])
        found.append(BusinessLink("Pemeriksaan pendaftaran", url, "tasks"))
    if permissions.can_work(user):
        url = reverse("gallery-owner", args=[business.pk])
        found.append(BusinessLink("Tautan pemilik dan laporan minat", url, "link"))
    return found
