"""Which tickets and which businesses are one and the same IKM, as officers have decided; machines only propose."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class IkmLinkQuerySet(models.QuerySet):
    """What holds."""

    def current(self) -> IkmLinkQuerySet:
        """Those that nobody has undone."""
        return self.filter(undone_at=None)

    def same(self) -> IkmLinkQuerySet:
        """One IKM."""
        return self.current().filter(is_same=True)

    def different(self) -> IkmLinkQuerySet:
        """Not one IKM, and so not to be proposed again."""
        return self.current().filter(is_same=False)


class IkmLink(models.Model):
    """A decision about a business and a ticket, or about two businesses: the same IKM, or not.

    Written by gallery.links only. Of two businesses the older one is `record`. A ticket that is the registration of a
    business is never linked itself: its business is.
    """

    record = models.ForeignKey("gallery.BusinessRecord", on_delete=models.CASCADE, related_name="links")
    ticket = models.ForeignKey("forms.Submission", on_delete=models.CASCADE, null=True, related_name="ikm_links")
    other = models.ForeignKey("gallery.BusinessRecord", on_delete=models.CASCADE, null=True, related_name="links_back")
    is_same = models.BooleanField("IKM yang sama")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("diputuskan", default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField("dibatalkan", null=True)

    objects = IkmLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "hubungan IKM"
        verbose_name_plural = "hubungan IKM"
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, other=None) | Q(ticket=None, other__gt=F("record")),
                name="ikm_link_of_two",
            ),
            models.UniqueConstraint(
                fields=["record", "ticket"], condition=Q(undone_at=None), name="ikm_link_once_per_ticket"
            ),
            models.UniqueConstraint(
                fields=["record", "other"], condition=Q(undone_at=None), name="ikm_link_once_per_business"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {'=' if self.is_same else '≠'} {self.ticket_id or self.other_id}"
