"""Public totals of the industry: by kelurahan and by commodity, and never of a group of fewer than three businesses.

Statistical disclosure control by cell suppression (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4): a
group under the threshold is hidden, and with it so many others that what is left of the total after subtracting all
that is shown belongs to at least two groups and three businesses together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from gallery.models import Business, Product
from siptenan.common.models import Commodity, Kelurahan

FEWEST = 3  # businesses in a group that is shown
UNGROUPED = "lain"  # the key of businesses without a commodity
SUMS = ("businesses", "workers_male", "workers_female", "products")


@dataclass(frozen=True)
class Group:
    """One row: its name, the row it belongs to, and its sums, or none of them when they are hidden."""

    key: str
    name: str
    parent: str = ""
    businesses: int | None = 0
    workers_male: int | None = 0
    workers_female: int | None = 0
    products: int | None = 0

    @property
    def is_hidden(self) -> bool:
        """Whether the figures are not told."""
        return self.businesses is None

    def hidden(self) -> Group:
        """The same row without its figures."""
        return Group(self.key, self.name, self.parent, None, None, None, None)


@dataclass(frozen=True)
class Totals:
    """What is published: the whole, and its parts in both ways."""

    total: Group
    kecamatan: tuple[Group, ...]
    kelurahan: tuple[Group, ...]
    commodities: tuple[Group, ...]

    @property
    def hides_something(self) -> bool:
        """Whether any row is hidden."""
        return any(group.is_hidden for group in (*self.kecamatan, *self.kelurahan, *self.commodities))


def to_hide(sizes: Mapping[str, int]) -> set[str]:
    """Return the keys of the groups to hide so that none under FEWEST is told, nor follows by subtraction.

    `sizes`: businesses of each group; an empty one tells nothing of anybody and is shown. Of fewer than FEWEST in all
    everything is hidden; then the total must not be told either.
    """
    hidden = {key for key, size in sizes.items() if 0 < size < FEWEST}
    others = sorted((size, key) for key, size in sizes.items() if size >= FEWEST)
    while hidden and others and (len(hidden) < 2 or sum(sizes[key] for key in hidden) < FEWEST):
        hidden.add(others.pop(0)[1])
    return hidden


def totals() -> Totals:
    """Return what may be published of the businesses that are public now."""
    rows = _rows()
    places = list(Kelurahan.objects.order_by("kecamatan", "name"))
    kelurahan = [
        _sum(place.code, place.name, place.kecamatan, [row for row in rows if row["kelurahan"] == place.pk])
        for place in places
    ]
    kecamatan = [
        _sum(name, name, "", [vars(group) for group in kelurahan if group.parent == name])
        for name in dict.fromkeys(place.kecamatan for place in places)
    ]
    commodities = [
        _sum(commodity.code, commodity.name, "", [row for row in rows if row["commodity"] == commodity.pk])
        for commodity in Commodity.objects.all()
    ]
    if without := [row for row in rows if row["commodity"] is None]:
        commodities.append(_sum(UNGROUPED, "Belum dikelompokkan", "", without))
    total = _sum("", "Kota Pekalongan", "", rows)
    hidden_kecamatan = _hidden(kecamatan)
    return Totals(
        total.hidden() if 0 < (total.businesses or 0) < FEWEST else total,
        _without(kecamatan, hidden_kecamatan),
        tuple(
            group
            for parent in kecamatan
            for group in _of_kecamatan(parent, kelurahan, is_hidden=parent.key in hidden_kecamatan)
        ),
        _without(commodities, _hidden(commodities)),
    )


def _of_kecamatan(parent: Group, kelurahan: list[Group], *, is_hidden: bool) -> tuple[Group, ...]:
    """The rows of one kecamatan; all of them are hidden with it, or they would add up to what it hides."""
    children = [group for group in kelurahan if group.parent == parent.key]
    return _without(children, {group.key for group in children} if is_hidden else _hidden(children))


def _hidden(groups: list[Group]) -> set[str]:
    return to_hide({group.key: group.businesses or 0 for group in groups})


def _without(groups: list[Group], hidden: set[str]) -> tuple[Group, ...]:
    return tuple(group.hidden() if group.key in hidden and group.businesses else group for group in groups)


def _sum(key: str, name: str, parent: str, rows: Iterable[Mapping]) -> Group:
    rows = list(rows)
    return Group(key, name, parent, **{column: sum(row[column] for row in rows) for column in SUMS})


def _rows() -> list[dict]:
    """One row for each kelurahan and commodity that occur together."""
    products = {
        (kelurahan, commodity): count
        for kelurahan, commodity, count in Product.objects.public()
        .order_by()
        .values_list("business__kelurahan", "business__commodity")
        .annotate(Count("pk"))
    }
    rows = (
        Business.objects.public()
        .order_by()
        .values("kelurahan", "commodity")
        .annotate(
            businesses=Count("pk"),
            workers_male=Coalesce(Sum("record__workers_male"), 0),
            workers_female=Coalesce(Sum("record__workers_female"), 0),
        )
    )
    return [{**row, "products": products.get((row["kelurahan"], row["commodity"]), 0)} for row in rows]
