"""Addresses of the CMS screens for regulations, below /cms/."""

from __future__ import annotations

from django.urls import path

from regulasi.views import jdihn_check, reports

urlpatterns = [
    path("regulasi/teks-pdf/", reports.TextsView.as_view(), name="regulation-texts"),
    path("regulasi/teks-pdf/<int:pk>/ulang/", reports.RetryView.as_view(), name="regulation-text-retry"),
    path("regulasi/pertentangan/", reports.ContradictionsView.as_view(), name="regulation-contradictions"),
    path("regulasi/jdihn/", jdihn_check.JdihnCheckView.as_view(), name="regulation-jdihn"),
]
