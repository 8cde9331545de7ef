"""Documents name what exists: files, make targets, decisions."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
DOCS = sorted([BASE / "README.md", *(BASE / "docs").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (BASE / "Makefile").read_text(), re.MULTILINE))
# A path is written from the root or, for the package, from site/.
ROOTS = (BASE, BASE / "site")
OURS = {"bench", "docs", "forms", "gallery", "home", "locale", "regulasi", "site", "siptenan", "templates", "tests"}


def ids(path: Path) -> str:
    """The name of a document in the list of tests."""
    return str(path.relative_to(BASE))


@pytest.mark.parametrize("document", DOCS, ids=ids)
class TestDocument:
    def test_links_lead_somewhere(self, document):
        targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
        assert [target for target in targets if not (document.parent / target).exists()] == []

    def test_names_files_that_exist(self, document):
        named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)", document.read_text())
        ours = [name for name in named if name.split("/")[0] in OURS]
        assert [name for name in ours if not any((root / name).exists() for root in ROOTS)] == []

    def test_names_targets_that_exist(self, document):
        named = {
            word
            for words in re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z -]+)`", document.read_text())
            for word in words.split()
        }
        assert named <= TARGETS


def test_makefile_lists_its_targets_and_stays_short():
    """Long logic is in Python."""
    assert {"help", "run", "test", "test-postgres", "test-browser", "lint", "types"} <= TARGETS
    assert len(TARGETS) <= 13  # help, run, test and at most ten more
    listing = subprocess.run(["make"], cwd=BASE, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", listing, re.MULTILINE)) == TARGETS


def test_the_readme_begins_with_the_two_commands():
    assert re.match(r"# \w+\n\n```\ngit clone .*\nmake run\n```", (BASE / "README.md").read_text())


def test_decisions_are_numbered_without_gap():
    decisions = sorted((BASE / "docs/adr").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert [path.name for path in decisions if not path.read_text().startswith(f"# {path.name[:4]}: ")] == []


def test_code_refers_to_decisions_that_exist():
    numbers = {path.name[:4] for path in (BASE / "docs/adr").glob("*.md")}
    folders = [BASE / "site", *(BASE / app for app in ("forms", "gallery", "home", "regulasi"))]
    named = {
        match
        for folder in folders
        for path in folder.rglob("*.py")
        for match in re.findall(r"docs/adr/(\d{4})", path.read_text())
    }
    assert named
    assert named <= numbers
