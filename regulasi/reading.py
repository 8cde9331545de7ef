"""What the page of a regulation shows; also in the preview of a draft, where anything may be missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from regulasi import citation, files, relations, reporting, status
from regulasi.addresses import index_url, regulation_url
from regulasi.enums import Act, Status
from regulasi.library.labels import BADGE_LEVELS
from regulasi.models import RegulationPage, Subject
from regulasi.models.regulation import lines
from regulasi.relations import Related
from regulasi.status import Effect, Standing
from siptenan.common import companions
from siptenan.common.addresses import below
from siptenan.common.dates import format_day
from siptenan.common.document_access import staff_url
from siptenan.common.generation import per_generation


@dataclass(frozen=True)
class Value:
    """One thing that stands beside a label; with an address when it leads on."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of the record."""

    label: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Moment:
    """Something that happened to a regulation, or will."""

    day: dt.date | None  # None: nobody has entered it
    label: str
    other: str = ""
    url: str = ""
    note: str = ""
    is_ahead: bool = False

    @property
    def text(self) -> str:
        """The day in words."""
        return format_day(self.day) if self.day else "Tanggal belum dicatat"


@dataclass(frozen=True)
class Used:
    """A page that rests on the regulation."""

    title: str
    url: str


@dataclass(frozen=True, eq=False)
class Known:
    """What is read of a regulation: all that does not depend on the day."""

    page: RegulationPage
    related: Related
    subjects: Sequence[Subject]
    used_on: Sequence[Used]


def published(pk: int) -> RegulationPage | None:
    """Return a published regulation with all that it is composed of, in one query.

    Whoever comes here has passed siptenan.common.serving, which knows no private pages.
    """
    return RegulationPage.objects.live().with_vocabulary().filter(pk=pk).first()


@per_generation
def known(pk: int) -> Known | None:
    """Return what is shown of a published regulation; shared until the site changes, so nobody writes to it."""
    page = published(pk)
    return read(page) if page else None


def read(page: RegulationPage) -> Known:
    """Read what is shown of a page, which may be a draft: eight queries at most."""
    subjects = sorted(page.subjects.all(), key=lambda subject: subject.name)
    return Known(page, relations.of(page), subjects, used_on(page))


def shown(regulation: Known, *, is_preview: bool = False) -> dict[str, Any]:
    """Return what the page shows besides its own fields. What depends on the day is derived anew each time.

    The addresses below a page lead to what is published, and in a preview to the words that say so; there the file
    comes from the address for staff.
    """
    page, related, today = regulation.page, regulation.related, timezone.localdate()
    standing = status.of(page, today, related)
    url = citation.permanent_url(page)
    lead_to = partial(below, regulation_url(page.slug), is_preview=is_preview)
    file_url = ""
    if page.document:
        file_url = staff_url(page.document) if is_preview else lead_to(f"dokumen/{page.file_name}")
    return {
        "regulation": page,
        "standing": standing,
        "standing_level": BADGE_LEVELS[standing.status],
        "reason": linked_reason(standing),
        "upcoming": _upcoming(standing),
        "groups": related.groups,
        "timeline": timeline(page, related, today),
        "facts": facts(page, regulation.subjects),
        "subjects": regulation.subjects,
        "abstract": abstract(page),
        "file_url": file_url,
        "file_size": page.document.file_size if page.document else None,
        "download_url": file_url if is_preview else lead_to("unduh/"),
        "abstract_url": lead_to("abstrak.pdf"),
        "card_url": lead_to("kartu.pdf"),
        "calendar_url": lead_to("tenggat.ics"),
        "bibtex_url": lead_to("kutipan.bib"),
        "ris_url": lead_to("kutipan.ris"),
        "report_url": lead_to("lapor/") if reporting.report_form() else "",
        "deadline_text": format_day(page.deadline) if page.deadline else "",
        "deadline_is_over": bool(page.deadline and page.deadline < today),
        "used_on": regulation.used_on,
        "citation": citation.full(page),
        "short_citation": citation.short(page),
        "share_url": url,
        "share_whatsapp_url": f"https://wa.me/?text={quote(f'{page.full_title} {url}', safe='')}",
        "related": related,
        "index_url": index_url(),
    }


def _upcoming(standing: Standing) -> str:
    """What will change; nothing where the reason has said it: that something begins."""
    begins = standing.status is Status.NOT_YET and standing.next_change == standing.since
    return "" if begins else standing.upcoming


def linked_reason(standing: Standing) -> SafeString:
    """Why it stands as it does, the names of other regulations leading to them."""
    addresses = {effect.name: effect.url for effect in standing.by if effect.url}
    if not addresses:
        return escape(standing.reason)
    names = "|".join(re.escape(name) for name in sorted(addresses, key=len, reverse=True))
    parts = re.split(rf"({names})(?![\w/-])", standing.reason)
    html = [_link(part, addresses[part]) if part in addresses else escape(part) for part in parts]
    return mark_safe("".join(html))  # noqa: S308 - every part is escaped


def _link(text: str, url: str) -> SafeString:
    if url.startswith("/"):
        return format_html('<a href="{}">{}</a>', url, text)
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', url, text)


def facts(page: RegulationPage, subjects: Sequence[Subject]) -> list[Fact]:
    """Return the record by the fields of JDIH, in their order; what is empty is left out."""
    kind, initiator, field = page.kind, page.initiator, page.legal_field
    found: list[tuple[str, Sequence[Value]]] = [
        ("Tipe dokumen", _text("Peraturan Perundang-undangan")),
        ("Judul", _text(page.full_title)),
        ("T.E.U. badan", _text(page.teu)),
        ("Nomor", _text(page.number)),
        ("Tahun", _text(str(page.year or ""), listed(tahun=str(page.year)))),
        ("Jenis", _text(kind.name if kind else "", listed(jenis=kind.code) if kind else "")),
        ("Singkatan jenis", _text(page.abbreviation)),
        ("Tempat penetapan", _text(page.place)),
        ("Tanggal penetapan", _day(page.enacted_on)),
        ("Tanggal pengundangan", _day(page.promulgated_on)),
        ("Mulai berlaku", _day(page.holds_from)),
        ("Berlaku sampai", _day(page.valid_until)),
        ("Sumber", _text(page.source)),
        ("Subjek", [Value(subject.name, listed(subjek=subject.code)) for subject in subjects]),
        ("Bidang hukum", _text(field.name if field else "")),
        ("Urusan pemerintahan", _text(page.government_affair)),
        (
            "Pemrakarsa",
            _text(initiator.name if initiator else "", listed(pemrakarsa=initiator.code) if initiator else ""),
        ),
        ("Penandatangan", _text(page.signatory)),
        ("Bahasa", _text(page.language)),
        ("Lokasi", _text(page.location)),
        ("Hasil uji materi", [Value(line) for line in lines(page.judicial_review)]),
        ("Jumlah halaman", _text(str(page.page_count or ""))),
        ("Nama berkas", _text(page.file_name if page.document else "")),
        ("SHA-256 berkas", _text(files.sha256(page.document) if page.document else "")),
    ]
    return [Fact(label, values) for label, values in found if values]


def abstract(page: RegulationPage) -> list[tuple[str, list[str]]]:
    """Return the parts of the abstract that say something."""
    parts = [
        ("Dasar menimbang", page.considering),
        ("Dasar hukum", page.legal_basis),
        ("Materi pokok", page.main_points),
        ("Catatan", page.notes),
    ]
    return [(label, lines(text)) for label, text in parts if lines(text)]


def listed(**values: str) -> str:
    """The list, filtered."""
    return f"{index_url()}?{urlencode(values)}"


def timeline(page: RegulationPage, related: Related, today: dt.date) -> list[Moment]:
    """Return what has a date, in its order; on one day the regulation itself comes before what others do to it.

    What others did on a day that nobody has entered comes last.
    """
    found = [
        Moment(day, label)
        for label, day in (
            ("Ditetapkan", page.enacted_on),
            ("Diundangkan", page.promulgated_on),
            ("Mulai berlaku", page.holds_from),
        )
        if day
    ]
    for effect in status.facts(page, related).effects:
        found.append(_moment(effect, effect.since))
    if page.valid_until:
        found.append(Moment(page.valid_until, "Berlaku sampai", note=page.valid_until_note))
    ordered = sorted(found, key=lambda moment: moment.day or dt.date.max)
    return [replace(moment, is_ahead=moment.day is not None and moment.day > today) for moment in ordered]


def _moment(effect: Effect, day: dt.date | None) -> Moment:
    label = effect.act.words(passive=True, is_partial=effect.is_partial and effect.act is Act.REVOKES)
    return Moment(day, label, effect.name, effect.url, effect.note)


def used_on(page: RegulationPage) -> list[Used]:
    """Return the published pages that rest on it, in the order of the editor, then what other rooms tell."""
    pks = [use.page_id for use in page.uses.all()]
    pages = {found.pk: found for found in Page.objects.live().public().filter(pk__in=pks)} if pks else {}
    request = get_dummy_request(site=Site.objects.filter(is_default_site=True).first()) if pages else None
    found = [(pages[pk].title, pages[pk].get_url(request)) for pk in dict.fromkeys(pks) if pk in pages]
    others = [(use.title, use.url) for use in companions.uses_of(page.short_name)]
    return [Used(title, url) for title, url in [*found, *others] if url]


def _text(text: str, url: str = "") -> list[Value]:
    return [Value(text, url)] if text.strip() else []


def _day(day: dt.date | None) -> list[Value]:
    return [Value(format_day(day))] if day else []
