"""The public part of a business. What is not in these rows cannot reach a public page."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin, WorkflowMixin

from gallery.enums import CertificateKind
from siptenan.common import phones


class PhonePanel(FieldPanel):
    """A number that is only shown, as people here write it."""

    def format_value_for_display(self, value: str) -> str:
        return phones.national(value) if value else ""


class BusinessQuerySet(models.QuerySet):
    """Questions the catalogue asks."""

    def public(self) -> BusinessQuerySet:
        """Approved and not hidden."""
        return self.filter(live=True)


class Business(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """A small industry (usaha, IKM) as buyers see it. Its private part is BusinessRecord."""

    name = models.CharField("nama usaha", max_length=160)
    slug = models.SlugField("alamat halaman", max_length=180, unique=True)
    kelurahan = models.ForeignKey(
        "common.Kelurahan", on_delete=models.PROTECT, related_name="+", verbose_name="kelurahan"
    )
    commodity = models.ForeignKey(
        "common.Commodity",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="komoditas utama",
    )
    story = models.TextField("cerita usaha", blank=True, help_text="Apa yang dibuat, bagaimana, dan sejak kapan.")
    # Empty unless the owner agreed (BusinessRecord.agrees_*): no template has to ask. gallery.records writes them; no
    # editor and no revision does, or an old draft would bring back what the owner has withdrawn.
    contact_name = models.CharField(
        "nama yang tampil", max_length=160, blank=True, help_text="Hanya bila pemilik setuju namanya tampil."
    )
    whatsapp = models.CharField(
        "WhatsApp yang tampil", max_length=20, blank=True, help_text="Hanya bila pemilik setuju nomornya tampil."
    )
    image = models.ForeignKey(
        "common.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="foto"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When an officer went through the whole checklist of its registration and approved it; pages say “Terverifikasi”
    # then, and of no other business: one that was recorded or imported by hand has no checklist.
    verified_at = models.DateTimeField("terverifikasi", null=True, editable=False)

    objects = BusinessQuerySet.as_manager()

    panels = [
        FieldPanel("name", required_on_save=True),
        FieldRowPanel(["kelurahan", "commodity"]),
        "story",
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("contact_name", read_only=True), PhonePanel("whatsapp", read_only=True)],
                    help_text="Mengikuti persetujuan pemilik. Ubah di Data industri usaha ini.",
                )
            ],
            heading="Kontak yang tampil",
        ),
        "image",
        InlinePanel("certificates", heading="Sertifikat", label="Sertifikat"),
        FieldPanel("slug", help_text="Dibuat dari nama. Alamat lama tetap mengarah ke sini."),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = "usaha"
        verbose_name_plural = "usaha"
        ordering = ["name", "pk"]
        # Wagtail makes those of drafts and locks, too, but later than roles are given.
        permissions = [
            ("publish_business", "Dapat menerbitkan usaha"),
            ("lock_business", "Dapat mengunci usaha"),
            ("unlock_business", "Dapat membuka kunci usaha"),
            ("verify_business", "Dapat memeriksa pendaftaran Gallery IKM"),
            ("export_business", "Dapat mengekspor data industri"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        from gallery import publishing

        publishing.check_slug(self)

    def with_content_json(self, content: dict) -> Business:
        """A revision decides neither what the owner agreed to nor what was verified, nor what is locked or live."""
        draft = super().with_content_json(content)
        draft.verified_at = self.verified_at
        draft.contact_name, draft.whatsapp = self.contact_name, self.whatsapp
        return draft

    def get_preview_template(self, request, mode_name: str) -> str:
        return "gallery/business.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        from gallery.catalogue import detail

        return {**super().get_preview_context(request, mode_name), **detail.business(self, request)}


class Certificate(Orderable):
    """A certificate that buyers look for."""

    business = ParentalKey(Business, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField("jenis", max_length=6, choices=CertificateKind.choices)
    number = models.CharField("nomor", max_length=60, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True, help_text="Kosong: tanpa batas waktu.")

    panels = [FieldRowPanel(["kind", "number", "valid_until"])]

    class Meta(Orderable.Meta):
        verbose_name = "sertifikat"
        verbose_name_plural = "sertifikat"

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_valid(self) -> bool:
        """Whether it holds today."""
        return self.valid_until is None or self.valid_until >= timezone.localdate()
