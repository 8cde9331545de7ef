"""`/cari/`: one search over everything public. What was typed stands in the address and in the answer, and is kept
nowhere.

Each kind of thing is found by a function of its room (siptenan.common.finding.Provider), in the memory of the process
as far as possible (the text of PDFs is asked of the database), so that a page costs as many queries with two things as
with a hundred thousand. To add a kind, write its function and give it a line in KINDS; tabs, counts, pages and hints
follow from there. Whatever is a page also joins search_pages.ELSEWHERE, or it would be found twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from gallery.catalogue import finding as catalogue
from home import search_pages
from regulasi.library import finding as library
from siptenan.common.channels import CHANNEL_KEY, CHANNEL_MAX
from siptenan.common.finding import Found, Hit, Provider, Query, Results
from siptenan.common.generation import per_generation

QUERY_KEY, KIND_KEY, PAGE_KEY = "q", "jenis", "halaman"
FIRST = 4  # hits of each kind, while none is chosen
PER_PAGE = 12
MOST_NEAR = 2  # of each kind, when nothing matches
EXAMPLES = ("merek", "SIINas", "batik", "sertifikat halal", "UU 20/2016", "biaya merek", "jam layanan")
MOST_EXAMPLES = 4


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be found."""

    code: str  # in the address
    name: str
    find: Provider


# In the order of the page.
KINDS: tuple[Kind, ...] = (
    Kind("halaman", "Halaman", search_pages.pages),
    Kind("info", "Info", search_pages.entries),
    Kind("regulasi", "Regulasi", library.regulations),
    Kind("produk", "Produk", catalogue.products),
    Kind("usaha", "Usaha", catalogue.businesses),
)


@dataclass(frozen=True)
class Selection:
    """What an address asks for. A kind that nobody knows does not count."""

    query: Query
    kind: str = ""
    page: str = ""  # as it came; a paginator makes the best of it
    channel: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Selection:
        """Return what the address says."""
        kind = query.get(KIND_KEY, "")
        return cls(
            query=Query.of(query.get(QUERY_KEY, "")),
            kind=kind if any(kind == known.code for known in KINDS) else "",
            page=query.get(PAGE_KEY, ""),
            channel=query.get(CHANNEL_KEY, "")[:CHANNEL_MAX],
        )

    def url(self, *, text: str | None = None, kind: str | None = None, page: int = 1) -> str:
        """Return the address of this search, or of one with another text or kind; its first page unless said."""
        pairs = {
            QUERY_KEY: self.query.text if text is None else text,
            KIND_KEY: self.kind if kind is None else kind,
            PAGE_KEY: str(page) if page > 1 else "",
            CHANNEL_KEY: self.channel,
        }
        return f"{reverse('search')}?{urlencode({key: value for key, value in pairs.items() if value})}"


@dataclass(frozen=True)
class Tab:
    """A kind, or all of them, with how much there is: a link that shows just that."""

    name: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """What is shown of one kind: its first hits with a link to the others, or a page of them."""

    name: str
    total: int
    hits: Sequence[Hit]
    more_url: str = ""
    page_obj: Page | None = None
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Example:
    """A search that finds something."""

    text: str
    url: str


@dataclass(frozen=True)
class Listing:
    """What the page of the search shows."""

    selection: Selection
    total: int = 0  # of all kinds
    tabs: Sequence[Tab] = ()
    groups: Sequence[Group] = ()  # none when nothing is found, in what was chosen or at all
    is_guess: bool = False  # nothing is as it was typed
    near: Sequence[Hit] = ()
    examples: Sequence[Example] = ()

    @property
    def kind_name(self) -> str:
        """The kind that was chosen; empty without one."""
        return next((kind.name for kind in KINDS if kind.code == self.selection.kind), "")

    @property
    def kinds_text(self) -> str:
        """What is searched, in words."""
        *others, last = [kind.name.lower() for kind in KINDS]
        return f"{', '.join(others)}, dan {last}"

    @property
    def all_url(self) -> str:
        """The same search in all kinds."""
        return self.selection.url(kind="")


def listing(query: QueryDict) -> Listing:
    """Return what an address asks for: the first of every kind, or one kind page by page.

    When one kind alone has something, it is shown page by page, too. Typos are forgiven only when no kind has the
    words as they were typed: "kotak" is no "kontak" where there are boxes.
    """
    selection = Selection.of(query)
    if not selection.query.text:
        return Listing(selection, examples=_examples(selection))
    found, counts, is_guess = _find(selection.query)
    total = sum(counts.values())
    if not total:
        near = _near(selection.query)
        return Listing(selection, near=near, examples=() if near else _examples(selection))
    having = [kind for kind in KINDS if counts[kind.code]]
    if selection.kind or len(having) == 1:
        shown = [kind for kind in having if kind.code == (selection.kind or having[0].code)]
        groups = [_page(selection, kind, found[kind.code]) for kind in shown]
    else:
        named_first = sorted(having, key=lambda kind: not found[kind.code].is_named)
        groups = [_first(selection, kind, found[kind.code]) for kind in named_first]
    return Listing(selection, total, _tabs(selection, counts, total), groups, is_guess=is_guess)


def _find(query: Query) -> tuple[dict[str, Results], dict[str, int], bool]:
    """What each kind finds, how much that is, and whether typos had to be forgiven."""
    for forgiving in (False, True):
        found = _ask(replace(query, forgiving=forgiving))
        counts = {code: len(results) for code, results in found.items()}
        if any(counts.values()):
            break
    return found, counts, forgiving


def _ask(query: Query) -> dict[str, Results]:
    """What each kind finds; nobody is asked when there is no word."""
    return {kind.code: kind.find(query) if query.words else Found((), (), query) for kind in KINDS}


def _tabs(selection: Selection, counts: dict[str, int], total: int) -> list[Tab]:
    """All, and every kind that has something or was chosen; none when there is no choice."""
    shown = [kind for kind in KINDS if counts[kind.code] or kind.code == selection.kind]
    if len(shown) == 1 and not selection.kind:
        return []
    tabs = [
        Tab(kind.name, counts[kind.code], selection.url(kind=kind.code), kind.code == selection.kind) for kind in shown
    ]
    return [Tab("Semua", total, selection.url(kind=""), not selection.kind), *tabs]


def _first(selection: Selection, kind: Kind, results: Results) -> Group:
    total = len(results)
    more_url = selection.url(kind=kind.code) if total > FIRST else ""
    return Group(kind.name, total, results[:FIRST], more_url)


def _page(selection: Selection, kind: Kind, results: Results) -> Group:
    """The page that was asked for; the nearest one for a page number that is none."""
    pages: Paginator = Paginator(results, PER_PAGE)  # type: ignore[arg-type]  # they have what a paginator uses
    page_obj = pages.get_page(selection.page)
    return Group(
        name=kind.name,
        total=pages.count,
        hits=list(page_obj.object_list),
        page_obj=page_obj,
        previous_url=selection.url(page=page_obj.number - 1),
        next_url=selection.url(page=page_obj.number + 1),
    )


def _near(query: Query) -> list[Hit]:
    """What has some of the words, or a title like them: a few of each kind."""
    found = _ask(replace(query, forgiving=True, any_word=True))
    return [hit for results in found.values() for hit in results[:MOST_NEAR]]


def _examples(selection: Selection) -> list[Example]:
    return [Example(text, selection.url(text=text, kind="")) for text in _useful_examples()]


@per_generation
def _useful_examples() -> tuple[str, ...]:
    """The first of EXAMPLES that find something."""
    useful = (text for text in EXAMPLES if any(len(found) for found in _ask(Query.of(text)).values()))
    return tuple(islice(useful, MOST_EXAMPLES))
