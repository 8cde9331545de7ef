"""The block chooser of the editor shows an example of every block, in the style of the public site."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.urls import reverse

from home.models import HomePage
from tests.forms.officers import signed_in

pytestmark = pytest.mark.django_db

BLOCKS = HomePage.body.field.stream_block.child_blocks  # every block there is
# What an example must show, by block: the words of each.
EXAMPLES = {
    "hero": "Mulai konsultasi",
    "services": "FORM KONSULTASI HAKI (MEREK)",
    "newest": "Info contoh 1",
    "figures": "128",
    "address": "Datang ke kantor",
    "paragraph": "Siapkan berkas",
    "steps": "Cari nama yang sama",
    "callout": "Bayar pada hari yang sama",
    "faq": "Apakah konsultasi berbayar?",
    "table": "Pemeriksaan formalitas",
    "files": "Formulir permohonan merek",
    "figure": "Batik jlamprang, motif khas Pekalongan.",
    "pictures": "Dari bengkel batik",
    "feature": "Merek melindungi nama usaha Anda",
    "cards": "Surat rekomendasi",
    "quote": "Saya kirim malam hari",
    "statistics": "45",
    "video": "Cara mencari merek yang mirip",
}


def test_every_block_has_an_example():
    assert set(EXAMPLES) == set(BLOCKS)


def test_the_chooser_shows_the_example_in_our_style(site, editor):
    client = signed_in(editor)
    for name, block in BLOCKS.items():
        assert block.is_previewable, name
        assert block.get_description(), name
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, name
        page = BeautifulSoup(response.content, "html.parser")
        assert EXAMPLES[name] in page.main.get_text(" "), name
        assert page.select_one("link[rel=stylesheet]")["href"].endswith("siptenan/css/site.css")
        # A piece of cloth stands in for a picture that must be chosen.
        assert bool(page.select(".stand-in")) is (name in ("figure", "pictures", "feature")), name


def test_the_editor_gets_every_script_and_style_it_asks_for(site, editor):
    """One that is missing (an app that is not installed) leaves the editor without any block."""
    page = BeautifulSoup(signed_in(editor).get(f"/cms/pages/{site.pk}/edit/").content, "html.parser")
    addresses = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[rel=stylesheet]")]
    files = [address.partition("?")[0].removeprefix("/static/") for address in addresses if "/static/" in address]
    assert len(files) > 5
    assert [name for name in files if finders.find(name) is None] == []
