from __future__ import annotations

from django.db import migrations

ENGLISH = "Root"


def rename(apps, schema_editor):
    """Name the roots that Wagtail made in English, unless somebody has named them already."""

    def unnamed(model, **name):
        rows = apps.get_model("wagtailcore", model).objects.using(schema_editor.connection.alias)
        return rows.filter(depth=1, **name)

    unnamed("Collection", name=ENGLISH).update(name="Umum")
    unnamed("Page", title=ENGLISH).update(title="Semua halaman", draft_title="Semua halaman")


class Migration(migrations.Migration):

    dependencies = [
        ("common", "0006_kelurahan_position"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
