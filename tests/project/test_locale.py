"""The project's Indonesian catalogue: sound in itself, and complete for the CMS that is installed."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import gettext, ngettext, override, pgettext, trans_real
from django.views.i18n import JSONCatalog

FOLDER = Path(settings.BASE_DIR) / "locale" / "id" / "LC_MESSAGES"
DOMAINS = ["django", "djangojs"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}")
HTML_TAG = re.compile(r"</?[a-z][^>]*>")
# Words that are the same in both languages.
SAME_IN_BOTH = {"Email", "Format", "Status %(status)s", "Status: ", "Tag", "Token", "item", "slug", "status", "tag"}


def catalogue(domain: str) -> polib.POFile:
    """The committed source of one domain."""
    return polib.pofile(str(FOLDER / f"{domain}.po"))


def translations(entry: polib.POEntry) -> list[str]:
    """Every Indonesian text of an entry: one, as Indonesian has one plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def sources(entry: polib.POEntry) -> list[str]:
    """The English texts an entry may take its placeholders from."""
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def faults(domain: str, is_wrong) -> list[str]:
    """The msgids whose entry, given to `is_wrong`, is wrong."""
    return [entry.msgid for entry in catalogue(domain) if is_wrong(entry)]


@pytest.mark.parametrize("domain", DOMAINS)
class TestSource:
    def test_is_compiled(self, domain):
        """Whoever edits the .po runs the command in its header."""

        def content(entries):
            return {(e.msgctxt or "", e.msgid, e.msgid_plural): translations(e) for e in entries}

        compiled = polib.mofile(str(FOLDER / f"{domain}.mo"))
        assert content(compiled) == content(catalogue(domain))

    def test_has_no_fuzzy_empty_or_dead_entry(self, domain):
        assert not faults(domain, lambda e: e.fuzzy or e.obsolete or not all(translations(e)))

    def test_names_no_text_twice(self, domain):
        counts = Counter((e.msgctxt, e.msgid) for e in catalogue(domain))
        assert [key for key, count in counts.items() if count > 1] == []

    def test_has_one_plural_form(self, domain):
        assert catalogue(domain).metadata["Plural-Forms"] == "nplurals=1; plural=0;"
        assert not faults(domain, lambda e: e.msgid_plural and list(e.msgstr_plural) != [0])

    @pytest.mark.parametrize("pattern", [PLACEHOLDER, HTML_TAG], ids=["placeholders", "html"])
    def test_keeps(self, domain, pattern):
        def differs(entry):
            allowed = [Counter(pattern.findall(text)).keys() for text in sources(entry)]
            return any(Counter(pattern.findall(text)).keys() not in allowed for text in translations(entry))

        assert not faults(domain, differs)

    def test_keeps_space_at_both_ends(self, domain):
        def ends(text):
            return re.match(r"\s*", text)[0], re.search(r"\s*$", text)[0]

        assert not faults(domain, lambda e: any(ends(t) != ends(e.msgid) for t in translations(e)))

    def test_is_translated(self, domain):
        def is_english(entry):
            has_words = re.search("[A-Za-z]{3}", PLACEHOLDER.sub("", entry.msgid))
            return has_words and entry.msgid not in SAME_IN_BOTH and entry.msgid in translations(entry)

        assert not faults(domain, is_english)


def wagtail_sources(domain: str) -> list[polib.POEntry]:
    """Every text of the installed Wagtail apps, from the English catalogues they ship."""
    folders = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("wagtail")]
    files = [folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    return [entry for file in files if file.exists() for entry in polib.pofile(str(file))]


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_of_wagtail_is_known(domain):
    """Fails after an upgrade that brings new texts: translate what it lists."""
    known = trans_real.DjangoTranslation("id", domain=domain)._catalog

    def key(entry):
        text = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
        return (text, 0) if entry.msgid_plural else text

    entries = wagtail_sources(domain)
    assert len(entries) > 50
    assert [entry.msgid for entry in entries if key(entry) not in known] == []


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("Publish", "Terbitkan"),
        ("Unpublish", "Batalkan penerbitan"),
        ("Save draft", "Simpan draf"),
        ("Submit for moderation", "Kirim untuk moderasi"),
        ("Lock", "Kunci"),
        ("Unlock", "Buka kunci"),
        ("Approve", "Setujui"),
        ("Reject", "Tolak"),
        ("Previous", "Sebelumnya"),
        ("Next", "Berikutnya"),
        ("Reports", "Laporan"),
        ("Forgotten password?", "Lupa kata sandi?"),
        # Wagtail's id_ID has these two the wrong way round, and calls an existing row a missing one:
        ("to address", "alamat tujuan"),
        ("from address", "alamat pengirim"),
        (
            "%(model_name)s with this %(field_labels)s already exists.",
            "%(model_name)s dengan %(field_labels)s ini sudah ada.",
        ),
    ],
)
def test_wins_over_the_catalogues_of_the_apps(english, indonesian):
    with override("id"):
        assert gettext(english) == indonesian


def test_one_form_serves_one_and_many():
    with override("id"):
        assert {ngettext("Delete 1 page", "Delete %(counter)s pages", n) for n in (1, 7)} == {
            "Hapus %(counter)s halaman"
        }


def test_context_is_kept():
    with override("id"):
        assert pgettext("field label", "Login") == "Nama pengguna"


def test_templates_speak_indonesian():
    template = Template(
        "{% load i18n %}{% translate 'Save draft' %}|{% blocktranslate count counter=n %}"
        "Delete 1 page{% plural %}Delete {{ counter }} pages{% endblocktranslate %}"
    )
    with override("id"):
        assert template.render(Context({"n": 3})) == "Simpan draf|Hapus 3 halaman"


def test_scripts_speak_indonesian():
    """The view that /cms/jsi18n/ is built on, with the one package Wagtail gives it."""
    with override("id"):
        response = JSONCatalog.as_view(packages=["wagtail.admin"])(RequestFactory().get("/"))
    strings = json.loads(response.content)["catalog"]
    assert strings["Page explorer"] == "Penjelajah halaman"
    assert strings["Toggle sidebar"] == "Buka/tutup bilah samping"
    assert strings["%(num)s error"] == ["%(num)s kesalahan"]
