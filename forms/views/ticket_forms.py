"""The forms of the ticket page."""

from __future__ import annotations

from typing import Any

from django import forms

from forms import permissions
from forms.enums import Status
from forms.models import Submission
from forms.views.conflict import Seen

BODY_MAX = 10_000
REASON_MAX = 2_000
STALE_PAGE = "Halaman ini sudah usang. Muat ulang halaman tiket, lalu coba lagi."
UNKNOWN_STATUS = "Pilih status yang tersedia."


class TicketForm(forms.Form):
    """Base of the forms that change a ticket: they send back what the officer was looking at."""

    use_required_attribute = False
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE}
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    typed = ""  # the name of the field with the officer's own words
    ids: str | bool = False  # of the controls; four forms share a page

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=self.ids, **kwargs)

    @property
    def seen_then(self) -> Seen:
        """What was on the page."""
        return Seen.parse(self.cleaned_data.get("seen", ""))

    @property
    def own_words(self) -> str:
        """What the officer typed."""
        return self.cleaned_data.get(self.typed, "")


class ReplyForm(TicketForm):
    """A reply, new or changed."""

    typed = "body"
    ids = "reply_%s"
    body = forms.CharField(
        label="Balasan",
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": "Balasan belum diisi.",
            "max_length": "Balasan terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.",
        },
    )


class MoveForm(TicketForm):
    """Another status, with a reason where one is asked for."""

    typed = "reason"
    target = forms.ChoiceField(
        choices=Status.choices, error_messages={"required": UNKNOWN_STATUS, "invalid_choice": UNKNOWN_STATUS}
    )
    reason = forms.CharField(
        label="Alasan",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea,
        error_messages={
            "max_length": "Alasan terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.",
        },
    )


class AssignForm(TicketForm):
    """The officer who is to answer, and a word for him."""

    typed = "note"
    ids = "assign_%s"
    officer = forms.ModelChoiceField(
        label="Petugas",
        queryset=None,
        required=False,
        empty_label="Belum ada petugas",
        error_messages={"invalid_choice": "Pilih petugas yang menangani formulir ini."},
    )
    note = forms.CharField(
        label="Pesan untuk petugas",
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Masuk ke catatan internal.",
    )

    def __init__(self, *args: Any, ticket: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = permissions.officers_for(ticket.form)


class NoteForm(forms.Form):
    """An internal note. It asks for no version: notes never contradict each other."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="note_%s", **kwargs)

    body = forms.CharField(
        label="Catatan internal",
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya dibaca petugas. Pemohon tidak pernah melihatnya.",
        error_messages={
            "required": "Catatan belum diisi.",
            "max_length": "Catatan terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.",
        },
    )
