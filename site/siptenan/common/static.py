"""How the static files are stored: hashed, compressed, and what a public page needs in one style sheet and one script.

The sheet carries its patterns (small SVG) in itself, so that a visitor waits for one file before seeing the page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);\n')
MODULE = re.compile(r'^import (?:\{[^}]*\} from )?"([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)
JS_COMMENT = re.compile(r"^[ ]*(?://.*|/\*\*[\s\S]*?\*/)\n", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
PATTERN = re.compile(r'url\("([^":]+\.svg)"\)')
SVG_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
READABLE_IN_A_QUOTED_URL = " ='/:;,()@!$&*+"  # RFC 2397 would escape the blank; browsers need not
RELATIVE_ADDRESS = re.compile(r'url\("(?![a-z]+:|/|#)([^"]+)"\)')

Sources = dict[str, tuple[Any, str]]
"""What collectstatic found: name of a file, and the storage and path it comes from."""


class OneFileStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with what a style sheet or script of ours imports put into it: visitors load one file.

    The parts themselves are not published. In development the browser follows the imports instead.
    """

    sheets = ("siptenan/css/site.css",)
    scripts = ("siptenan/js/catalogue.js", "siptenan/js/form.js")

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        """Collectstatic's last step; `paths` is what it found."""
        if not dry_run:
            for sheet in self.sheets:
                self._join(sheet, paths)
            for script in self.scripts:
                self._join_modules(script, paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, sheet: str, sources: Sources) -> None:
        """Replace a sheet by itself with its parts, and take the parts away."""
        css = _source_of(sheet, sources)
        for part in IMPORT.findall(css):
            name = posixpath.join(posixpath.dirname(sheet), part)
            css = css.replace(f'@import url("{part}");\n', _moved(_source_of(name, sources), posixpath.dirname(part)))
            del sources[name]
            self.delete(name)
        folder = posixpath.dirname(sheet)
        css = PATTERN.sub(lambda found: _inline(_source_of(posixpath.normpath(f"{folder}/{found[1]}"), sources)), css)
        self.delete(sheet)
        self.save(sheet, ContentFile(COMMENT.sub("", css).encode()))
        sources[sheet] = (self, sheet)

    def _join_modules(self, script: str, sources: Sources) -> None:
        """Replace a script by itself after all that it imports; the parts in its folder are for it alone and go.

        Top-level names of the parts must differ: tests/common/test_static.py holds that.
        """
        js = "".join(_modules(script, sources, set()))
        folder = script.removesuffix(".js") + "/"
        for part in [name for name in sources if name.startswith(folder)]:
            del sources[part]
            self.delete(part)
        self.delete(script)
        self.save(script, ContentFile(js.encode()))
        sources[script] = (self, script)


def _modules(name: str, sources: Sources, seen: set[str]) -> Iterator[str]:
    """The text of a module, after those it imports, each once, without the words that tie modules together."""
    seen.add(name)
    js = _source_of(name, sources)
    for part in MODULE.findall(js):
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), part))
        if imported not in seen:
            yield from _modules(imported, sources, seen)
    yield f"{_bare(js).rstrip()}\n"


def _bare(js: str) -> str:
    """A module without its imports, the word export, and lines that are comment: a third of what would travel."""
    return EXPORT.sub("", MODULE.sub("", JS_COMMENT.sub("", js)))


def _source_of(name: str, sources: Sources) -> str:
    storage, path = sources[name]
    with storage.open(path) as file:
        return file.read().decode()


def _inline(svg: str) -> str:
    """Return an SVG as the address that holds it (RFC 2397)."""
    short = re.sub(r"\s+", " ", SVG_COMMENT.sub("", svg)).replace("> <", "><").replace('"', "'").strip()
    return f'url("data:image/svg+xml,{quote(short, safe=READABLE_IN_A_QUOTED_URL)}")'


def _moved(css: str, folder: str) -> str:
    """Return a sheet of `folder` with its relative addresses as they are for one that lies beside the folder."""
    return RELATIVE_ADDRESS.sub(lambda found: f'url("{posixpath.normpath(posixpath.join(folder, found[1]))}")', css)
