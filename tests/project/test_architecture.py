"""The house rules of docs/architecture.md, held by reading the source: arrows, writers, size of rooms."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
SITE = BASE / "site"

# What each room may import from; itself is understood. Whoever writes a new room down here says where it stands.
FOUNDATION = {"siptenan.common", "siptenan.accounts"}
MAY_IMPORT: dict[str, set[str]] = {
    "siptenan.common": set(),
    "siptenan.accounts": {"siptenan.common"},
    "forms": FOUNDATION,
    "gallery": FOUNDATION | {"forms"},
    "regulasi": FOUNDATION | {"forms"},
    "home": FOUNDATION | {"forms", "gallery", "regulasi"},
}
# siptenan.urls, .middleware, .wsgi and the settings see everything and are seen by nobody.
ROOMS = sorted(MAY_IMPORT)
MAX_LINES = 400
WRITES = (".save(", ".delete(", "objects.create(", ".bulk_create(", ".update_or_create(")
# Layers that decide nothing: state changes in services.py only.
NO_WRITERS = ("views.py", "viewsets.py", "wagtail_hooks.py", "signals.py")


def folder(room: str) -> Path:
    """Where a room's code is."""
    return (SITE if room.startswith("siptenan.") else BASE) / room.replace(".", "/")


def sources(room: str) -> list[Path]:
    """Every module of a room, migrations included."""
    found = sorted(folder(room).rglob("*.py"))
    assert found, f"{room} is gone"
    return found


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, inside functions too, with its line; relative ones made absolute."""
    root = SITE if path.is_relative_to(SITE) else BASE
    package = path.relative_to(root).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def room_of(module: str) -> str | None:
    """The room a module lies in; None for libraries and for the parts that belong to no room."""
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_follow_the_arrows(room):
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path.relative_to(BASE)}:{line} imports {module}"
        for path in sources(room)
        for line, module in imported(path)
        if room_of(module) not in allowed | {None}
    ]
    assert wrong == []


def test_nobody_imports_what_sees_everything():
    above = ("siptenan.urls", "siptenan.middleware", "siptenan.settings", "siptenan.wsgi")
    wrong = [
        f"{path.relative_to(BASE)}:{line} imports {module}"
        for room in ROOMS
        for path in sources(room)
        for line, module in imported(path)
        if module.startswith(above)
    ]
    assert wrong == []


def test_every_app_of_the_project_is_a_room():
    own = {name.removesuffix(".apps") for name in settings.INSTALLED_APPS if (BASE / name.split(".")[0]).is_dir()}
    own |= {name for name in settings.INSTALLED_APPS if name.startswith("siptenan.") and ".apps." not in name}
    assert own == set(ROOMS)


def test_views_hooks_and_signals_write_nothing():
    layers = [
        path
        for room in ROOMS
        for path in sources(room)
        if path.name in NO_WRITERS or path.parent.name in ("views", "wagtail_hooks")
    ]
    assert len(layers) > 5
    wrong = [
        f"{path.relative_to(BASE)}:{number}: {line.strip()}"
        for path in layers
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if any(call in line for call in WRITES)
    ]
    assert wrong == []


def test_hooks_register_and_do_nothing_else():
    """A wagtail_hooks.py holds imports and short functions: no class, no loop, no context."""
    too_much = (ast.ClassDef, ast.For, ast.While, ast.Try, ast.With)
    wrong = [
        f"{path.relative_to(BASE)}:{node.lineno}"
        for room in ROOMS
        for path in sources(room)
        if path.name == "wagtail_hooks.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, too_much)
    ]
    assert wrong == []


def test_only_the_reader_touches_the_environment():
    reader = SITE / "siptenan" / "settings" / "env.py"
    files = [*SITE.rglob("*.py"), *(path for room in ROOMS for path in sources(room))]
    wrong = [
        str(path.relative_to(BASE))
        for path in files
        if path != reader and ("os.environ" in path.read_text() or "getenv" in path.read_text())
    ]
    assert wrong == []


def tracked(*patterns: str) -> list[Path]:
    """Files that are committed, or would be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=BASE, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return [BASE / name for name in listing if (BASE / name).exists()]


def test_no_room_is_too_big():
    """Past 400 lines a file asks for a second room. Migrations are written by Django."""
    big = {
        str(path.relative_to(BASE)): lines
        for path in tracked("*.py", "*.html", "*.js")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert big == {}


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in tracked("tests/*.py")}
    assert len(folders) > 5
    assert [str(path) for path in sorted(folders) if not (path / "__init__.py").exists()] == []


def test_site_is_no_package():
    """`site` is a module of the standard library; a package of that name would never be found."""
    assert not (SITE / "__init__.py").exists()


def test_every_suppression_gives_its_reason():
    marks = ("# noqa", "# type: ignore", "# pragma")
    wrong = []
    for path in tracked("*.py"):
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            mark = next((mark for mark in marks if mark in line), None)
            if mark and " - " not in line.split(mark, 1)[1] and "#" not in line.split(mark, 1)[1]:
                wrong.append(f"{path.relative_to(BASE)}:{number}")
    assert wrong == []


def test_every_library_that_is_imported_is_a_direct_dependency():
    """What comes along with another package today may be gone with its next version."""
    project = tomllib.loads((BASE / "pyproject.toml").read_text())["project"]
    # Wagtail's own documentation has its users import these; it decides their versions.
    wagtails = {"django-filter", "django-modelcluster", "django-taggit"}
    declared = wagtails | {canonical(re.split(r"[\[<>=~ ]", requirement)[0]) for requirement in project["dependencies"]}
    owners = importlib.metadata.packages_distributions()
    own = {"siptenan", *(room.split(".")[0] for room in ROOMS)}
    missing = {
        f"{module.split('.')[0]} in {path.relative_to(BASE)}"
        for path in [*SITE.rglob("*.py"), *(path for room in ROOMS for path in sources(room))]
        for _, module in imported(path)
        if "migrations" not in path.parts
        and (top := module.split(".")[0]) not in own
        and top not in sys.stdlib_module_names
        and not {canonical(name) for name in owners.get(top, [])} & declared
    }
    assert missing == set()


def canonical(name: str) -> str:
    """The name of a distribution as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
