"""Products: one catalogue entry each."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin, WorkflowMixin

from forms.field_types.numbers import MOST_PRICE as PRICE_MAX  # rupiah
from gallery.enums import Stock
from gallery.form_fields import Number
from gallery.units import of_goods

PHOTOS_MAX = 10


class ProductQuerySet(models.QuerySet):
    """Questions the catalogue asks."""

    def public(self) -> ProductQuerySet:
        """Approved and not hidden, of a business that is so, too."""
        return self.filter(live=True, business__live=True)


class OfBusinessPanel(FieldPanel):
    """Whose a product is: chosen once. What came with a registration is not published past it by moving it."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Read-only where the form has no such field (ProductForm)."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is not None and self.bound_field is None:
                self.read_only = True
                self.heading = capfirst(self.panel.db_field.verbose_name)


class ProductForm(WagtailAdminModelForm):
    """The editor's form of a product."""

    price = Number("Harga (Rp)", PRICE_MAX, help_text="Kosong atau 0: “Hubungi penjual”.")

    def clean_price(self) -> int | None:
        price = self.cleaned_data["price"]
        return None if price is None else int(price)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("business", None)
        if "unit" in self.fields:
            self.fields["unit"].queryset = of_goods(self.instance.unit_id)


class Product(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """One product of a business."""

    business = models.ForeignKey(
        "gallery.Business", on_delete=models.CASCADE, related_name="products", verbose_name="usaha"
    )
    name = models.CharField("nama produk", max_length=160)
    slug = models.SlugField("alamat halaman", max_length=180, unique=True)
    commodity = models.ForeignKey(
        "common.Commodity", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kelompok"
    )
    price = models.PositiveBigIntegerField(
        "harga (Rp)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(PRICE_MAX, "Harga paling besar Rp 10.000.000.000.")],
        help_text="Kosong atau 0: “Hubungi penjual”.",
    )
    unit = models.ForeignKey(
        "common.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="per satuan"
    )
    description = models.TextField("uraian", blank=True, help_text="Bahan, ukuran, cara membuat, cara merawat.")
    stock = models.CharField("ketersediaan", max_length=10, choices=Stock.choices, default=Stock.AVAILABLE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When the owner or an officer last said that all of it still holds; after 12 months it is asked again.
    confirmed_at = models.DateTimeField("terakhir dipastikan", default=timezone.now, editable=False)

    objects = ProductQuerySet.as_manager()

    base_form_class = ProductForm
    panels = [
        OfBusinessPanel("business"),
        FieldPanel("name", required_on_save=True),
        FieldPanel("commodity"),
        MultiFieldPanel([FieldRowPanel(["price", "unit", "stock"])], heading="Harga"),
        "description",
        InlinePanel("photos", heading="Foto", label="Foto", max_num=PHOTOS_MAX),
        FieldPanel("slug", help_text="Dibuat dari nama. Alamat lama tetap mengarah ke sini."),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = "produk"
        verbose_name_plural = "produk"
        ordering = ["name", "pk"]
        # Wagtail makes them, too, but later than roles are given.
        permissions = [
            ("publish_product", "Dapat menerbitkan produk"),
            ("lock_product", "Dapat mengunci produk"),
            ("unlock_product", "Dapat membuka kunci produk"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        from gallery import publishing

        publishing.check_slug(self)
        of_row = Product.objects.filter(pk=self.pk).values_list("business_id", flat=True).first()
        if of_row is not None and of_row != self.business_id:
            raise ValidationError("Produk tidak dapat dipindahkan ke usaha lain. Buat produk baru di usaha itu.")

    def with_content_json(self, content: dict) -> Product:
        """A revision does not decide whose a product is, nor when somebody last vouched for it."""
        draft = super().with_content_json(content)
        draft.business_id = self.business_id
        draft.confirmed_at = self.confirmed_at
        return draft

    def get_preview_template(self, request, mode_name: str) -> str:
        return "gallery/product.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        from gallery.catalogue import detail

        return {**super().get_preview_context(request, mode_name), **detail.product(self, request)}


class ProductPhoto(Orderable):
    """A photo of a product.

    What an owner sent stays a private `upload` until an officer takes the registration up; then it becomes an `image`
    of the library under a name that cannot be guessed.
    """

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "common.SiteImage", on_delete=models.CASCADE, null=True, related_name="+", verbose_name="gambar"
    )
    upload = models.ForeignKey(
        "forms.Upload", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    panels = ["image"]

    class Meta(Orderable.Meta):
        verbose_name = "foto produk"
        verbose_name_plural = "foto produk"

    def __str__(self) -> str:
        return f"Foto {(self.sort_order or 0) + 1}"
