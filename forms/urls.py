"""Addresses of the status page. They are printed on receipts and posters, so they never change."""

from __future__ import annotations

from django.urls import path, re_path

from forms.views import track

private_urlpatterns = [
    path("kalindri/lacak/", track.track, name="track"),
    path("kalindri/lacak/tiket/", track.ticket, name="track-ticket"),
    path("kalindri/lacak/tiket/foto/<uuid:pk>/", track.photo, name="track-photo"),
    path("kalindri/lacak/tutup/", track.leave, name="track-leave"),
    re_path(r"^kalindri/lacak/t/(?P<secret>[0-9a-f]{32})/$", track.link, name="track-link"),
]
