"""Addresses of the Gallery's own screens, below /cms/."""

from __future__ import annotations

from django.urls import path

from gallery.views import business_import, register

urlpatterns = [
    path("gallery/data-industri/", register.RegisterView.as_view(), name="gallery-register"),
    path(
        "gallery/data-industri/hasil/",
        register.RegisterView.as_view(results_only=True),
        name="gallery-register-results",
    ),
    path("gallery/data-industri/<int:pk>/siinas/", register.SiinasView.as_view(), name="gallery-siinas"),
    path("gallery/impor/", business_import.ImportView.as_view(), name="gallery-import"),
    path("gallery/impor/contoh.xlsx", business_import.example, name="gallery-import-example"),
]
