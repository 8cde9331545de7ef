import time
from collections import defaultdict

from django.db import migrations, models

BATCH = 1_000


def note_numbers(apps, schema_editor):
    """Products are found by the numbers of their certificates: the rows of the catalogue learn them."""
    CatalogueEntry, Certificate = apps.get_model("gallery", "CatalogueEntry"), apps.get_model("gallery", "Certificate")
    days = defaultdict(dict)
    numbered = Certificate.objects.exclude(number="").values_list("business_id", "number", "valid_until")
    for business, number, until in numbered:
        day, known = until.isoformat() if until else None, days[business].get(number, "")
        days[business][number] = None if day is None or known is None else max(day, known)
    changed = []
    for entry in CatalogueEntry.objects.filter(business_id__in=list(days)).only("business_id").iterator():
        entry.certificate_numbers, entry.version = days[entry.business_id], time.time_ns()
        changed.append(entry)
        if len(changed) >= BATCH:
            CatalogueEntry.objects.bulk_update(changed, ["certificate_numbers", "version"])
            changed = []
    CatalogueEntry.objects.bulk_update(changed, ["certificate_numbers", "version"])


class Migration(migrations.Migration):
    dependencies = [
        ("gallery", "0009_verified"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="certificate_numbers",
            field=models.JSONField(
                default=dict, help_text="nomor sertifikat dan hari terakhir berlakunya, null: tanpa batas"
            ),
        ),
        migrations.RunPython(note_numbers, migrations.RunPython.noop),
    ]
