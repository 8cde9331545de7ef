from django.db import migrations, models
from django.db.models import Max

ITEMS = {"foto", "harga", "nik", "usaha", "persetujuan"}  # of the checklist


def note_what_was_verified(apps, schema_editor):
    """What is approved now went through the whole checklist, or it was not verified."""
    Business, CheckMark = apps.get_model("gallery", "Business"), apps.get_model("gallery", "CheckMark")
    approved = CheckMark.objects.filter(is_ok=True, record__submission__status="disetujui", item__in=ITEMS)
    items, last = {}, dict(approved.values_list("record__business").annotate(Max("at")).order_by())
    for business, item in approved.values_list("record__business", "item"):
        items.setdefault(business, set()).add(item)
    for business, found in items.items():
        if found == ITEMS:
            Business.objects.filter(pk=business).update(verified_at=last[business])


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0010_link_events"),
        ("gallery", "0008_certificate_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="business",
            name="verified_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="terverifikasi"),
        ),
        migrations.RunPython(note_what_was_verified, migrations.RunPython.noop),
    ]
