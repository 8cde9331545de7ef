"""Addresses of this room's CMS screens."""

from __future__ import annotations

from django.urls import path

from home import desk

urlpatterns = [
    path("panduan/", desk.guide, name="guide"),
    path("tautan-qr/", desk.share_links, name="share-links"),
    path("tautan-qr/<slug:code>.png", desk.share_qr, name="share-qr"),
]
