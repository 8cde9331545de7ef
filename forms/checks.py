"""System checks of the form builder."""

from __future__ import annotations

from django.core.checks import Error, register
from django.db import connection


@register("forms")
def every_question_has_a_registered_type(app_configs, databases=None, **kwargs) -> list[Error]:
    """forms.E001: a stored question whose type is gone would break its page. Runs with `check --database`."""
    if not databases:
        return []
    from forms import field_types
    from forms.models import FormField

    if FormField._meta.db_table not in connection.introspection.table_names():
        return []  # `migrate` checks too, before the first table is there
    unknown = FormField.objects.exclude(field_type__in=field_types.codes()).select_related("page")
    return [
        Error(
            f"Question {field.clean_name!r} of {field.page.url_path} has the unknown type {field.field_type!r}.",
            hint="Register the type in forms/field_types/ or change the question.",
            id="forms.E001",
        )
        for field in unknown
    ]
