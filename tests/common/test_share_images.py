"""The picture that WhatsApp and others show beside an address: made when a page is published, never in a visit."""

from __future__ import annotations

from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks.backends.immediate import ImmediateBackend
from PIL import Image, ImageChops

from home.models import KalindriPage, StandardPage
from siptenan.common import drawing, share_images, tasks
from siptenan.common.models import OfficeSettings, ShareImage
from siptenan.common.share_images import Shown
from tests.factories import publish, text

WHATSAPP_LIMIT = 300_000  # bytes; larger pictures are left out of its cards
LONG = "Panduan lengkap pendaftaran merek untuk usaha mikro, kecil, dan menengah " * 3
OFFICE = "Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan"


def shared_picture(client: Client, url: str = "/kalindri/") -> str:
    """The address of the picture that a page names."""
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    return soup.find("meta", property="og:image")["content"]


def picture(**values) -> Image.Image:
    """A drawn picture."""
    shown = {"title": "Judul", "label": "Formulir", "office": OFFICE, "address": "siptenan.example", **values}
    return Image.open(BytesIO(share_images.draw(Shown(**shown))))


@pytest.fixture
def publishing(django_capture_on_commit_callbacks):
    """Publish as in a request that is committed: the worker (at once, in tests) does what was put in its queue."""

    def with_commit(page, **values):
        for name, value in values.items():
            setattr(page, name, value)
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return page

    return with_commit


# --- Drawing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["KALINDRI", "Form Konsultasi HAKI", LONG, "A" * 255, "", "中文", "Ж" * 40])
def test_any_title_makes_a_picture_that_whatsapp_shows(title):
    data = share_images.draw(Shown(title, "Panduan", OFFICE, "siptenan.pekalongankota.go.id"))
    assert len(data) < WHATSAPP_LIMIT
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_nothing_runs_over_the_edge():
    """The margins stay as they are without any words."""
    empty = picture(title="", label="", office="", address="")
    for title in (LONG, "W" * 255, "Pertanggungjawaban " * 12):
        full = picture(title=title, label="L" * 20, office="Kantor " * 30, address="siptenan.pekalongankota.go.id")
        changed = ImageChops.difference(empty.convert("RGB"), full.convert("RGB")).getbbox()
        assert changed is not None
        left, top, right, bottom = changed
        assert left >= 60
        assert right <= 1200 - 60
        assert top > share_images.HEADER + share_images.BAND
        assert bottom < 630 - 20


def test_all_it_says_is_in_the_picture():
    whole = picture().convert("RGB")
    for name in ("title", "label", "office", "address"):
        without = picture(**{name: ""}).convert("RGB")
        assert ImageChops.difference(whole, without).getbbox() is not None, name


def test_a_short_title_is_larger_than_a_long_one():
    short, _ = share_images._fit("Kontak")
    long, lines = share_images._fit(drawing.printable(LONG))
    assert short > long
    assert len(lines) <= 4


def test_a_title_too_long_ends_in_an_ellipsis():
    _, lines = share_images._fit("kata " * 80)
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("text_", "shown"),
    [
        ("Édisi “baru” \u2013 café", "Edisi “baru” - cafe"),
        ("dua\n baris\u00a0sama", "dua baris sama"),
        ("merek 商标 batik", "merek batik"),
    ],
)
def test_letters_that_the_font_lacks_do_not_become_boxes(text_, shown):
    assert drawing.printable(text_) == shown


# --- Publishing -------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestPublishing:
    def test_until_it_is_drawn_a_page_shows_the_picture_of_the_site(self, site, client):
        assert shared_picture(client) == "http://testserver/static/siptenan/img/share.png"

    def test_publishing_has_it_drawn_and_the_page_shows_it_at_once(self, site, client, publishing):
        shared_picture(client)
        page = publishing(KalindriPage.objects.get())
        row = ShareImage.objects.get(page=page)
        assert shared_picture(client) == f"http://testserver/media/{row.file.name}"
        assert row.digest in row.file.name
        with default_storage.open(row.file.name) as file:
            assert Image.open(file).size == (1200, 630)

    def test_nothing_is_drawn_before_the_commit(self, site, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as waiting:
            KalindriPage.objects.get().save_revision().publish()
        assert ShareImage.objects.count() == 0
        assert waiting

    def test_a_draft_draws_nothing(self, site, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            KalindriPage.objects.get().save_revision()
        assert ShareImage.objects.count() == 0

    def test_a_visit_draws_nothing(self, site, client, monkeypatch):
        monkeypatch.setattr(share_images, "draw", lambda shown: pytest.fail("drawn in a visit"))
        for url in ("/", "/kalindri/", "/kalindri/konsultasi-haki/"):
            assert client.get(url).status_code == 200

    def test_a_new_title_gets_a_new_picture_and_the_old_file_goes(self, site, client, publishing):
        page = publishing(KalindriPage.objects.get())
        old = ShareImage.objects.get().file.name
        publishing(page, title="KALINDRI baru")
        new = ShareImage.objects.get().file.name
        assert new != old
        assert shared_picture(client).endswith(new)
        assert not default_storage.exists(old)

    def test_a_change_that_it_does_not_show_leaves_it_alone(self, site, publishing, monkeypatch):
        page = publishing(KalindriPage.objects.get())
        monkeypatch.setattr(share_images, "draw", lambda shown: pytest.fail("drawn again"))
        publishing(page, introduction="Kalimat baru.")

    def test_the_picture_of_a_deleted_page_goes_with_it(self, site, publishing, django_capture_on_commit_callbacks):
        page = publish(site, StandardPage(title="Sementara", slug="sementara", body=text("<p>Isi.</p>")))
        publishing(page)
        name = ShareImage.objects.get().file.name
        with django_capture_on_commit_callbacks(execute=True):
            page.delete()
        assert not default_storage.exists(name)

    def test_a_page_that_is_gone_when_the_worker_comes_is_no_fault(self, db):
        assert tasks.draw_share_image.func(987654) is False

    def test_a_fault_in_putting_it_in_the_queue_hinders_no_editor(self, site, publishing, monkeypatch):
        """The page is published by then; an error page would say that it was not."""
        enqueue = ImmediateBackend.enqueue

        def down(backend, task, *args):
            if task.func is tasks.draw_share_image.func:
                raise OperationalError("the queue is down")
            return enqueue(backend, task, *args)

        monkeypatch.setattr(ImmediateBackend, "enqueue", down)
        publishing(KalindriPage.objects.get(), title="Tetap terbit")
        assert KalindriPage.objects.get().title == "Tetap terbit"
        assert ShareImage.objects.count() == 0

    def test_a_visit_asks_for_it_at_most_once(self, site, client, publishing):
        publishing(KalindriPage.objects.get())
        for expected in (1, 0):  # the first visit after a change, the second
            with CaptureQueriesContext(connection) as queries:
                shared_picture(client)
            assert sum("common_shareimage" in query["sql"] for query in queries) == expected


# --- All at once ------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestCommand:
    def run(self) -> str:
        out = StringIO()
        call_command("make_share_images", stdout=out)
        return out.getvalue()

    def test_draws_what_is_missing_and_nothing_twice(self, site, client):
        assert "3 drawn" in self.run()
        assert {row.page.slug for row in ShareImage.objects.all()} == {"beranda", "kalindri", "konsultasi-haki"}
        assert "/media/" in shared_picture(client)
        assert "0 drawn" in self.run()

    def test_draws_again_what_says_something_else_now(self, site, settings):
        self.run()
        before = set(ShareImage.objects.values_list("file", flat=True))
        settings.BASE_URL = "https://baru.example"
        assert "3 drawn" in self.run()
        office = OfficeSettings.load()
        office.office_name = "Dinas Contoh"
        office.save()
        assert "3 drawn" in self.run()
        assert not before & set(ShareImage.objects.values_list("file", flat=True))

    def test_draws_again_what_was_lost_from_the_disk(self, site):
        self.run()
        default_storage.delete(ShareImage.objects.first().file.name)
        assert "1 drawn" in self.run()

    def test_leaves_out_what_is_not_published(self, site):
        KalindriPage.objects.get().unpublish()
        self.run()
        assert "kalindri" not in {row.page.slug for row in ShareImage.objects.all()}
