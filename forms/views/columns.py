"""Columns of the officers' lists. On phones each row is a card, so a cell says itself what it holds."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import Column


class LabelledColumn(Column):
    """A cell with the column's label before its value, shown where the head of the table is not."""

    cell_template_name = "forms/admin/cell.html"

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname=f"cell-{name}", **kwargs)


class DueColumn(LabelledColumn):
    """When an answer is due; late ones say so in words."""

    cell_template_name = "forms/admin/due_cell.html"


class BusinessColumn(LabelledColumn):
    """The business, with a mark when the visitor has written again."""

    cell_template_name = "forms/admin/business_cell.html"


class RetryColumn(LabelledColumn):
    """A button that has a mail tried again."""

    cell_template_name = "forms/admin/retry_cell.html"
