"""Pemeriksaan JDIHN, under Laporan: what the portal is sent, which rows break its schema, and what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from regulasi import jdihn, permissions, tasks
from regulasi.addresses import index_url
from regulasi.library.index import today
from regulasi.models import FeedState, RegulationPage
from regulasi.views.reports import ReportView
from siptenan.common.addresses import absolute

MOST_SHOWN = 200  # rows with faults, or dead links; whoever has more mends these first


class JdihnCheckView(ReportView):
    """Reads the feed as the portal does. Its addresses were looked at in the background."""

    page_title = "Pemeriksaan JDIHN"
    header_icon = "tasks"
    template_name = "regulasi/admin/jdihn_check.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        count, failing, remarked = 0, 0, 0
        shown: list[dict[str, Any]] = []
        for entry, row in jdihn.rows_of_entries(today()):
            count += 1
            failures, remarks = jdihn.failures(row), jdihn.remarks(entry)
            failing, remarked = failing + bool(failures), remarked + bool(remarks)
            if failures or remarks:
                shown.append({"pk": entry.pk, "title": entry.title, "failures": failures, "remarks": remarks})
        shown.sort(key=lambda found: not found["failures"])
        state = FeedState.objects.first() or FeedState()
        return super().get_context_data(
            count=count,
            published=RegulationPage.objects.public().count(),
            failing=failing,
            remarked=remarked,
            rows=shown[:MOST_SHOWN],
            hidden=max(len(shown) - MOST_SHOWN, 0),
            state=state,
            dead=state.dead[:MOST_SHOWN],
            hidden_dead=max(len(state.dead) - MOST_SHOWN, 0),
            feed_url=absolute(f"{index_url()}jdihn.json") if index_url() else "",
            **kwargs,
        )


class CheckLinksView(View):
    """Periksa tautan sekarang: let the worker look whether the addresses in the feed answer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not permissions.can_see_reports(request.user):
            raise PermissionDenied
        tasks.check_feed_links.enqueue()
        messages.success(request, "Tautan sedang diperiksa. Muat ulang halaman ini sebentar lagi.")
        return redirect("regulation-jdihn")
