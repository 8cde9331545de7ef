import time
from collections import defaultdict

from django.db import migrations, models

BATCH = 1_000


def note_last_days(apps, schema_editor):
    """The rows of the catalogue named the kinds that held on the day of publishing; now each with its last day."""
    CatalogueEntry, Certificate = apps.get_model("gallery", "CatalogueEntry"), apps.get_model("gallery", "Certificate")
    days = defaultdict(dict)
    for business, kind, until in Certificate.objects.values_list("business_id", "kind", "valid_until"):
        day, known = until.isoformat() if until else None, days[business].get(kind, "")
        days[business][kind] = None if day is None or known is None else max(day, known)
    changed = []
    for entry in CatalogueEntry.objects.only("business_id", "certificates").iterator():
        entry.certificates, entry.version = dict(days.get(entry.business_id, {})), time.time_ns()
        changed.append(entry)
        if len(changed) >= BATCH:
            CatalogueEntry.objects.bulk_update(changed, ["certificates", "version"])
            changed = []
    CatalogueEntry.objects.bulk_update(changed, ["certificates", "version"])


def name_kinds(apps, schema_editor):
    CatalogueEntry = apps.get_model("gallery", "CatalogueEntry")
    for entry in CatalogueEntry.objects.only("certificates").iterator():
        entry.certificates = sorted(entry.certificates)
        entry.save(update_fields=["certificates"])


class Migration(migrations.Migration):
    dependencies = [
        ("gallery", "0007_ikm_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="catalogueentry",
            name="certificates",
            field=models.JSONField(default=dict, help_text="jenis dan hari terakhir berlakunya, null: tanpa batas"),
        ),
        migrations.RunPython(note_last_days, name_kinds),
    ]
