"""Uploads of editors: no position leaves with a picture, and nothing is stored that is not what its name says."""

from __future__ import annotations

import gc
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from siptenan.accounts.models import User
from siptenan.common.models import SiteDocument, SiteImage
from tests.forms.upload_files import pdf

# Wagtail leaves files that it has stored or resized to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

GPS, ORIENTATION, TURN_RIGHT = 0x8825, 0x0112, 6
XMP = b"<x:xmpmeta>Rahasia</x:xmpmeta>"
NIK = "3375015708900000"
TAIL = b"PK\x03\x04<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _collect_here():
    """Not in the next test, which may be one that is strict about such files."""
    yield
    gc.collect()


def camera(fmt: str, size: tuple[int, int] = (400, 200), turn: int = 1) -> bytes:
    """What a phone stores: a picture with place and make."""
    image = Image.new("RGB", size, "red")
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 53.0, 18.0), 3: "E", 4: (109.0, 40.0, 30.0)})
    out = io.BytesIO()
    image.save(out, fmt, exif=exif, **({"xmp": XMP} if fmt != "PNG" else {}))
    return out.getvalue()


def secrets_of(content: bytes) -> list[str]:
    """What a picture tells about where and with what it was made."""
    image = Image.open(io.BytesIO(content))
    found = [key for key in ("exif", "xmp", "XML:com.adobe.xmp", "icc_profile", "comment") if image.info.get(key)]
    found += ["position"] if image.getexif().get_ifd(GPS) else []
    return found + [word for word in ("Rahasia", "script") if word.encode() in content]


@pytest.fixture
def root(site) -> User:
    return User.objects.create_superuser("root", "root@example.id", "sandi")


@pytest.fixture
def upload(root):
    """Put a file through the form of the CMS."""
    sent = []

    def send(content: bytes, name: str, instance: SiteImage | None = None, file_class=SimpleUploadedFile):
        if file_class is TemporaryUploadedFile:  # what Django makes of more than 2.5 MB
            file = TemporaryUploadedFile(name, "image/jpeg", len(content), None)
            file.write(content)
            file.seek(0)
        else:
            file = SimpleUploadedFile(name, content)
        sent.append(file)
        data = {"title": "Gambar", "collection": Collection.objects.get().pk}
        return get_image_form(SiteImage)(data, {"file": file}, instance=instance, user=root)

    yield send
    for file in sent:
        file.close()


def stored(form) -> tuple[SiteImage, bytes]:
    assert form.is_valid(), form.errors
    image = form.save()
    with image.file.open("rb") as file:
        return image, file.read()


class TestImages:
    @pytest.mark.parametrize("file_class", [SimpleUploadedFile, TemporaryUploadedFile])
    @pytest.mark.parametrize(
        ("fmt", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")]
    )
    def test_the_stored_original_tells_nothing(self, fmt, extension, file_class, upload):
        content = camera(fmt)
        assert "position" in secrets_of(content), "the sent file does hold a place"
        image, kept = stored(upload(content, f"foto.{extension}", file_class=file_class))
        assert secrets_of(kept) == []
        assert Image.open(io.BytesIO(kept)).format == fmt
        assert image.filename.endswith(f".{extension}")
        assert (image.width, image.height) == (400, 200)
        assert image.file_size == len(kept)

    @pytest.mark.parametrize("spec", ["width-100|format-jpeg", "width-100|format-webp", "width-100"])
    def test_its_renditions_tell_nothing(self, spec, upload):
        image, _ = stored(upload(camera("JPEG"), "foto.jpg"))
        with image.get_rendition(spec).file.open("rb") as file:
            assert secrets_of(file.read()) == []

    def test_it_stands_upright_and_is_made_small(self, upload):
        image, kept = stored(upload(camera("JPEG", (4000, 2000), TURN_RIGHT), "foto.jpg"))
        assert (image.width, image.height) == (1280, 2560)
        assert Image.open(io.BytesIO(kept)).size == (1280, 2560)

    @pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
    @pytest.mark.parametrize("fmt", ["PNG", "WEBP"])
    def test_a_graphic_stays_transparent(self, fmt, mode, upload):
        graphic = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        graphic.paste((200, 0, 0, 255), (0, 0, 20, 40))
        graphic = graphic.quantize(4) if mode == "P" else graphic.convert(mode)
        if mode == "P" and fmt == "WEBP":
            graphic = graphic.convert("RGBA")
        out = io.BytesIO()
        graphic.save(out, fmt, **({"lossless": True} if fmt == "WEBP" else {}))
        _, kept = stored(upload(out.getvalue(), f"logo.{fmt.lower()}"))
        result = Image.open(io.BytesIO(kept)).convert("RGBA")
        assert result.getpixel((30, 20))[3] == 0
        assert result.getpixel((5, 20))[3] == 255

    def test_what_hides_behind_a_picture_is_cut_off(self, upload):
        for fmt, extension in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")):
            _, kept = stored(upload(camera(fmt) + TAIL, f"foto.{extension}"))
            assert secrets_of(kept) == [], fmt
            assert TAIL not in kept

    def test_of_an_animation_one_picture_is_left(self, upload):
        out = io.BytesIO()
        frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
        frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
        _, kept = stored(upload(out.getvalue(), "gerak.webp"))
        assert getattr(Image.open(io.BytesIO(kept)), "n_frames", 1) == 1

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj", "bukan foto"),
            (b"%PDF-1.7\n" + camera("JPEG"), "bukan foto"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan foto"),
            (b"GIF89a" + bytes(40), "bukan foto"),
            (b"", "kosong"),
            (camera("JPEG", (2000, 2000))[:-2000], "rusak atau tidak lengkap"),
            (b"x" * (15 * 1024 * 1024 + 1), "batasnya 15 MB"),
        ],
        ids=["pdf", "pdf and jpeg", "svg", "gif", "empty", "cut short", "too large"],
    )
    def test_what_is_refused(self, content, says, upload):
        form = upload(content, "foto.jpg")
        assert not form.is_valid()
        assert says in " ".join(form.errors["file"])
        assert not SiteImage.objects.exists()

    @pytest.mark.parametrize(
        ("content", "name", "extension"),
        [
            (camera("JPEG"), "foto.png", "jpg"),
            (camera("PNG"), "foto.php", "png"),
            (camera("HEIF"), "IMG_1.HEIC", "jpg"),
            (camera("JPEG"), "../../etc/foto", "jpg"),
            (camera("JPEG"), f"KTP Ibu Siti {NIK}.jpg", "jpg"),
        ],
    )
    def test_the_name_tells_the_kind_and_nothing_else(self, content, name, extension, upload):
        image, kept = stored(upload(content, name))
        assert re.fullmatch(rf"original_images/[0-9a-f]{{32}}\.{extension}", image.file.name)
        assert secrets_of(kept) == []

    def test_no_size_has_a_name_that_follows_from_another(self, upload):
        """Wagtail cuts the names of sizes at 59 characters: of a long filter nothing but the filter would be left."""
        image, _ = stored(upload(camera("JPEG"), "foto.jpg"))
        made = image.get_renditions("width-100", "fill-100x100|format-webp|webpquality-62", "width-90|format-jpeg")
        names = [rendition.file.name for rendition in made.values()]
        assert all(re.fullmatch(r"images/[0-9a-f]{32}\.(jpg|webp)", name) for name in names), names
        assert len({*names, image.filename}) == 4

    def test_a_new_file_for_an_old_picture_is_cleaned_too(self, upload):
        image, _ = stored(upload(camera("JPEG"), "satu.jpg"))
        replaced, kept = stored(upload(camera("JPEG", (300, 300)), "dua.jpg", instance=image))
        assert (replaced.pk, replaced.width, secrets_of(kept)) == (image.pk, 300, [])

    def test_no_file_at_all(self, root):
        form = get_image_form(SiteImage)({"title": "Gambar", "collection": 1}, {}, user=root)
        assert "harus diisi" in form.errors["file"][0]

    def test_a_change_of_title_leaves_the_file_alone(self, upload, root):
        image, kept = stored(upload(camera("JPEG"), "satu.jpg"))
        data = {"title": "Judul baru", "collection": image.collection_id}
        form = get_image_form(SiteImage)(data, {}, instance=image, user=root)
        again, unchanged = stored(form)
        assert (again.title, unchanged) == ("Judul baru", kept)


class TestScreens:
    """The same through the addresses of the CMS."""

    @pytest.fixture(autouse=True)
    def _signed_in(self, root, client):
        client.force_login(root)

    def test_one_picture(self, client):
        file = SimpleUploadedFile("foto.jpg", camera("JPEG"))
        client.post(reverse("wagtailimages:add"), {"title": "Foto", "file": file, "collection": 1, "tags": ""})
        with SiteImage.objects.get().file.open("rb") as stored_file:
            assert secrets_of(stored_file.read()) == []

    def test_many_at_once(self, client):
        """The title is what the editor sees, and stays; the address of the file is what everybody sees."""
        files = [SimpleUploadedFile(f"KTP Ibu {name} {NIK}.jpg", camera("JPEG")) for name in ("Siti", "Ani")]
        for file in files:
            answer = client.post(reverse("wagtailimages:add_multiple"), {"title": file.name[:-4], "files[]": file})
            assert answer.json()["success"]
        for image, name in zip(SiteImage.objects.order_by("pk"), ("Siti", "Ani"), strict=True):
            assert image.title == f"KTP Ibu {name} {NIK}"
            assert re.fullmatch(r"original_images/[0-9a-f]{32}\.jpg", image.file.name)

    def test_many_at_once_even_when_a_title_is_too_long(self, client):
        """Wagtail then keeps the sent file itself and makes the picture of it in a second step."""
        file = SimpleUploadedFile(f"KTP {NIK}.jpg", camera("JPEG"))
        answer = client.post(reverse("wagtailimages:add_multiple"), {"title": "x" * 300, "files[]": file}).json()
        waiting = UploadedFile.objects.get()
        assert re.fullmatch(r"wagtail_uploads/[0-9a-f]{32}\.jpg", waiting.file.name)
        with waiting.file.open("rb") as waiting_file:
            assert secrets_of(waiting_file.read()) == []
        form = BeautifulSoup(answer["form"], "html.parser").form
        prefix = f"uploaded-image-{answer['uploaded_file_id']}"
        client.post(form["action"], {f"{prefix}-title": "Foto", f"{prefix}-tags": "", f"{prefix}-collection": 1})
        with SiteImage.objects.get().file.open("rb") as stored_file:
            assert secrets_of(stored_file.read()) == []

    def test_the_upload_form_names_the_formats(self, client):
        assert "AVIF, HEIC, JPG, JPEG, PNG, WEBP" in client.get(reverse("wagtailimages:add_multiple")).content.decode()


class TestDocuments:
    def form(self, content: bytes, name: str, user: User):
        data = {"title": "Dokumen", "collection": Collection.objects.get().pk}
        return get_document_form(SiteDocument)(data, {"file": SimpleUploadedFile(name, content)}, user=user)

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (pdf(), "aturan.pdf"),
            (pdf(), "ATURAN.PDF"),
            (b"PK\x03\x04isi", "surat.docx"),
            (b"PK\x03\x04isi", "tabel.xlsx"),
            (b"a;b\n1;2\n", "tabel.csv"),
        ],
    )
    def test_what_is_taken(self, content, name, root):
        form = self.form(content, name, root)
        assert form.is_valid(), form.errors
        with form.save().file.open("rb") as file:
            assert file.read() == content

    @pytest.mark.parametrize(
        ("content", "name", "says"),
        [
            (b"<html><script>alert(1)</script></html>", "aturan.pdf", "Isi berkas ini bukan PDF."),
            (b"%PD", "aturan.pdf", "Isi berkas ini bukan PDF."),
            (b"%PDF-1.7\n%%EOF", "aturan.pdf", "rusak"),
            (b"PK\x03\x04isi", "aturan.PDF", "Isi berkas ini bukan PDF."),
            (b"%PDF-1.7", "surat.docx", "Isi berkas ini bukan DOCX."),
            (b"", "aturan.pdf", "kosong"),
            (b"<html>", "halaman.html", "tidak diizinkan"),
        ],
    )
    def test_what_is_refused(self, content, name, says, root):
        form = self.form(content, name, root)
        assert not form.is_valid()
        assert says in " ".join(form.errors["file"])
