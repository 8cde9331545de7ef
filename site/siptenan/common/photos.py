"""Photos that citizens send: decoded, made small and written anew, so that nothing of the sent file is kept.

What comes out is a plain upright JPEG without EXIF (place, time, owner), XMP, colour profile, comment,
thumbnail or anything hidden behind the picture. Colours of a wide-gamut phone lose a little strength with
the profile.

Measured with noisy pictures at the pixel limits (Pillow 13.0, one core; peak memory above the idle process):

    JPEG 12 MP              0.1 s   30 MB        HEIC 24 MP        0.7 s  180 MB
    JPEG 50 MP              0.2 s   30 MB        AVIF 25 MP        0.7 s  220 MB
    JPEG 50 MP progressive  0.7 s  300 MB        PNG 25 MP, RGBA   1.0 s  230 MB
    PNG 900 Mpx, WEBP 268 Mpx (34 bytes):        WEBP 25 MP, RGBA  0.7 s  390 MB
    refused, 0.00 s, 0 MB
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from siptenan.common.memory import give_back_free_memory, return_large_buffers

register_heif_opener(decode_threads=1)  # teaches Pillow the HEIC of iPhones; AVIF it knows by itself
return_large_buffers()

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
MAX_PIXELS_JPEG = 8192 * 6144  # the largest frame of a "50 MP" phone; decoded at a fraction of its size
MAX_PIXELS = 25_000_000  # the other formats must be decoded whole; a 24 MP iPhone photo still fits
MAX_SIDE = 1600  # pixels
QUALITY = 82
MB = 1024 * 1024
# How a picture of the editors is written anew: each still format stays what it was, with more left for renditions.
KEPT_FORMATS = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80, "speed": 8},
}
# In one process one picture is decoded at a time, whatever the number of its threads: twenty photos that arrive at
# once then take the memory of one in each worker (python -m bench photos), and the others wait a tenth of a second.
_one_at_a_time = threading.Lock()
DIRECT_MODES = {"RGB", "RGBA", "RGBX", "L", "LA", "CMYK"}  # can be shrunk as they are; palettes and the like cannot

MESSAGES = {
    "empty": "Berkas ini kosong (0 byte). Pilih kembali foto Anda.",
    "too_large": "Ukuran foto {size} MB, padahal batasnya {limit} MB. Kecilkan foto atau pilih yang lain.",
    "not_photo": "Berkas ini bukan foto yang dapat dibaca. Kirim foto JPEG, PNG, WEBP, HEIC atau AVIF.",
    "too_many_pixels": (
        "Foto ini terlalu besar: lebih dari {limit} megapiksel. "
        "Kecilkan foto atau ambil ulang dengan resolusi lebih rendah."
    ),
    "damaged": "Foto ini rusak atau tidak lengkap. Coba kirim ulang, atau pilih foto lain.",
}


@dataclass(frozen=True)
class SanitisedPhoto:
    """A picture that is safe to store and show, a JPEG from visitors. Width and height are in pixels."""

    content: bytes
    width: int
    height: int
    content_type: str = "image/jpeg"
    extension: str = "jpg"


def sanitise_photo(uploaded: File, *, max_bytes: int, max_side: int = MAX_SIDE) -> SanitisedPhoto:
    """Return `uploaded` as an upright JPEG, at most `max_side` pixels wide and high.

    What it is, the content says; name and extension are ignored. `max_bytes` and the limits in pixels are
    checked before anything is decoded. Raises ValidationError with one of the codes of MESSAGES.
    """
    return _sanitised(uploaded, max_bytes, lambda image: _redrawn(image, max_side))


def sanitise_picture(uploaded: File, *, max_bytes: int, max_side: int) -> SanitisedPhoto:
    """Return a picture of the editors, cleaned as above but kept in its format and transparent where it was.

    HEIC becomes JPEG; of an animation the first frame is left. Raises as `sanitise_photo` does.
    """
    return _sanitised(uploaded, max_bytes, lambda image: _kept(image, max_side))


def check_size(size: int, max_bytes: int) -> None:
    """Refuse an empty or too large file; both in bytes."""
    if not size:
        _refuse("empty")
    if size > max_bytes:
        _refuse("too_large", size=_megabytes(size), limit=_megabytes(max_bytes))


def thumbnail(photo: SanitisedPhoto, *, side: int, max_bytes: int) -> bytes:
    """Return a cleaned photo as a WebP of at most `side` pixels and `max_bytes` bytes."""
    with Image.open(BytesIO(photo.content), formats=FORMATS) as image:
        small = _on_white(_decoded(image, side))
    for quality in (70, 50, 30, 10):
        written = _written(small, "WEBP", {"quality": quality, "method": 6})
        if len(written.content) <= max_bytes:
            return written.content
    return thumbnail(photo, side=side // 2, max_bytes=max_bytes)


def _sanitised(uploaded: File, max_bytes: int, redraw: Callable[[Image.Image], SanitisedPhoto]) -> SanitisedPhoto:
    check_size(uploaded.size, max_bytes)
    uploaded.seek(0)
    try:
        with _one_at_a_time, Image.open(uploaded, formats=FORMATS) as image:
            _check_pixels(image)
            return redraw(image)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse("too_many_pixels", limit=MAX_PIXELS // 1_000_000)
    except UnidentifiedImageError:
        _refuse("not_photo")
    except Exception as error:
        # Decoders raise almost anything on a broken or hostile file; that is the file's fault, never a 500.
        logger.info("photo refused: decoding raised %s", type(error).__name__)
        _refuse("damaged")
    finally:
        give_back_free_memory()


def _refuse(code: str, **values: object) -> NoReturn:
    raise ValidationError(MESSAGES[code].format(**values), code=code)


def _megabytes(size: int) -> str:
    """`size` bytes in MB with a decimal comma, rounded up so that 10.01 never reads as the limit of 10."""
    return f"{math.ceil(size / MB * 10) / 10:.1f}".removesuffix(".0").replace(".", ",")


def _check_pixels(image: Image.Image) -> None:
    limit = MAX_PIXELS_JPEG if image.format in {"JPEG", "MPO"} else MAX_PIXELS
    if image.width * image.height > limit:
        _refuse("too_many_pixels", limit=limit // 1_000_000)


def _redrawn(image: Image.Image, max_side: int) -> SanitisedPhoto:
    """Paint on a new white canvas, which has no metadata to leak."""
    canvas = _on_white(_decoded(image, max_side))
    return _written(canvas, "JPEG", {"quality": QUALITY, "optimize": True, "progressive": True})


def _kept(image: Image.Image, max_side: int) -> SanitisedPhoto:
    """Paint on a new canvas, as transparent as the picture was."""
    fmt = image.format if image.format in KEPT_FORMATS else "JPEG"
    image = _decoded(image, max_side)
    if fmt == "JPEG" or not _has_alpha(image):
        return _written(_on_white(image), fmt, KEPT_FORMATS[fmt])
    canvas = Image.new("RGBA", image.size)
    canvas.paste(image)
    return _written(canvas, fmt, KEPT_FORMATS[fmt])


def _on_white(image: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(image, mask=image.getchannel("A") if _has_alpha(image) else None)
    return canvas


def _decoded(image: Image.Image, max_side: int) -> Image.Image:
    """Decode, shrink and turn upright."""
    shrink = min(1, max_side / max(image.size))
    if image.format in {"JPEG", "MPO"}:  # MPO: a JPEG with more pictures behind it, as many phones write
        image.draft(None, (math.ceil(image.width * shrink), math.ceil(image.height * shrink)))
    image = _first_frame(image) if image.format == "WEBP" else image
    image.load()
    if image.mode == "I;16":  # 16-bit grey of scanners; Pillow would clip it to white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode not in DIRECT_MODES or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC, reducing_gap=None)
    return _upright(image)


def _first_frame(image: Image.Image) -> Image.Image:
    """Return what a WEBP shows, from the bytes of its decoder.

    Pillow would keep the two canvases of that decoder while it makes a third and a fourth: 190 MB for 12 MP.
    """
    decoder = image._decoder  # type: ignore[attr-defined]  # of WebPImageFile; tests/common/test_photos.py holds it
    image._decoder = None  # type: ignore[attr-defined]  # as above
    pixels, _ = decoder.get_next()
    del decoder
    mode = "RGBA" if image.mode == "RGBA" else "RGBX"
    frame = Image.frombuffer(mode, image.size, pixels, "raw", mode, 0, 1)
    frame.info = image.info
    return frame


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA"}


def _written(canvas: Image.Image, fmt: str, options: dict) -> SanitisedPhoto:
    content = BytesIO()
    canvas.save(content, fmt, **options)
    extension = "jpg" if fmt == "JPEG" else fmt.lower()
    return SanitisedPhoto(content.getvalue(), *canvas.size, f"image/{fmt.lower()}", extension)


def _upright(image: Image.Image) -> Image.Image:
    """Turn by the orientation tag; a photo whose EXIF is garbled is taken as it lies rather than refused."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image
