import django.db.models.deletion
from django.db import migrations, models

KINDS = [("produk", "Produk"), ("usaha", "Usaha")]


def note_what_is_shown(apps, schema_editor):
    """What is public now was published before anybody noted it."""
    ProductPhoto, Business = apps.get_model("gallery", "ProductPhoto"), apps.get_model("gallery", "Business")
    ShownImage = apps.get_model("gallery", "ShownImage")
    photos = ProductPhoto.objects.filter(image__isnull=False, product__live=True, product__business__live=True)
    businesses = Business.objects.filter(image__isnull=False, live=True)
    shown = [("produk", *row) for row in photos.values_list("product_id", "image_id").distinct()]
    shown += [("usaha", *row) for row in businesses.values_list("pk", "image_id")]
    ShownImage.objects.bulk_create(
        (ShownImage(kind=kind, owner_id=owner, image_id=image) for kind, owner, image in shown), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0005_commodity"),
        ("gallery", "0005_quarters"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShownImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=6)),
                ("owner_id", models.BigIntegerField(help_text="kunci produk atau usaha")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="common.siteimage"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "owner_id", "image"), name="shown_image_once")
                ],
            },
        ),
        migrations.RunPython(note_what_is_shown, migrations.RunPython.noop),
    ]
