"""What search engines, phones and other programs ask the site for."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageChops
from wagtail.models import PageViewRestriction

from home.management.commands.draw_icons import ICONS
from home.models import KalindriPage, StandardPage
from siptenan.common import generation
from tests.factories import make_every_type, publish, text

pytestmark = pytest.mark.django_db


# --- Sitemap and robots -----------------------------------------------------------------------------


def sitemap(client: Client) -> dict[str, str]:
    """Every address in the sitemap with the day it was last changed."""
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        entry.findtext("s:loc", namespaces=namespace): entry.findtext("s:lastmod", "", namespace)
        for entry in root.findall("s:url", namespace)
    }


def test_the_sitemap_names_every_page_once_with_its_day(site, client):
    pages = make_every_type(site)
    found = sitemap(client)
    assert sorted(found) == sorted(f"http://testserver{page.url}" for page in pages)
    for page in pages:
        page.refresh_from_db()
        assert found[f"http://testserver{page.url}"] == f"{timezone.localdate(page.last_published_at)}"


def test_it_goes_by_the_sites_own_name(site, client, settings):
    settings.BASE_URL = "https://siptenan.example"
    assert "https://siptenan.example/kalindri/" in sitemap(client)


def test_drafts_and_private_pages_are_left_out(site, client):
    site.add_child(instance=StandardPage(title="Draf", slug="draf", body=text("<p>Isi.</p>"), live=False))
    PageViewRestriction.objects.create(page=KalindriPage.objects.get(), restriction_type="login")
    assert list(sitemap(client)) == ["http://testserver/"]


def test_it_costs_the_same_for_many_pages(site, client):
    def queries() -> int:
        generation.forget()  # what a process remembers until the site changes is asked each time
        with CaptureQueriesContext(connection) as found:
            sitemap(client)
        return len(found)

    make_every_type(site)
    queries()  # the first one also finds out where the site begins
    few = queries()
    for number in range(20):
        publish(site, StandardPage(title=f"Halaman {number}", slug=f"halaman-{number}", body=text("<p>Isi.</p>")))
    assert queries() == few


def test_robots_find_the_sitemap_and_keep_out_of_tickets(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /kalindri/lacak/" in lines


# --- Manifest and icons -----------------------------------------------------------------------------


def test_the_manifest_puts_kalindri_on_the_home_screen(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert manifest["start_url"] == "/k"
    assert manifest["short_name"] == "SIPTENAN"
    assert manifest["lang"] == "id"
    assert {"theme_color", "background_color", "display", "name"} <= set(manifest)
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as image:
            assert "x".join(map(str, image.size)) == icon["sizes"]


def test_programs_that_ask_for_favicon_ico_get_an_icon(client):
    assert client.get("/favicon.ico")["Location"].endswith(".png")


def test_the_committed_pictures_are_what_the_command_draws(tmp_path):
    """Same font, same shapes; a pixel may differ by a shade between versions of FreeType."""
    call_command("draw_icons", folder=tmp_path)
    for name in [*ICONS, "share.png"]:
        drawn = Image.open(tmp_path / name).convert("RGBA")
        committed = Image.open(BytesIO(Path(finders.find(f"siptenan/img/{name}")).read_bytes())).convert("RGBA")
        assert drawn.size == committed.size
        difference = ImageChops.difference(drawn, committed).convert("L")
        assert sum(difference.histogram()[48:]) < drawn.width * drawn.height / 200, name


def test_what_matters_of_a_maskable_icon_is_within_its_safe_circle():
    """Phones cut a shape of their own; only a circle of 80 % of the width is always kept."""
    image = Image.open(finders.find("siptenan/img/icon-maskable-512.png")).convert("RGB")
    marked = [
        (x, y) for x in range(0, 512, 4) for y in range(0, 512, 4) if image.getpixel((x, y)) != image.getpixel((0, 0))
    ]
    assert marked
    assert all((x - 256) ** 2 + (y - 256) ** 2 <= (0.4 * 512) ** 2 for x, y in marked)
