"""Decrees of the mayor and the governor hold in the city or the province, not in the whole country."""

from django.db import migrations, models

REGIONS = {
    "KOTA PEKALONGAN": ("kepwal", "inwal", "mou", "pks"),
    "PROV. JAWA TENGAH": ("kepgub", "ingub"),
}


def fill(apps, schema_editor):
    for region, codes in REGIONS.items():
        apps.get_model("regulasi", "RegulationKind").objects.filter(code__in=codes, region="").update(region=region)


class Migration(migrations.Migration):
    dependencies = [("regulasi", "0007_order_of_relations")]

    operations = [
        migrations.AlterField(
            model_name='regulationkind',
            name='region',
            field=models.CharField(blank=True, help_text='Tempat berlakunya bila bukan seluruh Indonesia, misalnya KOTA PEKALONGAN.', max_length=60, verbose_name='daerah'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
