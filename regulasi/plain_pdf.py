"""PDFs of plain text: A4, the two faces of Helvetica that every reader has, so that a page weighs two kilobytes.

The text can be selected, searched and read aloud. Letters outside of Western European ones become question marks.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842  # points
MARGIN = 62
LEADING = 1.4  # of the size
REGULAR, BOLD = "F1", "F2"
BOLDER = 1.07  # how much wider bold letters are, at most
# Widths of Helvetica from the blank to the tilde, in thousandths of the size.
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
OTHER = 600  # any other letter


@dataclass
class Pages:
    """Text that flows down the pages."""

    title: str
    done: list[list[str]] = field(default_factory=list)
    top: float = 0

    def write(
        self, text: str, *, size: float = 11, bold: bool = False, indent: float = 0, hang: float = 0, mark: str = ""
    ) -> None:
        """Write a paragraph; the lines after the first stand `hang` points further right, a `mark` before them all."""
        face = BOLD if bold else REGULAR
        for number, line in enumerate(wrapped(text, size, WIDTH - 2 * MARGIN - indent - hang, bold=bold)):
            baseline = self._next(size)
            if number == 0 and mark:
                self._put(mark, MARGIN + indent, baseline, size, face)
            left = MARGIN + indent + (hang if number or mark else 0)
            self._put(line, left, baseline, size, face)

    def space(self, points: float) -> None:
        """Leave some room."""
        self.top += points

    def _next(self, size: float) -> float:
        step = size * LEADING
        if not self.done or self.top + step > HEIGHT - MARGIN:
            self.done.append([])
            self.top = MARGIN
        self.top += step
        return HEIGHT - self.top

    def _put(self, text: str, left: float, baseline: float, size: float, face: str) -> None:
        self.done[-1].append(f"BT /{face} {size:g} Tf {left:.1f} {baseline:.1f} Td {_string(text)} Tj ET")

    def pdf(self) -> bytes:
        """Return the file."""
        pages = self.done or [[]]
        count = len(pages)
        kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(count))
        fonts = "<< /F1 3 0 R /F2 4 0 R >>"
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R /Lang (id) /ViewerPreferences << /DisplayDocTitle true >> >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            b"<< /Title <feff" + self.title.encode("utf-16-be").hex().encode() + b"> /Producer (SIPTENAN) >>",
        ]
        for number, content in enumerate(pages):
            stream = zlib.compress("\n".join(content).encode("latin-1"))
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {7 + 2 * number} 0 R "
                f"/Resources << /Font {fonts} >> >>".encode()
            )
            objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream")
        return _file(objects)


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> Iterator[str]:
    """Break a text into lines of at most `width` points; a word that is longer is cut."""
    line = ""
    for word in plain(text).split():
        while width_of(word, size, bold=bold) > width:
            fits = next(n for n in range(len(word), 0, -1) if n == 1 or width_of(word[:n], size, bold=bold) <= width)
            if line:
                yield line
                line = ""
            yield word[:fits]
            word = word[fits:]
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold=bold) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in points."""
    units = sum(WIDTHS[ord(char) - 32] if 32 <= ord(char) < 127 else OTHER for char in text)
    return units * size / 1000 * (BOLDER if bold else 1)


def plain(text: str) -> str:
    """Return a text with the letters that the font has."""
    return "".join(_known(char) for char in unicodedata.normalize("NFC", text))


def _known(char: str) -> str:
    try:
        char.encode("cp1252")
    except UnicodeEncodeError:
        char = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode() or "?"
    return " " if ord(char[0]) < 32 else char


def _string(text: str) -> str:
    """A text as PDF writes it: bytes of WinAnsi, the special ones escaped."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped.encode('cp1252', 'replace').decode('latin-1')})"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
