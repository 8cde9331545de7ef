"""Every template compiles, is used by something, and holds nothing that the content security policy refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from wagtail.models import get_page_models

from forms.models.mail import MailKind

BASE = Path(settings.BASE_DIR)
FOLDER = BASE / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
CODE = [BASE / "site", *(BASE / app for app in ("forms", "gallery", "home", "regulasi"))]

# Names that code puts together from parts; 429.html is what allauth shows after too many sign-ins.
COMPOSED = (
    {"429.html"}
    | {f"forms/mail/{kind}.txt" for kind in MailKind}
    | {
        f"{status}.html"
        for status in re.findall(r"_page\(request, (\d{3})\b", (BASE / "site/siptenan/common/errors.py").read_text())
    }
)

REFUSED = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(ld\+)?json\")", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "javascript address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "foreign source": re.compile(r"<(script|img|iframe|source|link)\b[^>]*(src|href)=\"(https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("name", NAMES)
def test_compiles(name):
    assert get_template(name).template.source.strip()


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html")])
def test_passes_the_strict_policy(name):
    """In the CMS too: what Wagtail's own screens need inline, ours do not."""
    source = (FOLDER / name).read_text()
    assert [fault for fault, pattern in REFUSED.items() if pattern.search(source)] == []


def overrides(name: str) -> bool:
    """Whether an installed package has a template of that name, which ours replaces."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    return any((folder / name).exists() for folder in folders)


def test_every_template_is_used():
    written = "\n".join(
        path.read_text() for folder in CODE for path in folder.rglob("*.py") if "migrations" not in path.parts
    )
    sources = {name: (FOLDER / name).read_text() for name in NAMES}
    page_templates = {model.template for model in get_page_models()}

    def is_used(name: str) -> bool:
        quoted = re.compile(rf"[\"']{re.escape(name)}[\"']")
        return (
            name in COMPOSED
            or name in page_templates
            or overrides(name)
            or bool(quoted.search(written))
            or any(quoted.search(source) for other, source in sources.items() if other != name)
        )

    assert [name for name in NAMES if not is_used(name)] == []


def test_the_500_page_asks_nothing_of_django():
    """It is shown when everything else may be broken."""
    source = re.sub(r"{#.*?#}", "", (FOLDER / "500.html").read_text())
    assert "{%" not in source
    assert "{{" not in source
