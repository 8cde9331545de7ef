"""ZIP files read with suspicion."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from django.core.files.base import ContentFile

from siptenan.common.archives import LOCKED, UNUSUAL, Archive, BadArchive, Limits

LIMITS = Limits(files=5, one=10_000, total=20_000)


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def opened(content: bytes, limits: Limits = LIMITS) -> Archive:
    return Archive(ContentFile(content, name="a.zip"), limits)


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(BadArchive) as reason:
        opened(content, limits)
    return str(reason.value)


def content_of(archive: Archive, name: str) -> bytes:
    with archive.opened(name) as file:
        content = file.read()
    return content


def test_files_are_found_by_their_own_names():
    archive = opened(zipped(("a/", b""), ("a/b/Satu.pdf", b"1"), ("c\\Dua.pdf", b"2"), ("../../tiga.pdf", b"3")))
    assert archive.names == ["Satu.pdf", "Dua.pdf", "tiga.pdf"]
    assert [content_of(archive, name) for name in ("satu.PDF", "x/Dua.pdf", "/etc/tiga.pdf")] == [b"1", b"2", b"3"]
    assert "empat.pdf" not in archive
    with pytest.raises(KeyError), archive.opened("empat.pdf"):
        pass


def test_what_computers_add_is_passed_over():
    archive = opened(zipped(("__MACOSX/x.pdf", b""), ("a/.DS_Store", b""), ("Thumbs.db", b""), ("a.pdf", b"1")))
    assert archive.names == ["a.pdf"]


def test_an_xlsx_is_known_as_one():
    assert opened(zipped(("[Content_Types].xml", b""), ("xl/a.xml", b""), ("xl/b/a.xml", b""))).is_office


def test_two_files_of_one_name_are_refused():
    assert "dua berkas bernama “A.pdf”" in refusal(zipped(("x/a.pdf", b"1"), ("y/A.pdf", b"2")))


@pytest.mark.parametrize("name", ["dalam.zip", "a/DALAM.7z", "b.tar.gz"])
def test_a_zip_in_a_zip_is_refused(name):
    assert "ZIP di dalam ZIP tidak dibuka" in refusal(zipped((name, b"PK\x03\x04")))


def test_too_many_files_are_refused_before_they_are_listed(monkeypatch):
    content = zipped(*((f"{number}.pdf", b"") for number in range(6)))
    monkeypatch.setattr(zipfile, "ZipFile", lambda *given: pytest.fail("the list was read"))
    assert "berisi 6 berkas, padahal batasnya 5" in refusal(content)


def test_a_list_that_is_longer_than_it_says_is_refused():
    """Python reads as many names as fit into the bytes of the list, whatever number stands beside them."""
    content = bytearray(zipped(*((f"{number:0>5000}.pdf", b"") for number in range(300))))
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    assert refusal(bytes(content)) == UNUSUAL


def test_a_bomb_is_refused_by_what_it_says_and_never_unpacked_further():
    big = zipped(("bom.pdf", b"\0" * 10_001))
    assert len(big) < 300
    assert "“bom.pdf” lebih besar dari" in refusal(big)
    assert "sesudah dibuka, padahal batasnya" in refusal(zipped(*((f"{n}.pdf", b"\0" * 9_000) for n in range(3))))
    # One that lies about its size ends there: it is broken, not large.
    lying = bytearray(zipped(("bom.pdf", b"\0" * 1_000_000)))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = lying.index(mark) + place
        lying[at : at + 4] = struct.pack("<L", 100)
    archive = opened(bytes(lying))
    with pytest.raises(BadArchive, match="rusak"), archive.opened("bom.pdf"):
        pass


def test_a_locked_one_is_refused():
    content = bytearray(zipped(("a.pdf", b"1")))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + place] |= 1
    assert refusal(bytes(content)) == LOCKED


def test_unusual_ways_of_packing_are_refused():
    assert refusal(zipped(("a.pdf", b"1"), how=zipfile.ZIP_BZIP2)) == UNUSUAL
    content = zipped(("a.pdf", b"1"))
    end = content.rindex(b"PK\x05\x06")
    assert refusal(content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]) == UNUSUAL


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"PK\x03\x04" + bytes(100), zipped(("a.pdf", b"1"))[:-5], zipped(("a.pdf", b"1")) + b"ekor"],
)
def test_a_broken_one_is_refused(content):
    assert "rusak atau tidak lengkap" in refusal(content)


def test_a_damaged_file_in_a_whole_zip_is_refused_when_it_is_read():
    content = bytearray(zipped(("a.pdf", b"isi yang akan rusak"), how=zipfile.ZIP_STORED))
    at = content.index(b"isi yang")
    content[at] ^= 0xFF
    with pytest.raises(BadArchive, match="rusak"), opened(bytes(content)).opened("a.pdf"):
        pass
