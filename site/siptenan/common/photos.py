"""Photos that citizens send: decoded, made small and written anew, so that nothing of the sent file is kept.

What comes out is a plain upright JPEG without EXIF (place, time, owner), XMP, colour profile, comment,
thumbnail or anything hidden behind the picture. Colours of a wide-gamut phone lose a little strength with
the profile.

Measured with noisy pictures (Pillow 13.0, one core; peak memory above the idle process), of a phone's 12 MP and at the
pixel limits; a worker with its requests stays below 300 MB with each of 12 MP (python -m bench photos):

    JPEG              12 MP  0.3 s   26 MB        50 MP  0.3 s   27 MB
    JPEG progressive  12 MP  0.4 s   46 MB        50 MP  0.9 s  156 MB
    WEBP              12 MP  0.6 s   61 MB        25 MP  0.9 s  117 MB
    WEBP, RGBA        12 MP  0.8 s  103 MB        25 MP  1.5 s  144 MB
    WEBP, lossless    12 MP  0.6 s   92 MB        25 MP  1.2 s  191 MB
    AVIF              12 MP  0.8 s   92 MB        25 MP  1.1 s  190 MB
    HEIC              12 MP  1.2 s   86 MB        25 MP  1.7 s  175 MB
    PNG               12 MP  1.1 s   61 MB
    PNG, RGBA         12 MP  1.3 s   66 MB        25 MP  1.9 s  128 MB
    PNG 900 Mpx, WEBP 268 Mpx (34 bytes): refused, 0.00 s, 0 MB
"""

from __future__ import annotations

import ctypes
import functools
import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import AvifImagePlugin, Image, ImageOps, UnidentifiedImageError
from PIL import _webp as pillow_webp
from pillow_heif import register_heif_opener

from siptenan.common.memory import give_back_free_memory, return_large_buffers

register_heif_opener(decode_threads=1)  # teaches Pillow the HEIC of iPhones; AVIF it knows by itself
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each more keeps a frame of its own
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
BAND = 128  # rows of the small picture that are made at once

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
    with _one_at_a_time:
        give_back_free_memory()  # what requests left behind; the picture takes the most
        try:
            return _opened(uploaded, redraw)
        finally:
            give_back_free_memory()


def _opened(uploaded: File, redraw: Callable[[Image.Image], SanitisedPhoto]) -> SanitisedPhoto:
    """Check what the file claims to be and redraw it. Whatever a decoder raises becomes a refusal in words."""
    try:
        with Image.open(uploaded, formats=FORMATS) as image:
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
    if image.format == "WEBP" and not image.is_animated:  # type: ignore[attr-defined]  # of WebPImageFile
        image = _still_webp(image)
    elif image.format == "AVIF":
        image = _still_avif(image)
    image.load()
    return _upright(_shrunk(image, max_side))


def _still_webp(image: Image.Image) -> Image.Image:
    """Return what a WEBP shows, decoded once, into a buffer that Pillow uses as it is.

    Pillow itself decodes it as a film, which takes three canvases more, each of 48 MB for 12 MP. The library is asked
    through Pillow's module where that is linked to it; elsewhere Pillow does it, in more memory. Raises ValueError when
    the picture is damaged.
    """
    decode = _decode_webp()
    if decode is None:
        return image
    source = image.fp  # type: ignore[attr-defined]  # of an image that was just opened
    image._decoder = None  # type: ignore[attr-defined]  # of WebPImageFile: the film and its canvases
    source.seek(0)
    content = source.read()
    width, height = image.size
    pixels = bytearray(4 * width * height)
    buffer = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    if not decode(content, len(content), buffer, len(pixels), 4 * width):
        raise ValueError("damaged WEBP")
    mode = "RGBA" if image.mode == "RGBA" else "RGBX"
    still = Image.frombuffer(mode, image.size, pixels, "raw", mode, 0, 1)
    still.info = image.info
    return still


def _still_avif(image: Image.Image) -> Image.Image:
    """Return the first picture of an AVIF. Pillow would keep the decoder and its frame while it makes the picture."""
    pixels = image._decoder.get_frame(0)[0]  # type: ignore[attr-defined]  # of AvifImageFile
    image._decoder = None  # type: ignore[attr-defined]  # as above
    still = Image.frombuffer(image.mode, image.size, pixels, "raw", image.mode, 0, 1)
    still.info = image.info
    return still


@functools.cache
def _decode_webp() -> Callable[..., int | None] | None:
    """`WebPDecodeRGBAInto` of libwebp's webp/decode.h: file, its bytes, pixels, their bytes, bytes of a row.

    None where a build of Pillow hides it.
    """
    try:
        function = ctypes.CDLL(pillow_webp.__file__).WebPDecodeRGBAInto
    except (AttributeError, OSError):
        return None
    function.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    function.restype = ctypes.c_void_p  # NULL: damaged, or of another size than was said
    return function


def _shrunk(image: Image.Image, max_side: int) -> Image.Image:
    """Return the picture in a mode of DIRECT_MODES, at most `max_side` pixels wide and high.

    In bands, each with the rows around it that the filter looks at: Pillow would copy a transparent picture, or one
    with a palette, once more as a whole.
    """
    shrink = min(1, max_side / max(image.size))
    width, height = (max(1, round(side * shrink)) for side in image.size)
    step = image.height / height  # rows that become one
    margin = math.ceil(2 * step) + 1  # what the bicubic filter reaches
    small = None
    for top in range(0, height, BAND):
        bottom = min(top + BAND, height)
        above, below = max(0, math.floor(top * step) - margin), min(image.height, math.ceil(bottom * step) + margin)
        part = _direct(image.crop((0, above, image.width, below)))
        box = (0, top * step - above, image.width, min(bottom * step - above, part.height))
        part = part.resize((width, bottom - top), Image.Resampling.BICUBIC, box)
        small = small or Image.new(part.mode, (width, height))
        small.paste(part, (0, top))
    if small is None:
        raise ValueError("empty picture")
    small.info = image.info
    return small


def _direct(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":  # 16-bit grey of scanners; Pillow would clip it to white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in DIRECT_MODES else image.convert("RGBA" if image.has_transparency_data else "RGB")


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
