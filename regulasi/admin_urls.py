"""Addresses of the CMS screens for regulations, below /cms/."""

from __future__ import annotations

from django.urls import path

from regulasi.views import bulk_import, jdihn_check, reports, start

urlpatterns = [
    path("regulasi/", start.to_list, name="regulation-list"),
    path("regulasi/impor/", bulk_import.ImportView.as_view(), name="regulation-import"),
    path("regulasi/impor/contoh.xlsx", bulk_import.example, name="regulation-import-example"),
    path("regulasi/teks-pdf/", reports.TextsView.as_view(), name="regulation-texts"),
    path("regulasi/teks-pdf/<int:pk>/ulang/", reports.RetryView.as_view(), name="regulation-text-retry"),
    path("regulasi/pertentangan/", reports.ContradictionsView.as_view(), name="regulation-contradictions"),
    path("regulasi/jdihn/", jdihn_check.JdihnCheckView.as_view(), name="regulation-jdihn"),
    path("regulasi/jdihn/periksa/", jdihn_check.CheckLinksView.as_view(), name="regulation-jdihn-check"),
]
