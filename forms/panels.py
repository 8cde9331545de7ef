"""Panels of a form page in the CMS's editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from wagtail.admin.panels import InlinePanel, Panel

from forms import health


class HealthPanel(Panel):
    """Kesehatan formulir: what is to be mended in what was saved last. Not shown before the first save.

    What is being typed is looked at by the preview (forms.views.preview).
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "forms/admin/health_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
            from forms.permissions import is_given_to_somebody

            found = health.findings(self.instance, has_officer=is_given_to_somebody(self.instance))
            return {**super().get_context_data(parent_context), "findings": found, "form_page": self.instance}


class QuestionsPanel(InlinePanel):
    """The questions; two versions of them are compared in words (forms.comparisons)."""

    class BoundPanel(InlinePanel.BoundPanel):
        def get_comparison(self) -> list[Callable]:
            from forms.comparisons import QuestionsComparison

            return [partial(QuestionsComparison, self.panel.db_field, [], label=self.heading)]
