"""Filters of the register."""

from __future__ import annotations

from django.db.models import F, QuerySet
from wagtail.admin.filters import WagtailFilterSet

from forms.filters import ChosenFilter, CodesFilter, EitherFilter
from gallery.enums import ScaleClass
from gallery.models import BusinessRecord
from gallery.scale import FEW_WORKERS, MEDIUM_UP_TO, SMALL_BELOW
from siptenan.common.models import Commodity, Kelurahan


def kecamatan_choices() -> list[tuple[str, str]]:
    """The kecamatan of the table."""
    names = Kelurahan.objects.order_by("kecamatan").values_list("kecamatan", flat=True).distinct()
    return [(name, name) for name in names]


class RegisterFilterSet(WagtailFilterSet):
    """Place, commodity, size, and whether the business is public."""

    kecamatan = CodesFilter(label="Kecamatan", field_name="business__kelurahan__kecamatan", choices=kecamatan_choices)
    kelurahan = ChosenFilter(
        label="Kelurahan", field_name="business__kelurahan", queryset=lambda request: Kelurahan.objects.all()
    )
    commodity = ChosenFilter(
        label="Komoditas", field_name="business__commodity", queryset=lambda request: Commodity.objects.all()
    )
    classified = EitherFilter(
        label="Dikelompokkan", method="filter_classified", choices=(("ya", "Sudah"), ("tidak", "Belum ada komoditas"))
    )
    scale = EitherFilter(label="Skala", method="filter_scale", choices=ScaleClass.choices)
    shown = EitherFilter(label="Gallery", method="filter_shown", choices=(("ya", "Tampil"), ("tidak", "Tidak tampil")))

    class Meta:
        model = BusinessRecord
        fields = ["kecamatan", "kelurahan", "commodity", "classified", "scale", "shown"]

    def filter_classified(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(business__commodity__isnull=value == "tidak")

    def filter_shown(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(business__live=value == "ya")

    def filter_scale(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The same as gallery.scale.scale_class, as a condition."""
        known = queryset.filter(investment__isnull=False).annotate(workers=F("workers_male") + F("workers_female"))
        few, many = known.filter(workers__lte=FEW_WORKERS), known.filter(workers__gt=FEW_WORKERS)
        if value == ScaleClass.SMALL:
            return few.filter(investment__lt=SMALL_BELOW)
        if value == ScaleClass.LARGE:
            return many.filter(investment__gt=MEDIUM_UP_TO)
        return few.filter(investment__gte=SMALL_BELOW) | many.filter(investment__lte=MEDIUM_UP_TO)
