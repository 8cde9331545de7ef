import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, PngImagePlugin

from siptenan.common import photos
from siptenan.common.photos import SanitisedPhoto, sanitise_photo, sanitise_picture

MB = 1024 * 1024
ORIENTATION, GPS = 0x0112, 0x8825
TURN_RIGHT = 6  # EXIF: turn by 90 degrees clockwise to stand upright


def encoded(image: Image.Image, fmt: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def sent(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sanitised(content: bytes, name: str = "foto.jpg", *, max_bytes: int = 5 * MB, **options) -> SanitisedPhoto:
    return sanitise_photo(sent(content, name), max_bytes=max_bytes, **options)


def opened(photo: SanitisedPhoto) -> Image.Image:
    return Image.open(io.BytesIO(photo.content))


def refused(content: bytes, **options) -> ValidationError:
    with pytest.raises(ValidationError) as refusal:
        sanitised(content, **options)
    return refusal.value


def colour(image: Image.Image, at: tuple[int, int]) -> str:
    red, green, blue = image.getpixel(at)
    return {
        (True, False, False): "red",
        (False, False, True): "blue",
        (True, True, True): "white",
    }.get((red > 200, green > 200, blue > 200), f"{red, green, blue}")


@pytest.fixture
def lying() -> Image.Image:
    """What a phone held upright records: a picture lying on its side, blue on the left, red on the right."""
    image = Image.new("RGB", (2000, 1000), "red")
    image.paste("blue", (0, 0, 1000, 1000))
    return image


@pytest.mark.parametrize("fmt", ["JPEG", "MPO", "PNG", "WEBP", "HEIF", "AVIF"])
def test_every_format_becomes_an_upright_jpeg_of_at_most_1600_pixels(lying, fmt):
    exif = lying.getexif()
    exif[ORIENTATION] = TURN_RIGHT  # HEIF takes it from the picture, as a phone does, the others from `exif`
    photo = sanitised(encoded(lying, fmt, **({} if fmt == "HEIF" else {"exif": exif})))

    assert (photo.content_type, photo.extension) == ("image/jpeg", "jpg")
    assert (photo.width, photo.height) == (800, 1600)
    stored = opened(photo)
    assert (stored.format, stored.size) == ("JPEG", (800, 1600))
    assert colour(stored, (400, 100)) == "blue"
    assert colour(stored, (400, 1500)) == "red"


def test_place_and_other_metadata_are_gone(lying):
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 53.0, 18.0), 3: "E", 4: (109.0, 40.0, 30.0)})
    original = encoded(
        lying,
        exif=exif,
        xmp=b"<x:xmpmeta>Rahasia</x:xmpmeta>",
        comment=b"Rahasia",
        icc_profile=b"Rahasia" * 20,
    )
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(GPS), "the photo sent does hold a place"

    photo = sanitised(original)

    stored = opened(photo)
    assert not stored.getexif()
    assert not stored.info.keys() & {"exif", "xmp", "icc_profile", "comment", "photoshop"}
    assert b"Rahasia" not in photo.content


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_the_picture_is_cut_off(lying, fmt):
    tail = b"<script>alert(1)</script>PK\x03\x04"
    assert tail not in sanitised(encoded(lying, fmt) + tail).content


def test_text_inside_a_png_is_gone(lying):
    text = PngImagePlugin.PngInfo()
    text.add_itxt("Comment", "Rahasia")
    assert b"Rahasia" not in sanitised(encoded(lying, "PNG", pnginfo=text)).content


def noise(mode: str) -> Image.Image:
    grain = [Image.effect_noise((1500, 1101), 80) for _ in mode]
    return Image.merge(mode, grain)


def on_white(image: Image.Image) -> Image.Image:
    """As it is seen: the colour of what is nearly transparent does not matter."""
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_it_is_shrunk_in_bands_without_a_seam(mode):
    """Tall enough for several bands; a picture of the editors is kept without loss and can be compared."""
    original = noise(mode)
    clean = sanitise_picture(sent(encoded(original, "PNG", compress_level=1)), max_bytes=20 * MB, max_side=1200)
    whole = original.resize((1200, 881), Image.Resampling.BICUBIC)
    difference = ImageChops.difference(on_white(opened(clean)), on_white(whole))
    assert max(high for _, high in difference.getextrema()) <= 2  # of 255: rounding; a seam would show as tens


@pytest.mark.parametrize("options", [{"quality": 90}, {"lossless": True}], ids=["lossy", "lossless"])
def test_a_transparent_webp_stands_on_white(options):
    image = Image.new("RGBA", (400, 300), (255, 0, 0, 255))
    image.paste((0, 0, 255, 0), (200, 0, 400, 300))
    stored = opened(sanitised(encoded(image, "WEBP", **options)))
    assert [colour(stored, at) for at in ((50, 150), (350, 150))] == ["red", "white"]


def test_a_webp_is_the_same_where_pillow_decodes_it(monkeypatch):
    content = encoded(Image.effect_noise((640, 480), 90).convert("RGB"), "WEBP", lossless=True)
    ours = opened(sanitised(content))
    monkeypatch.setattr(photos, "_decode_webp", lambda: None)
    assert opened(sanitised(content)).tobytes() == ours.tobytes()


def test_of_a_moving_webp_the_first_picture_is_kept():
    frames = [Image.new("RGB", (300, 200), name) for name in ("red", "blue")]
    stored = opened(sanitised(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])))
    assert colour(stored, (150, 100)) == "red"


def test_a_small_photo_is_not_blown_up():
    photo = sanitised(encoded(Image.new("RGB", (320, 240), "red")))
    assert (photo.width, photo.height) == (320, 240)


def test_the_caller_may_ask_for_smaller(lying):
    photo = sanitised(encoded(lying), max_side=500)
    assert (photo.width, photo.height) == (500, 250)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGBA", (40, 40), (0, 0, 0, 0)),
        Image.new("LA", (40, 40), (0, 0)),
        Image.new("RGBA", (40, 40), (0, 0, 0, 0)).quantize(2),
    ],
    ids=["RGBA", "LA", "palette"],
)
def test_the_transparent_becomes_white_not_black(image):
    assert colour(opened(sanitised(encoded(image, "PNG"))), (20, 20)) == "white"


def test_print_colours_are_shown_as_they_look():
    cmyk = Image.new("CMYK", (40, 40), (0, 255, 255, 0))
    assert colour(opened(sanitised(encoded(cmyk))), (20, 20)) == "red"


def test_a_16_bit_scan_keeps_its_greys():
    grey = Image.frombytes("I;16", (20, 20), (0x5000).to_bytes(2, "little") * 400)
    assert opened(sanitised(encoded(grey, "PNG"))).getpixel((10, 10)) == (0x50, 0x50, 0x50)


def test_garbled_exif_does_not_cost_the_visitor_his_photo():
    image = Image.new("RGB", (40, 40), "red")
    assert sanitised(encoded(image, exif=b"Exif\x00\x00garbled nonsense")).width == 40


def test_the_sent_file_can_be_read_again(lying):
    upload = sent(encoded(lying))
    sanitise_photo(upload, max_bytes=5 * MB)
    assert sanitise_photo(upload, max_bytes=5 * MB).width == 1600


def test_a_photo_of_50_megapixels_is_taken():
    photo = sanitised(encoded(Image.new("L", (8192, 6144))))
    assert (photo.width, photo.height) == (1600, 1200)


def test_an_empty_file_is_refused():
    error = refused(b"")
    assert error.code == "empty"
    assert "kosong" in error.message


def test_a_heavy_file_is_refused_with_both_sizes_before_it_is_looked_at():
    error = refused(b"no photo at all" * MB, max_bytes=10 * MB)
    assert error.code == "too_large"
    assert "15 MB" in error.message
    assert "batasnya 10 MB" in error.message


def test_a_size_just_above_the_limit_never_reads_as_the_limit():
    assert "1,1 MB, padahal batasnya 1 MB" in refused(b"x" * (MB + 1), max_bytes=MB).message


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj",
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xe0",
        b"\x00",
    ],
    ids=["svg", "pdf named jpg", "gif", "jpeg start only", "nul"],
)
def test_what_is_no_photo_is_refused(content):
    error = refused(content)
    assert error.code == "not_photo"
    assert "Kirim foto JPEG, PNG, WEBP, HEIC atau AVIF" in error.message


@pytest.mark.parametrize("max_side", [100, 1600], ids=["shrunk", "kept size"])
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_photo_cut_short_in_transfer_is_refused(fmt, max_side):
    content = encoded(Image.effect_noise((400, 400), 60).convert("RGB"), fmt)
    error = refused(content[: len(content) * 2 // 3], max_side=max_side)
    assert error.code in {"damaged", "not_photo"}


def test_a_damaged_photo_is_called_damaged():
    error = refused(encoded(Image.effect_noise((200, 200), 60))[:-2000])
    assert error.code == "damaged"
    assert "rusak" in error.message


def claiming(fmt: str, width: int, height: int) -> bytes:
    """A tiny picture whose header claims to be huge."""
    content = encoded(Image.new("L", (271, 137)), fmt)
    if fmt == "JPEG":
        return content.replace(struct.pack(">HH", 137, 271), struct.pack(">HH", height, width))
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (claiming("PNG", 5001, 5000), "25 megapiksel"),
        (claiming("PNG", 10_000, 10_000), "25 megapiksel"),  # of this size Pillow warns
        (claiming("PNG", 60_000, 60_000), "25 megapiksel"),  # and this it refuses by itself
        (claiming("JPEG", 8193, 6144), "50 megapiksel"),
    ],
    ids=["PNG 25 Mpx", "PNG 100 Mpx", "PNG 3.6 Gpx", "JPEG 50 Mpx"],
)
def test_a_decompression_bomb_is_refused(content, named):
    error = refused(content)
    assert error.code == "too_many_pixels"
    assert named in error.message
