"""The forms of a business's private record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone

from forms.form_fields import FIRST_YEAR, NumberField, PhoneField
from gallery.enums import Gender, MaterialKind
from gallery.models import BusinessRecord, Material
from gallery.models.product import PRICE_MAX
from siptenan.common import nik
from siptenan.common.models import Commodity, Kelurahan, Unit

MOST_MONEY = 1_000 * PRICE_MAX  # rupiah; more is a slip of the finger
MOST_WORKERS = 100_000
MATERIAL_ROWS = 3  # empty ones on each page
TOO_LONG = "Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."


class Number(NumberField):
    """A whole number, or one with up to two decimals, that is not below zero."""

    def __init__(self, label: str, largest: int, decimals: int = 0, **kwargs: Any) -> None:
        messages = {
            "invalid": "Tulis dengan angka. Contoh: 1.500.000.",
            "max_decimal_places": "Tulis angka bulat."
            if decimals == 0
            else "Paling banyak dua angka di belakang koma.",
            "max_digits": "Angka ini terlalu besar.",
            "max_whole_digits": "Angka ini terlalu besar.",
        }
        limits = [
            MinValueValidator(0, "Tidak boleh kurang dari 0."),
            MaxValueValidator(largest, messages["max_digits"]),
        ]
        super().__init__(
            label=label, required=False, max_digits=16, decimal_places=decimals, validators=limits,
            error_messages=messages, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people here write it."""
        if value is None or isinstance(value, str):
            return value
        whole, _, rest = f"{value:f}".partition(".")
        rest = rest.rstrip("0")
        return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def _line(label: str, most: int, **kwargs: Any) -> forms.CharField:
    field = forms.CharField(
        label=label, max_length=most, required=False, error_messages={"max_length": TOO_LONG}, **kwargs
    )
    field.widget.attrs.pop("maxlength", None)
    return field


class RecordForm(forms.ModelForm):
    """Owner, production and consent. A NIK that is left empty stays as it is."""

    use_required_attribute = False

    owner_name = _line("Nama pemilik", 160)
    new_nik = _line("NIK", 40, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    phone = PhoneField(label="WhatsApp pemilik", required=False, max_length=40)
    address = _line("Alamat", 255)
    nib = forms.CharField(
        label="NIB", required=False, validators=[RegexValidator(r"^[0-9]{13}$", "NIB terdiri dari 13 angka.")]
    )
    founded_year = forms.IntegerField(
        label="Tahun berdiri", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Tulis tahun dengan empat angka. Contoh: 2015."},
    )  # fmt: skip
    initial_capital = Number("Modal awal (Rp)", MOST_MONEY)
    investment = Number("Nilai investasi (Rp)", MOST_MONEY, help_text="Tanpa tanah dan bangunan.")
    workers_male = Number("Tenaga kerja laki-laki", MOST_WORKERS)
    workers_female = Number("Tenaga kerja perempuan", MOST_WORKERS)
    makes = _line("Produk yang dihasilkan", 255)
    monthly_revenue = Number("Pendapatan per bulan (Rp)", MOST_MONEY)
    capacity = Number("Kapasitas produksi per bulan", MOST_MONEY, 2)

    class Meta:
        model = BusinessRecord
        fields = (
            "owner_name", "new_nik", "gender", "phone", "address", "agrees_name", "agrees_whatsapp", "nib",
            "founded_year", "initial_capital", "investment", "workers_male", "workers_female", "makes",
            "monthly_revenue", "capacity", "capacity_unit",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.nik_digest:
            self.fields["new_nik"].help_text = "Kosongkan bila tidak berubah."
        self.fields["capacity_unit"].empty_label = "Pilih …"
        self.fields["gender"].choices = [("", "Pilih …"), *Gender.choices]

    def clean_new_nik(self) -> str:
        typed = self.cleaned_data["new_nik"]
        return nik.parse(typed, timezone.localdate()).digits if typed else ""

    def clean_founded_year(self) -> int | None:
        year = self.cleaned_data["founded_year"]
        this_year = timezone.localdate().year
        if year is not None and not FIRST_YEAR <= year <= this_year:
            raise ValidationError(f"Tahun berdiri harus antara {FIRST_YEAR} dan {this_year}.")
        return year

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("agrees_whatsapp") and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Nomor belum diisi, padahal pemilik setuju nomornya tampil.")
        return given

    def record(self) -> BusinessRecord:
        """Return the record as it is to be stored."""
        record: BusinessRecord = self.instance
        if new := self.cleaned_data["new_nik"]:
            record.nik = new
        return record

    def labels(self) -> list[str]:
        """Return what was changed, in words."""
        return [str(self.fields[name].label) for name in self.changed_data]


class BusinessForm(forms.Form):
    """What is public of a business that an officer records."""

    use_required_attribute = False

    name = forms.CharField(
        label="Nama usaha",
        max_length=160,
        error_messages={"required": "Nama usaha belum diisi.", "max_length": TOO_LONG},
    )
    kelurahan = forms.ModelChoiceField(
        Kelurahan.objects.all(), label="Kelurahan", empty_label="Pilih …",
        error_messages={"required": "Kelurahan belum dipilih.", "invalid_choice": "Pilih dari daftar."},
    )  # fmt: skip
    commodity = forms.ModelChoiceField(
        Commodity.objects.all(), label="Komoditas utama", required=False, empty_label="Pilih …",
        error_messages={"invalid_choice": "Pilih dari daftar."},
    )  # fmt: skip


class MaterialForm(forms.Form):
    """A raw material, auxiliary material or fuel; a row without a name is none."""

    use_required_attribute = False

    kind = forms.ChoiceField(label="Jenis", choices=MaterialKind.choices, initial=MaterialKind.RAW)
    name = _line("Nama", 120)
    value = Number("Nilai per bulan (Rp)", MOST_MONEY)
    quantity = Number("Jumlah per bulan", MOST_MONEY, 2)
    unit = forms.ModelChoiceField(Unit.objects.all(), label="Satuan", required=False, empty_label="Pilih …")

    def clean(self) -> dict:
        given = super().clean() or {}
        told = any(given.get(name) not in (None, "") for name in ("value", "quantity", "unit"))
        if told and not given.get("name") and "name" not in self.errors:
            self.add_error("name", "Nama bahan belum diisi.")
        return given


MaterialFormSet = forms.formset_factory(MaterialForm, extra=MATERIAL_ROWS, max_num=60, validate_max=True)


def materials_of(formset: Any) -> list[Material]:
    """Return the materials that were filled in."""
    rows = [form.cleaned_data for form in formset if form.is_valid()]
    return [Material(**row) for row in rows if row.get("name")]


def materials_initial(record: BusinessRecord) -> list[dict]:
    """Return the stored materials as the formset begins with them."""
    return list(record.materials.values("kind", "name", "value", "quantity", "unit"))
