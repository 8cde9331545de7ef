"""How a regulation is cited: in words, and as records for programs that keep literature."""

from __future__ import annotations

import re

from regulasi.addresses import regulation_url
from regulasi.models import RegulationPage
from siptenan.common.addresses import absolute

CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def permanent_url(page: RegulationPage) -> str:
    """The address that leads to a regulation whatever becomes of its title."""
    return absolute(regulation_url(page.slug))


def full(page: RegulationPage) -> str:
    """Jenis, nomor, tahun, tentang, sumber, address, in one line."""
    source = f" {_ended(page.source)}" if page.source else ""
    return f"{_ended(page.full_title)}{source} {permanent_url(page)}"


def short(page: RegulationPage) -> str:
    """`UU 20/2016, https://...`."""
    return f"{page.short_name}, {permanent_url(page)}"


def bibtex(page: RegulationPage) -> str:
    """A record for BibTeX. Double braces keep capitals and the name of an office as they are."""
    fields = {
        "title": f"{{{_tex(page.full_title)}}}",
        "author": f"{{{_tex(page.teu)}}}" if page.teu else "",
        "type": _tex(page.kind.name) if page.kind else "",
        "number": _tex(page.number),
        "year": str(page.year or ""),
        "howpublished": _tex(page.source),
        "keywords": _tex(page.subject_line),
        "language": "indonesian" if page.language == "Indonesia" else _tex(page.language),
        "url": permanent_url(page),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{page.slug},\n" + ",\n".join(lines) + "\n}\n"


def ris(page: RegulationPage) -> str:
    """A record in RIS, as Zotero and Mendeley read it."""
    values = [
        ("TY", "STAT"),
        ("TI", page.full_title),
        ("AU", page.teu),
        ("PY", str(page.year or "")),
        ("DA", page.enacted_on.strftime("%Y/%m/%d") if page.enacted_on else ""),
        ("M1", page.number),
        ("M3", page.kind.name if page.kind else ""),
        ("JO", page.source),
        *(("KW", subject.name) for subject in page.subjects.all()),
        ("AB", page.main_points),
        ("LA", "id" if page.language == "Indonesia" else page.language),
        ("UR", permanent_url(page)),
    ]
    lines = [f"{tag}  - {line}" for tag, value in values if (line := CONTROLS.sub(" ", value).strip())]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _tex(text: str) -> str:
    return "".join(TEX.get(letter, letter) for letter in CONTROLS.sub(" ", text))
