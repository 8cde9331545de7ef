"""The forms of a business's private record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

from forms.field_types.numbers import MOST_COUNTED, MOST_QUANTITY, MOST_RUPIAH
from forms.form_fields import FIRST_YEAR
from gallery.enums import Gender, MaterialKind
from gallery.form_fields import Number, Phone
from gallery.models import BusinessRecord, Material
from gallery.records import version
from gallery.units import of_goods
from siptenan.common import nik
from siptenan.common.models import Commodity, Kelurahan, Unit

MATERIAL_ROWS = 3  # empty ones on each page
TOO_LONG = "Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."


def _line(label: str, most: int, **kwargs: Any) -> forms.CharField:
    field = forms.CharField(
        label=label, max_length=most, required=False, error_messages={"max_length": TOO_LONG}, **kwargs
    )
    field.widget.attrs.pop("maxlength", None)
    return field


# How the fields of a record stand together.
GROUPS = (
    ("Pemilik", ("owner_name", "new_nik", "gender", "phone", "address")),
    ("Yang boleh tampil", ("agrees_name", "agrees_whatsapp")),
    ("Usaha", ("nib", "founded_year", "initial_capital", "investment")),
    (
        "Tenaga kerja dan produksi",
        ("workers_male", "workers_female", "makes", "monthly_revenue", "capacity", "capacity_unit"),
    ),
)


class RecordForm(forms.ModelForm):
    """Owner, production and consent. A NIK that is left empty stays as it is."""

    use_required_attribute = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # which state of the record the page showed
    owner_name = _line("Nama pemilik", 160)
    new_nik = _line("NIK", 40, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    phone = Phone(label="WhatsApp pemilik", required=False, max_length=40)
    address = _line("Alamat", 255)
    nib = forms.CharField(
        label="NIB", required=False, validators=[RegexValidator(r"^[0-9]{13}$", "NIB terdiri dari 13 angka.")]
    )
    founded_year = forms.IntegerField(
        label="Tahun berdiri", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Tulis tahun dengan empat angka. Contoh: 2015."},
    )  # fmt: skip
    initial_capital = Number("Modal awal (Rp)", MOST_RUPIAH)
    investment = Number("Nilai investasi (Rp)", MOST_RUPIAH, help_text="Tanpa tanah dan bangunan.")
    workers_male = Number("Tenaga kerja laki-laki", MOST_COUNTED)
    workers_female = Number("Tenaga kerja perempuan", MOST_COUNTED)
    makes = _line("Produk yang dihasilkan", 255)
    monthly_revenue = Number("Pendapatan per bulan (Rp)", MOST_RUPIAH)
    capacity = Number("Kapasitas produksi per bulan", MOST_QUANTITY, 2)

    class Meta:
        model = BusinessRecord
        fields = tuple(name for _, names in GROUPS for name in names)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = version(self.instance)
        if self.instance.pk and self.instance.nik_digest:
            self.fields["new_nik"].help_text = "Kosongkan bila tidak berubah."
        self.fields["capacity_unit"].queryset = of_goods(self.instance.capacity_unit_id)
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

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields as they stand together on the screen, each group with its legend."""
        return [(legend, [self[name] for name in names]) for legend, names in GROUPS]

    def labels(self) -> list[str]:
        """Return what was changed, in words."""
        return [str(self.fields[name].label) for name in self.changed_data if name != "seen"]


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
    value = Number("Nilai per bulan (Rp)", MOST_RUPIAH)
    quantity = Number("Jumlah per bulan", MOST_QUANTITY, 2)
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
