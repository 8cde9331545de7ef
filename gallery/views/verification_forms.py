"""The forms of the screen where a registration is examined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from forms import field_types, groups
from forms.field_types.consent import Consent
from forms.models import Submission
from forms.views.ticket_forms import REASON_MAX, TicketForm
from gallery.enums import CheckItem
from gallery.examination import ShownProduct
from gallery.models import Business, CheckMark
from gallery.units import of_goods
from gallery.verification import NOTE_MAX, Classified, Mark
from siptenan.common.models import Commodity

TOO_LONG = "Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."
FOUND = (("", "Belum diperiksa"), ("ya", "Sesuai"), ("tidak", "Tidak sesuai"))
VALUES = {"ya": True, "tidak": False, "": None}
NAMES = {value: name for name, value in VALUES.items()}


class TakeUpForm(TicketForm):
    """A button."""


class ChecksForm(TicketForm):
    """All that an officer fills in while he examines: the checklist, and what the owner cannot know.

    For each item what was found, and a note; commodity of the business; commodity and unit of each product.
    """

    ids = "check_%s"

    def __init__(
        self,
        *args: Any,
        business: Business,
        products: Iterable[ShownProduct],
        marks: Iterable[CheckMark] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._add_checks(marks)
        self._add_classes(business, list(products))

    def _add_checks(self, marks: Iterable[CheckMark]) -> None:
        known = {mark.item: mark for mark in marks}
        for item in CheckItem:
            mark = known.get(item)
            self.fields[f"{item}_found"] = forms.ChoiceField(
                label=item.label,
                choices=FOUND,
                required=False,
                initial=NAMES[mark.is_ok] if mark else "",
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Pilih salah satu."},
            )
            self.fields[f"{item}_note"] = forms.CharField(
                label="Catatan",
                required=False,
                max_length=NOTE_MAX,
                initial=mark.note if mark else "",
                error_messages={"max_length": TOO_LONG},
            )

    def _add_classes(self, business: Business, products: list[ShownProduct]) -> None:
        self.keys = [product.row.pk for product in products]
        commodities = [("", "Pilih …"), *((str(row.pk), row.name) for row in Commodity.objects.all())]
        units = [("", "Tanpa satuan"), *((str(row.pk), row.name) for row in of_goods())]
        self._add("business", f"Komoditas utama {business.name}", commodities, business.commodity_id)
        for product in products:
            name, draft = f"product_{product.row.pk}", product.draft
            self._add(f"{name}_commodity", f"Komoditas {draft.name}", commodities, draft.commodity_id)
            is_odd = draft.unit_id and str(draft.unit_id) not in dict(units)
            offered = [*units, (str(draft.unit_id), draft.unit.name)] if is_odd else units
            self._add(f"{name}_unit", f"Satuan harga {draft.name}", offered, draft.unit_id)

    def _add(self, name: str, label: str, choices: list[tuple[str, str]], initial: int | None) -> None:
        messages = {"invalid_choice": "Pilih dari daftar."}
        self.fields[name] = forms.TypedChoiceField(
            label=label, choices=choices, required=False, coerce=int, empty_value=None,
            initial=str(initial or ""), error_messages=messages, show_hidden_initial=True,
        )  # fmt: skip

    @property
    def classes(self) -> list[forms.BoundField]:
        """The questions for commodities and units."""
        return [field for field in self.visible_fields() if self._is_class(field.name)]

    @property
    def reclassifies(self) -> bool:
        """Whether he chose another commodity or unit than the page showed: one from an editor stays otherwise."""
        return any(self._is_class(name) for name in self.changed_data)

    def _is_class(self, name: str) -> bool:
        return name == "business" or name.startswith("product_")

    def marks(self) -> dict[CheckItem, Mark]:
        """Return what was said of each item."""
        given = self.cleaned_data
        return {item: Mark(VALUES[given[f"{item}_found"]], given[f"{item}_note"]) for item in CheckItem}

    def products(self) -> dict[int, Classified]:
        """Return what was chosen, by the key of the product."""
        given = self.cleaned_data
        return {
            pk: Classified(given[f"product_{pk}_commodity"], given[f"product_{pk}_unit"])
            for pk in self.keys
            if f"product_{pk}_commodity" in given
        }


class CorrectionRequestForm(TicketForm):
    """What the owner is to correct."""

    ids = "correction_%s"
    typed = "text"
    labels = forms.MultipleChoiceField(
        label="Yang perlu diperbaiki",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih isian yang tersedia."},
    )
    text = forms.CharField(
        label="Penjelasan untuk pemilik",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dibaca pemilik. Tulis apa yang kurang dan bagaimana memperbaikinya.",
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, labels: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["labels"].choices = [(label, label) for label in labels]

    def clean(self) -> dict:
        given = super().clean() or {}
        if not self.errors and not (given.get("labels") or given.get("text", "").strip()):
            self.add_error("text", "Tandai isian yang perlu diperbaiki atau tulis penjelasannya.")
        return given


class ApproveForm(TicketForm):
    """Which products become public."""

    ids = "approve_%s"
    products = forms.TypedMultipleChoiceField(
        label="Produk yang diterbitkan",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih produk yang tersedia."},
    )

    def __init__(self, *args: Any, products: Iterable[ShownProduct], **kwargs: Any) -> None:
        products = list(products)
        kwargs["initial"] = {
            **(kwargs.get("initial") or {}),
            # One that the owner has taken out of his registration was public once, or it would be gone.
            "products": [shown.row.pk for shown in products if shown.is_told or not shown.row.first_published_at],
        }
        super().__init__(*args, **kwargs)
        self.fields["products"].choices = [(shown.row.pk, shown.draft.name) for shown in products]


class RejectForm(TicketForm):
    """Why it is rejected."""

    ids = "reject_%s"
    typed = "reason"
    reason = forms.CharField(
        label="Alasan, dibaca pemilik",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan penolakan. Pemilik akan membacanya.", "max_length": TOO_LONG},
    )


class WithdrawForm(TicketForm):
    """Why an approval is taken back, and a word for colleagues."""

    ids = "withdraw_%s"
    typed = "reason"
    reason = forms.CharField(
        label="Alasan, dibaca pemilik",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pembatalan. Pemilik akan membacanya.", "max_length": TOO_LONG},
    )
    note = forms.CharField(
        label="Catatan internal (boleh kosong)",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Pemilik tidak membacanya.",
        error_messages={"max_length": TOO_LONG},
    )


def labels_of(ticket: Submission) -> list[str]:
    """Return what an owner can be asked to correct: the labels of the questions, without consents."""
    asked = [row for row in ticket.snapshot.question_list() if field_types.get(row.type).is_question]
    return list(dict.fromkeys(groups.label_of(row) for row in asked if row.type not in ("hidden", Consent.code)))
