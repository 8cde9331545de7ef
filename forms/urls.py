"""Addresses of the status page and of saved forms. They are printed and written down, so they never change."""

from __future__ import annotations

from django.urls import path, re_path

from forms.views import files, resume, track

private_urlpatterns = [
    path("kalindri/lanjutkan/", resume.resume, name="resume"),
    path("kalindri/lacak/", track.track, name="track"),
    path("kalindri/lacak/tiket/", track.ticket, name="track-ticket"),
    path("kalindri/lacak/tiket/foto/<uuid:pk>/", files.visitor_photo, name="track-photo"),
    path("kalindri/lacak/tiket/berkas/<uuid:pk>/", files.visitor_file, name="track-file"),
    path("kalindri/lacak/tutup/", track.leave, name="track-leave"),
    re_path(r"^kalindri/lacak/t/(?P<secret>[0-9a-f]{32})/$", track.link, name="track-link"),
]
