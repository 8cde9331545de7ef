"""What collectstatic leaves: one style sheet for the public site, hashed and compressed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import brotli
import django_htmx
import pytest
from django.core.management import call_command

from siptenan.common import static

SHEET = "siptenan/css/site.css"
MAX_BYTES = 9 * 1024  # of the public style sheet as it travels


@pytest.fixture
def collected(settings, tmp_path) -> Path:
    """The folder of static files as production has it, of the packages only htmx, which a script of ours imports."""
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, Path(django_htmx.__file__).parent / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "siptenan.common.static.OneFileStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def published(folder: Path, name: str) -> Path:
    """The file under its hashed name."""
    return folder / json.loads((folder / "staticfiles.json").read_text())["paths"][name]


def test_visitors_load_one_sheet(collected):
    sheet = published(collected, SHEET)
    css = sheet.read_text()
    assert "@import" not in css
    assert "/*" not in css
    assert ":root" in css
    assert css.index(":root") < css.index(".button") < css.index("@media print")
    assert not list((collected / "siptenan/css").glob("site/*"))
    assert not [name for name in json.loads((collected / "staticfiles.json").read_text())["paths"] if "/site/" in name]


def test_every_part_is_in_it(collected):
    parts = sorted((Path(static.__file__).parents[1] / "static/siptenan/css/site").glob("*.css"))
    assert len(parts) > 10
    joined = published(collected, SHEET).read_text()
    rules = {part.name: static.COMMENT.sub("", part.read_text()).strip().splitlines()[0] for part in parts}
    assert [name for name, first_line in rules.items() if first_line not in joined] == []


def test_its_patterns_are_in_it_and_can_be_drawn(collected):
    """Nothing else is loaded for it; an ampersand or a quote that was lost would leave an empty ground."""
    css = published(collected, SHEET).read_text()
    addresses = re.findall(r'url\("([^"]*)"\)', css)
    assert css.count("url(") == len(addresses) > 2
    assert all(address.startswith("data:image/svg+xml,") for address in addresses)
    pictures = [ET.fromstring(unquote(address.partition(",")[2])) for address in addresses]
    assert len([picture for picture in pictures if picture.find(".//{*}path[@id='leaf']") is not None]) == 3


def test_it_is_compressed_and_small(collected):
    sheet = published(collected, SHEET)
    assert sheet.with_name(sheet.name + ".gz").exists()
    compressed = sheet.with_name(sheet.name + ".br").read_bytes()
    assert brotli.decompress(compressed) == sheet.read_bytes()
    assert len(compressed) <= MAX_BYTES


def test_the_500_page_finds_it_under_its_plain_name(collected):
    """It asks nothing of Django, so it cannot know the hash."""
    css = (collected / SHEET).read_text()
    assert "@import" not in css
    assert "url(" in css
    assert "../" not in css


def test_a_second_run_changes_nothing(collected):
    before = published(collected, SHEET).name
    call_command("collectstatic", interactive=False, verbosity=0)
    assert published(collected, SHEET).name == before
    assert "@import" not in (collected / SHEET).read_text()


def test_other_sheets_stay_as_they_are(collected):
    assert published(collected, "siptenan/css/cms.css").exists()
    assert published(collected, "siptenan/css/login.css").exists()


SCRIPT = "siptenan/js/form.js"


def test_a_form_loads_one_script_with_all_its_parts(collected):
    js = published(collected, SCRIPT).read_text()
    assert not re.search(r"^(import|export)\b", js, re.MULTILINE)
    assert not list((collected / "siptenan/js/form").glob("*"))
    source = Path(static.__file__).parents[1] / "static/siptenan/js"
    parts = [source / "site.js", source / "form.js", *(source / "form").glob("*.js")]
    assert len(parts) > 5
    for part in parts:
        for line in static._bare(part.read_text()).splitlines():
            assert line in js, f"{part.name}: {line}"


def test_no_two_parts_of_the_script_share_a_name(collected):
    js = published(collected, SCRIPT).read_text()
    names = re.findall(r"^(?:async )?(?:const|let|function|class) (\w+)", js, re.MULTILINE)
    assert len(names) > 40
    assert len(names) == len(set(names))


def test_other_pages_keep_their_small_script(collected):
    assert "siptenan:draf" not in published(collected, "siptenan/js/site.js").read_text()


def test_a_list_loads_one_script_with_htmx_before_what_undoes_its_traces(collected):
    js = published(collected, "siptenan/js/catalogue.js").read_text()
    assert not re.search(r"^(import|export)\b", js, re.MULTILINE)
    assert js.startswith("var htmx=")
    assert js.index("var htmx=") < js.index("data-share") < js.index("\nforgetAddress();")
