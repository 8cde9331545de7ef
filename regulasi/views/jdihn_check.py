"""Pemeriksaan JDIHN, under Laporan: what the portal is sent, which rows break its schema, and what is missing."""

from __future__ import annotations

from typing import Any

from regulasi import jdihn
from regulasi.addresses import index_url
from regulasi.library.index import today
from regulasi.views.reports import ReportView
from siptenan.common.addresses import absolute

MOST_SHOWN = 200  # rows with faults; whoever has more mends these first


class JdihnCheckView(ReportView):
    """Reads the feed as the portal does; nothing is remembered."""

    page_title = "Pemeriksaan JDIHN"
    header_icon = "tasks"
    template_name = "regulasi/admin/jdihn_check.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        count, failing, remarked = 0, 0, 0
        shown: list[dict[str, Any]] = []
        for row in jdihn.rows(today()):
            count += 1
            failures, remarks = jdihn.failures(row), jdihn.remarks(row)
            failing, remarked = failing + bool(failures), remarked + bool(remarks)
            if failures or remarks:
                shown.append({"pk": row["idData"], "title": row["judul"], "failures": failures, "remarks": remarks})
        shown.sort(key=lambda found: not found["failures"])
        return super().get_context_data(
            count=count,
            failing=failing,
            remarked=remarked,
            rows=shown[:MOST_SHOWN],
            hidden=max(len(shown) - MOST_SHOWN, 0),
            feed_url=absolute(f"{index_url()}jdihn.json") if index_url() else "",
            **kwargs,
        )
