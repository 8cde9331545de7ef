from __future__ import annotations

import django.core.validators
from django.db import migrations, models

from siptenan.common.reference_data import rows


def place(apps, schema_editor):
    """Give the kelurahan of the table their points; a new table is filled with them (common/data/kelurahan.csv)."""
    Kelurahan = apps.get_model("common", "Kelurahan")
    for row in rows("kelurahan"):
        Kelurahan.objects.using(schema_editor.connection.alias).filter(code=row["code"]).update(
            latitude=row["latitude"], longitude=row["longitude"]
        )


class Migration(migrations.Migration):

    dependencies = [
        ("common", "0005_commodity"),
    ]

    operations = [
        migrations.AddField(
            model_name="kelurahan",
            name="latitude",
            field=models.DecimalField(blank=True, decimal_places=5, help_text="Titik tengah. Contoh: -6.88869", max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-7.1), django.core.validators.MaxValueValidator(-6.7)], verbose_name="lintang"),
        ),
        migrations.AddField(
            model_name="kelurahan",
            name="longitude",
            field=models.DecimalField(blank=True, decimal_places=5, help_text="Titik tengah. Contoh: 109.67601", max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(109.5), django.core.validators.MaxValueValidator(109.9)], verbose_name="bujur"),
        ),
        migrations.RunPython(place, migrations.RunPython.noop),
    ]
