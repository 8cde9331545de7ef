"""Public totals of the industry, by kelurahan and by commodity, frozen once a quarter (docs/adr/0017).

Everybody can read in the catalogue where a business is and what it makes; what nobody may work out is how many people
work there. So a row is told only if nothing that follows from all rows together, of this quarter and of all before,
is about fewer than three businesses (gallery.disclosure). How many businesses and products there are is told by the
same rule within the quarter.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from gallery.disclosure import FEWEST, tellable
from gallery.models import Business, Product, TotalsSnapshot
from gallery.quarters import Quarter
from siptenan.common.generation import bump
from siptenan.common.models import Commodity, Kelurahan

__all__ = ["FEWEST", "Group", "Totals", "freeze", "freeze_due", "latest"]

CITY, KECAMATAN, KELURAHAN, COMMODITY = "kota", "kecamatan", "kelurahan", "komoditas"
UNGROUPED = "lain"  # the key of businesses without a commodity
# A quarter is frozen within the hour after it ended; until the morning its state is that of its last day.
NIGHT = dt.timedelta(hours=6)

Members = frozenset[int]


@dataclass(frozen=True)
class Group:
    """One row; None is a figure that is not told."""

    level: str
    key: str
    name: str
    parent: str = ""  # of a kelurahan: its kecamatan
    businesses: int | None = None
    products: int | None = None
    workers_male: int | None = None
    workers_female: int | None = None
    workers_as_of: str = ""  # the day of the workers, where a later sum would give somebody away
    workers_unstated: bool = False  # no business of the group has said how many work there

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is told."""
        return self.businesses is None

    @property
    def workers_date(self) -> dt.date | None:
        """The day of the workers, where it is another than that of the row."""
        return dt.date.fromisoformat(self.workers_as_of) if self.workers_as_of else None


@dataclass(frozen=True)
class Totals:
    """What is published: the whole, and its parts in both ways, all of one day."""

    as_of: dt.date
    groups: tuple[Group, ...]

    @property
    def total(self) -> Group:
        """The whole city."""
        return self.at(CITY)[0]

    @property
    def kecamatan(self) -> tuple[Group, ...]:
        return self.at(KECAMATAN)

    @property
    def kelurahan(self) -> tuple[Group, ...]:
        return self.at(KELURAHAN)

    @property
    def commodities(self) -> tuple[Group, ...]:
        return self.at(COMMODITY)

    def at(self, level: str) -> tuple[Group, ...]:
        """The rows of one level."""
        return tuple(group for group in self.groups if group.level == level)


def latest() -> Totals | None:
    """Return the totals that are public; None before the first."""
    snapshot = TotalsSnapshot.objects.defer("counted").first()
    return Totals(snapshot.as_of, tuple(Group(**row) for row in snapshot.groups)) if snapshot else None


def freeze_due() -> int:
    """Freeze the totals if this quarter has none yet; return how many were made. Work of the background worker."""
    if TotalsSnapshot.objects.filter(made_at__gte=Quarter.now().starts_at).exists():
        return 0
    return 1 if freeze() else 0


def freeze() -> TotalsSnapshot | None:
    """Publish the totals of the businesses that are public now; None while they are too few to tell anything."""
    now = timezone.now()
    try:
        with transaction.atomic():
            snapshot = _snapshot(now)
            if snapshot is None:
                return None
            snapshot.save(force_insert=True)
            bump()
    except IntegrityError:  # another worker has just done it
        return None
    return snapshot


def _snapshot(now: dt.datetime) -> TotalsSnapshot | None:
    city = _City()
    groups = list(city.groups())
    counts_told = tellable({_id(group): city.members(group) for group in groups})
    if (CITY, "") not in counts_told or not city.rows:
        return None
    former = list(TotalsSnapshot.objects.all())
    told_before = [frozenset(members) for snapshot in former for members in snapshot.counted.values()]
    stated = {_id(group): city.members(group, city.has_stated) for group in groups if _id(group) in counts_told}
    workers_told = tellable(stated, told_before)
    kept = {(group.level, group.key): group for group in _last_told(former)}
    as_of = timezone.localdate(now - NIGHT)
    rows, counted = [], {}
    for group in groups:
        if (name := _id(group)) not in counts_told:
            rows.append(group)
            continue
        figures = city.counts(group)
        if name in workers_told:
            figures |= city.workers(group)
            counted["/".join(name)] = sorted(stated[name])
        elif name in kept:
            figures |= {key: getattr(kept[name], key) for key in ("workers_male", "workers_female", "workers_as_of")}
        rows.append(Group(group.level, group.key, group.name, group.parent, **figures))
    return TotalsSnapshot(as_of=as_of, made_at=now, groups=[asdict(row) for row in rows], counted=counted)


def _last_told(former: list[TotalsSnapshot]) -> list[Group]:
    """The rows of the last time whose workers were told, each with the day that they are of."""
    if not former:
        return []
    rows = (Group(**row) for row in former[0].groups)
    day = former[0].as_of.isoformat()
    return [
        Group(**{**asdict(row), "workers_as_of": row.workers_as_of or day})
        for row in rows
        if row.workers_male is not None and row.businesses
    ]


def _id(group: Group) -> tuple[str, str]:
    return group.level, group.key


class _City:
    """The businesses that are public now, as the groups count them."""

    def __init__(self) -> None:
        self.rows: dict[int, dict] = {
            row["pk"]: row
            for row in Business.objects.public().order_by("pk").values(
                "pk", "kelurahan__code", "kelurahan__kecamatan", "commodity__code",
                "record__workers_male", "record__workers_female",
            )
        }  # fmt: skip
        self.products = Counter(Product.objects.public().order_by().values_list("business", flat=True))

    def groups(self) -> list[Group]:
        """All rows, empty of figures."""
        places = list(Kelurahan.objects.order_by("kecamatan", "name"))
        commodities = [(commodity.code, commodity.name) for commodity in Commodity.objects.all()]
        if any(row["commodity__code"] is None for row in self.rows.values()):
            commodities.append((UNGROUPED, "Belum dikelompokkan"))
        return [
            Group(CITY, "", "Kota Pekalongan"),
            *(Group(KECAMATAN, name, name) for name in dict.fromkeys(place.kecamatan for place in places)),
            *(Group(KELURAHAN, place.code, place.name, place.kecamatan) for place in places),
            *(Group(COMMODITY, code, name) for code, name in commodities),
        ]

    def members(self, group: Group, only: Callable[[int], bool] = lambda pk: True) -> Members:
        """The businesses of a group."""
        column = {KECAMATAN: "kelurahan__kecamatan", KELURAHAN: "kelurahan__code", COMMODITY: "commodity__code"}
        wanted = None if group.key == UNGROUPED else group.key
        return frozenset(
            pk
            for pk, row in self.rows.items()
            if (group.level == CITY or row[column[group.level]] == wanted) and only(pk)
        )

    def has_stated(self, pk: int) -> bool:
        """Whether a business has said how many men and how many women work there."""
        row = self.rows[pk]
        return None not in (row["record__workers_male"], row["record__workers_female"])

    def counts(self, group: Group) -> dict:
        members = self.members(group)
        return {"businesses": len(members), "products": sum(self.products[pk] for pk in members)}

    def workers(self, group: Group) -> dict:
        """The sums of those that have stated both; of nobody the sum is not 0 but unknown."""
        stated = self.members(group, self.has_stated)
        if not stated and self.members(group):
            return {"workers_unstated": True}
        return {
            "workers_male": sum(self.rows[pk]["record__workers_male"] for pk in stated),
            "workers_female": sum(self.rows[pk]["record__workers_female"] for pk in stated),
        }
