"""Fills the reference tables from `common/data/*.csv`, each only while it is empty: what staff change stays changed."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db import router

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str | None]]:
    """Return the rows of one data file; empty cells are None."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def fill_empty_tables(sender: AppConfig, using: str, **kwargs) -> None:
    """`post_migrate`: channels, kelurahan, units, commodities and the office's regular hours."""
    from siptenan.common.models import Channel, Commodity, Kelurahan, OfficeSettings, Unit, WorkingHours

    if not router.allow_migrate_model(using, Channel):
        return
    tables: tuple[tuple[Any, str], ...] = (
        (Channel, "channels"), (Kelurahan, "kelurahan"), (Unit, "units"), (Commodity, "commodities"),
    )  # fmt: skip
    for model, name in tables:
        manager = model.objects.using(using)
        if not manager.exists():
            manager.bulk_create(
                model(**{key: value for key, value in row.items() if value is not None}) for row in rows(name)
            )
    if not OfficeSettings.objects.using(using).exists():
        office = OfficeSettings.objects.using(using).create()
        # The manual's hours; the breaks follow Perpres 21/2023 (60 minutes, Friday 90).
        for first, last, closes, break_starts, break_ends in (
            (0, 3, dt.time(16, 30), dt.time(12, 0), dt.time(13, 0)),
            (4, 4, dt.time(14, 30), dt.time(11, 30), dt.time(13, 0)),
        ):
            WorkingHours.objects.using(using).create(
                office=office, first_weekday=first, last_weekday=last, opens=dt.time(7, 30), closes=closes,
                break_starts=break_starts, break_ends=break_ends, sort_order=first,
            )  # fmt: skip
