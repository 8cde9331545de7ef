"""The design tokens as the style sheet has them, with the contrast of each colour (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

SHEET = "siptenan/css/site/tokens.css"
DARK = "@media (prefers-color-scheme: dark)"
CONTRAST = "@media (prefers-contrast: more)"
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
ROOT_PX = 18  # pixels of 1rem, with the browser's letters at their default

TEXT, SIGN = 4.5, 3.0  # the least contrast of words, and of what is no word
GROUNDS = ("paper", "card", "sand")


@dataclass(frozen=True)
class Use:
    """What a colour is for: what it lies on, and the least contrast it needs there."""

    name: str
    purpose: str
    grounds: tuple[str, ...] = GROUNDS
    needs: float | None = TEXT


USES = (
    Use("paper", "Dasar halaman", (), None),
    Use("card", "Dasar kartu dan isian", (), None),
    Use("sand", "Dasar bagian yang diselingi", (), None),
    Use("cloth", "Dasar kain jlamprang", (), None),
    Use("mark", "Dasar kata yang dicari", (), None),
    Use("line", "Garis pemisah, hiasan saja", (), None),
    Use("text", "Teks", (*GROUNDS, "mark")),
    Use("muted", "Teks pendamping"),
    Use("link", "Tautan, tombol biasa (biru batik)", (*GROUNDS, "mark")),
    Use("sogan", "Garis judul, label (sogan)"),
    Use("ok", "Berhasil"),
    Use("warn", "Perhatian"),
    Use("error", "Kesalahan"),
    Use("on-action", "Tulisan tombol merah", ("action", "action-hover")),
    Use("action", "Tombol merah, satu per layar", ("paper", "sand"), SIGN),
    Use("action-hover", "Tombol merah saat ditunjuk", ("paper", "sand"), None),
    Use("control", "Tepi isian", GROUNDS, SIGN),
    Use("focus", "Garis fokus", GROUNDS, SIGN),
    Use("on-header", "Tulisan di kepala dan kaki", ("header",)),
    Use("header-mark", "Penanda menu, judul di kaki", ("header",)),
    Use("header-focus", "Garis fokus di kepala dan kaki", ("header",), SIGN),
    Use("header", "Kepala dan kaki halaman", (), None),
    Use("header-line", "Garis di menu", (), None),
)


@dataclass(frozen=True)
class Swatch:
    """One colour in one theme, with its lowest contrast; None for what only lies underneath."""

    value: str
    contrast: float | None


@dataclass(frozen=True)
class Colour:
    """One colour token by day and by night."""

    use: Use
    light: Swatch
    dark: Swatch


@dataclass(frozen=True)
class Size:
    """A token of type or space, in pixels."""

    name: str
    value: str
    px: float


@dataclass(frozen=True)
class Tokens:
    """Everything the library of components shows of the style sheet."""

    colours: tuple[Colour, ...]
    type_scale: tuple[Size, ...]
    space: tuple[Size, ...]


def read() -> Tokens:
    """Return the tokens of the public style sheet."""
    return parse(Path(str(finders.find(SHEET))).read_text())


@functools.lru_cache(maxsize=4)
def parse(css: str) -> Tokens:
    """Return the tokens of a style sheet; a colour without a line in USES raises KeyError."""
    light_part, _, rest = css.partition(DARK)
    by_day = dict(TOKEN.findall(light_part))
    by_night = by_day | dict(TOKEN.findall(rest.partition(CONTRAST)[0]))
    uses = {use.name: use for use in USES}
    found = [uses[name] for name, value in by_day.items() if COLOUR.fullmatch(value)]
    return Tokens(
        colours=tuple(
            Colour(use, _swatch(use, by_day), _swatch(use, by_night)) for use in sorted(found, key=USES.index)
        ),
        type_scale=_sizes(by_day, "step", "rem", ROOT_PX),
        space=_sizes(by_day, "space-", "px", 1),
    )


def _swatch(use: Use, values: dict[str, str]) -> Swatch:
    colour = values[use.name]
    ratios = [contrast(colour, values[ground]) for ground in use.grounds]
    return Swatch(colour, min(ratios) if use.needs else None)


def _sizes(values: dict[str, str], start: str, unit: str, px: float) -> tuple[Size, ...]:
    sizes = [
        Size(name, value, round(float(value.removesuffix(unit)) * px, 1))
        for name, value in values.items()
        if name.startswith(start) and value.endswith(unit)
    ]
    return tuple(sorted(sizes, key=lambda size: size.px))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (`#rgb` or `#rrggbb`), 1 to 21, cut to one decimal so it never flatters."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((bright + 0.05) / (dim + 0.05) * 10) / 10


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[start : start + 2], 16) / 255) for start in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
