"""Info lainnya: the list and its entries, published."""

from __future__ import annotations

import datetime as dt
import itertools

from django.utils import timezone

from home.models import EventPage, HomePage, InfoIndexPage, InfoPage

from .site import publish, text

_numbers = itertools.count(1)


def make_info_index(home: HomePage) -> InfoIndexPage:
    """Return the published list at /info/."""
    page = InfoIndexPage(title="Info Lainnya", slug="info", introduction="Berita dan panduan untuk IKM.")
    return publish(home, page)


def make_info(title: str = "", *, tags: tuple[str, ...] = (), model: type[InfoPage] = InfoPage, **values) -> InfoPage:
    """Return a published entry below the list."""
    number = next(_numbers)
    body = values.pop("body", text("<p>Isi info.</p>"))
    page = model(
        title=title or f"Info {number}",
        slug=values.pop("slug", f"info-{number}"),
        **{"summary": f"Ringkasan {number}.", "body": body, **values},
    )
    page.tags.add(*tags)
    pk = publish(InfoIndexPage.objects.get(), page).pk
    return model.objects.get(pk=pk)  # publishing changes another object than the one at hand


def make_event(title: str = "", *, days: int = 7, hours: int = 2, **values) -> EventPage:
    """Return a published event that begins `days` from now, at nine in the morning."""
    starts_at = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + dt.timedelta(days=days)
    times = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=hours)}
    return make_info(title, model=EventPage, **{"place": "Aula Contoh", **times, **values})
