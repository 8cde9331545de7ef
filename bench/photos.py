"""The memory of the workers while photos of phones arrive in pieces: one, and twenty at once."""

from __future__ import annotations

import io
import json
import re
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import requests
from PIL import Image, ImageFilter

from bench.server import WORKERS, serving
from bench.verdicts import wanted

PORT = 8045
APPLICATION = "bench.photos_app:application"
SIZE = (4000, 3000)  # 12 MP
COARSE = 4  # grey levels in one: all the grain that a PNG of 12 MP can have below 15 MB
AT_ONCE = 20
WANTED_MB = 300  # a worker, at its highest
PIECE = 256 * 1024  # bytes


def run() -> None:
    """Print the highest resident memory of each worker for each kind of photo, against the limits."""
    from forms.models import FormPage
    from forms.references import issue_token

    form = FormPage.objects.first()
    with serving(APPLICATION, PORT) as site:
        url = f"{site}/{form.pk}/"
        for _ in range(4 * WORKERS):  # each worker has loaded everything
            _send(url, issue_token(form.pk), _encoded((640, 480), "JPEG"))
        print(f"{WORKERS} workers, ready: {_text(_peaks())}")
        for name, photo in _photos():
            one = _peak_of(url, [(issue_token(form.pk), photo)])
            many = _peak_of(url, [(issue_token(form.pk), photo) for _ in range(AT_ONCE)])
            verdict = wanted(max(*one, *many) < WANTED_MB and sum(many) <= WORKERS * WANTED_MB) or "  ok"
            print(
                f"{name:22} {len(photo) / 2**20:4.1f} MB   one: {_text(one)}   {AT_ONCE} at once: {_text(many)}, "
                f"together {sum(many):.0f}   (wanted: each below {WANTED_MB}, together at most {WORKERS * WANTED_MB})"
                f"{verdict}"
            )


def _peak_of(url: str, photos: list[tuple[str, bytes]]) -> list[float]:
    """Send all of them at once and return the highest memory of each worker since then, in MB."""
    for pid in _workers():
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # forget the peak so far
    failed: list[BaseException] = []

    def visitor(token: str, photo: bytes) -> None:
        try:
            _send(url, token, photo)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=visitor, args=photo) for photo in photos]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"{len(failed)} of {len(photos)} photos did not arrive: {failed[0]!r}")
    return _peaks()


def _send(url: str, token: str, photo: bytes) -> None:
    """Send a photo as the form's script does, and look that it is stored."""
    upload_id = str(uuid.uuid4())
    for offset in range(0, len(photo), PIECE):
        fields = {
            "kunci_formulir": token,
            "pertanyaan": "foto",
            "berkas": upload_id,
            "mulai": offset,
            "total": len(photo),
        }
        piece = photo[offset : offset + PIECE]
        response = requests.post(url, data=fields, files={"potongan": piece}, timeout=120)
        if response.status_code != 200:
            raise RuntimeError(f"{response.status_code}: {response.text[:200]}")
    if not json.loads(response.text)["done"]:
        raise RuntimeError("the photo is not done")


def _photos() -> Iterator[tuple[str, bytes]]:
    yield "JPEG", _encoded(SIZE, "JPEG", quality=92)
    yield "JPEG, progressive", _encoded(SIZE, "JPEG", quality=92, progressive=True)
    yield "HEIC", _encoded(SIZE, "HEIF", quality=60)
    yield "WEBP", _encoded(SIZE, "WEBP", quality=80)
    yield "AVIF", _encoded(SIZE, "AVIF", quality=60, speed=8)
    yield "PNG", _encoded(SIZE, "PNG", levels=COARSE)


def _encoded(size: tuple[int, int], fmt: str, *, levels: int = 1, **options: object) -> bytes:
    """Grain as of a camera in bad light: nothing packs worse that a phone sends."""
    import pillow_heif

    pillow_heif.register_heif_opener(grid_tile_size=512)  # as phones write it
    grain = [Image.effect_noise(size, 60).filter(ImageFilter.GaussianBlur(1)) for _ in range(3)]
    out = io.BytesIO()
    Image.merge("RGB", [channel.point(lambda grey: grey // levels * levels) for channel in grain]).save(
        out, fmt, **options
    )
    return out.getvalue()


def _workers() -> list[int]:
    """The processes of gunicorn that have a parent among them."""
    pids = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if APPLICATION in (folder / "cmdline").read_text():
                pids[int(folder.name)] = int(re.search(r"PPid:\s+(\d+)", (folder / "status").read_text())[1])
        except OSError:
            continue
    return sorted(pid for pid, parent in pids.items() if parent in pids)


def _peaks() -> list[float]:
    """The highest resident memory of each worker since it was last forgotten, in MB."""
    status = [Path(f"/proc/{pid}/status").read_text() for pid in _workers()]
    return [int(re.search(r"VmHWM:\s+(\d+) kB", text)[1]) / 1024 for text in status]


def _text(peaks: list[float]) -> str:
    return " and ".join(f"{peak:.0f}" for peak in peaks) + " MB"
