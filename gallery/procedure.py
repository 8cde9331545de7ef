"""What a registration goes through: the Gallery IKM as a procedure of forms."""

from __future__ import annotations

from django.urls import reverse

from forms.enums import CLOSED, Status
from forms.models import Submission
from forms.procedures import Link, Procedure, register
from gallery import forgetting, registration
from gallery.catalogue.cards import index_url, product_url
from gallery.models import Product


@register
class Registration(Procedure):
    """baru -> diperiksa -> perlu_perbaikan -> disetujui | ditolak (product.md)."""

    code = "gallery"
    label = "Pendaftaran Gallery IKM"
    moves = {
        Status.NEW: (Status.EXAMINED, Status.SPAM),
        Status.EXAMINED: (Status.NEEDS_CORRECTION, Status.APPROVED, Status.REJECTED, Status.SPAM),
        Status.NEEDS_CORRECTION: (Status.EXAMINED, Status.APPROVED, Status.REJECTED),
        Status.APPROVED: (Status.EXAMINED,),
        Status.REJECTED: (Status.EXAMINED,),
        Status.SPAM: (Status.NEW,),
    }
    move_labels = {
        (Status.NEW, Status.EXAMINED): "Mulai periksa",
        (Status.NEW, Status.SPAM): "Tandai spam",
        (Status.EXAMINED, Status.SPAM): "Tandai spam",
        (Status.SPAM, Status.NEW): "Bukan spam",
    }
    taken_up = Status.EXAMINED
    replied = None
    reopens = frozenset({Status.NEEDS_CORRECTION, Status.REJECTED})
    steps = (
        (Status.NEW, "Diterima"),
        (Status.EXAMINED, "Diperiksa"),
        (Status.APPROVED, "Disetujui"),
    )
    stands_at = {
        Status.SPAM: Status.NEW,
        Status.NEEDS_CORRECTION: Status.EXAMINED,
        Status.REJECTED: Status.APPROVED,
    }
    core_questions = registration.CORE_QUESTIONS
    core_limits = registration.CORE_LIMITS
    makes_something = True
    screen = "gallery-registration"

    def offered(self, current: str) -> tuple[Status, ...]:
        """Only what needs no look at the registration: the rest is done on the screen of verification."""
        return tuple(target for target in super().offered(current) if Status.SPAM in (current, target))

    def takes_reply(self, status: str) -> bool:
        """Also to an owner whose products are public."""
        return status not in CLOSED or status == Status.APPROVED

    def links(self, submission: Submission) -> list[Link]:
        """To what he is to correct, or to what is public of it now."""
        if submission.status == Status.NEEDS_CORRECTION:
            text = (
                "Petugas meminta perbaikan. Baca pesannya di bawah, lalu perbaiki isian Anda. Yang lain sudah terisi."
            )
            return [Link("Perbaiki data", reverse("gallery-correction"), text)]
        if submission.status != Status.APPROVED or not index_url():
            return []
        shown = Product.objects.public().filter(business__record__submission=submission).order_by("pk")
        return [Link(f"Lihat {product.name}", product_url(product.slug)) for product in shown]

    def received(self, submission: Submission) -> None:
        registration.register(submission)

    def anonymised(self, submission: Submission) -> None:
        forgetting.forget(submission)
