"""Addresses that are nobody's but one owner's. They are sent by WhatsApp, so they never change."""

from __future__ import annotations

from django.urls import path, re_path

from gallery.views import correction, owner_update

private_urlpatterns = [
    path("kalindri/lacak/tiket/perbaiki/", correction.correct, name="gallery-correction"),
    re_path(r"^gallery-ikm/perbarui/(?P<secret>[0-9a-f]{32})/$", owner_update.update, name="gallery-owner-update"),
]
