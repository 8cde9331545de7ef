"""Work of Regulasi for the background worker."""

from __future__ import annotations

from django.apps import apps
from django_tasks import task

from regulasi import entries


@task()
def show_renamed(model_name: str, pk: int) -> int:
    """Write the entries that show a row of a reference table anew; return how many regulations show it."""
    row = apps.get_model("regulasi", model_name)._default_manager.filter(pk=pk).first()
    return entries.vocabulary_changed(row) if row else 0
