"""Files as phones and attackers send them, made here: none is kept in the repository."""

from __future__ import annotations

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from forms.models import Upload
from forms.models.message import private_storage
from forms.models.upload import FOLDER

MB = 1024 * 1024
PAGE = b"BT /F1 24 Tf 50 50 Td (Halo Pekalongan) Tj ET"


def sent(content: bytes, name: str = "berkas.bin") -> SimpleUploadedFile:
    """A file as Django hands it to a form."""
    return SimpleUploadedFile(name, content)


def photo(size: tuple[int, int] = (400, 300), colour: str = "red", fmt: str = "JPEG", **options) -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, fmt, **options)
    return out.getvalue()


def noise(size: tuple[int, int] = (1200, 900)) -> bytes:
    """A picture that cannot be packed tightly: as large as a photo of as many pixels, or larger."""
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that says it has side x side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def stored_files() -> set[str]:
    """Every file of visitors in the private storage, by path."""
    try:
        days, _ = private_storage().listdir(FOLDER)
    except FileNotFoundError:
        return set()
    return {f"{FOLDER}/{day}/{name}" for day in days for name in private_storage().listdir(f"{FOLDER}/{day}")[1]}


def content_of(upload: Upload) -> bytes:
    """What is stored of a file."""
    with upload.file.open("rb") as stored:
        return stored.read()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object of a PDF."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def pdf(*more: bytes, catalog: bytes = b"", page: bytes = b"", content: bytes = PAGE, kids: int = 1) -> bytes:
    """A PDF of `kids` times one page; `catalog` and `page` are entries of theirs, `more` objects count from 6."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R %s>>" % catalog,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * kids, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>" % page,
        content if content.startswith(b"<<") else stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out),
    )  # fmt: skip
