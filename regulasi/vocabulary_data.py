"""Fills the reference tables from `regulasi/data/*.csv`, each only while it is empty: what staff change stays changed.

After each migrate, as common's tables are, and not by a migration: a flushed test database gets them back.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db import router

DATA = Path(__file__).parent / "data"
TABLES = {"RegulationKind": "kinds", "Initiator": "initiators", "LegalField": "legal_fields", "Subject": "subjects"}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one data file."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def fill_empty_tables(sender: AppConfig, using: str, apps: Apps = current_apps, **kwargs: Any) -> None:
    """`post_migrate`: kinds, initiators, legal fields and subjects, unless migrations stopped before they exist."""
    for model_name, file in TABLES.items():
        try:
            model: Any = apps.get_model("regulasi", model_name)
        except LookupError:
            return
        if router.allow_migrate_model(using, model) and not model.objects.using(using).exists():
            model.objects.using(using).bulk_create(model(**row) for row in rows(file))
