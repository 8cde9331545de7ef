"""What an owner sees behind his link: his products, and what he may change of them."""

from __future__ import annotations

import contextlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forms.form_fields import NumberField
from forms.views.privacy import seal
from gallery import owner_updates
from gallery.enums import Stock
from gallery.models import Product
from gallery.models.product import PRICE_MAX
from gallery.owner_updates import UnknownLink, Wanted
from siptenan.common.photos import SanitisedPhoto, sanitise_photo

PHOTO_MAX_BYTES = 15 * 1024 * 1024


class ProductForm(forms.Form):
    """One product as it is now."""

    use_required_attribute = False

    # What the page showed comes back with it: somebody else may have changed the product since.
    price = NumberField(
        label="Harga (Rp)",
        show_hidden_initial=True,
        required=False,
        max_digits=20,
        decimal_places=0,
        help_text="Kosongkan bila pembeli sebaiknya bertanya dulu.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "enterkeyhint": "next"}),
        validators=[
            MinValueValidator(0, "Harga tidak boleh kurang dari Rp 0."),
            MaxValueValidator(PRICE_MAX, "Harga paling besar Rp 10.000.000.000."),
        ],
        error_messages={
            "invalid": "Tulis harga dengan angka. Contoh: 150.000.",
            "max_digits": "Harga paling besar Rp 10.000.000.000.",
            "max_whole_digits": "Harga paling besar Rp 10.000.000.000.",
            "max_decimal_places": "Tulis angka bulat, tanpa koma. Contoh: 150.000.",
        },
    )
    stock = forms.ChoiceField(
        label="Ketersediaan",
        show_hidden_initial=True,
        choices=Stock.choices,
        error_messages={"required": "Pilih ketersediaannya.", "invalid_choice": "Pilih salah satu yang tersedia."},
    )
    photo = forms.FileField(
        label="Foto baru",
        required=False,
        help_text="Menjadi foto utama. JPG, PNG, WebP, atau HEIC, paling besar 15 MB.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": "Berkas foto ini kosong. Pilih foto lain."},
    )

    def __init__(self, product: Product, *args: Any, **kwargs: Any) -> None:
        price = formats.number_format(product.price, force_grouping=True) if product.price else ""
        initial = {"price": price, "stock": product.stock}
        super().__init__(*args, prefix=f"produk-{product.pk}", initial=initial, **kwargs)
        self.product = product

    def clean_photo(self) -> SanitisedPhoto | None:
        photo = self.cleaned_data.get("photo")
        return sanitise_photo(photo, max_bytes=PHOTO_MAX_BYTES) if photo else None

    @property
    def wanted(self) -> Wanted:
        """The cleaned answers; a price of 0 is none."""
        price = self.cleaned_data["price"]
        price_before = self._shown("price")
        return Wanted(
            price=int(price) if price else None,
            stock=self.cleaned_data["stock"],
            price_before=int(price_before) if price_before else None,
            stock_before=self._shown("stock"),
            photo=self.cleaned_data["photo"],
        )

    def _shown(self, name: str) -> Any:
        """What the page that was sent had shown; what is so now, if it does not say."""
        field = self[name]
        try:
            return field.field.clean(self.data[field.html_initial_name])
        except (KeyError, ValidationError):
            return field.field.clean(self.initial[name])


@csrf_exempt  # the secret of the address is what protects it; a visitor has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the products with what may be changed; take what is sent, once."""
    return seal(_update(request, secret))


def _update(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        opened = owner_updates.opened_by(secret)
    except UnknownLink:
        return TemplateResponse(request, "gallery/owner_update_closed.html", {}, status=404)
    products = list(owner_updates.products_of(opened))
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    product_forms = [ProductForm(product, *data) for product in products]
    wrong = sum(not form.is_valid() for form in product_forms) if data else 0
    if request.method == "POST" and not wrong:
        with contextlib.suppress(UnknownLink):  # a second press, a moment later
            owner_updates.send(secret, {form.product.pk: form.wanted for form in product_forms})
        return TemplateResponse(request, "gallery/owner_update_sent.html", {"business": opened.business})
    context = {"business": opened.business, "forms": product_forms, "wrong": wrong, "expires_at": opened.expires_at}
    return TemplateResponse(request, "gallery/owner_update.html", context, status=422 if wrong else 200)
