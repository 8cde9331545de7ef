"""What the list of the Gallery weighs on a phone: at most 200 KB until somebody scrolls (GL13)."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest
from playwright.sync_api import Request

from tests.e2e.steps import PHONE

pytestmark = pytest.mark.e2e

MOST = 200_000  # bytes
TEXT = ("stylesheet", "script")
FIRST_SCREEN = "[...document.images].filter(i => i.getBoundingClientRect().top < innerHeight).map(i => i.currentSrc)"
LOADED_LATER = "[...document.images].filter(i => i.loading === 'lazy' && !i.complete).length"


def weight(request: Request) -> int:
    """The bytes of an answer as they travel.

    The site sends its static files compressed, in one bundle; the server of the tests sends them as they are. Each by
    itself in gzip is more than the site sends.
    """
    response = request.response()
    if request.resource_type in TEXT and "content-encoding" not in response.headers:
        return len(gzip.compress(response.body()))
    return request.sizes()["responseBodySize"]


@pytest.mark.parametrize("sharpness", [2, 3])
def test_the_list_weighs_no_more_than_200_kb_on_a_phone(open_browser, sharpness):
    """With the pictures below the fold that a browser fetches ahead on a good line; it fetches fewer on a bad one."""
    page = open_browser(PHONE, device_scale_factor=sharpness).new_page()
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))  # it takes no built-in function
    page.goto("/gallery-ikm/", wait_until="networkidle")
    by_kind: Counter[str] = Counter()
    for request in asked:
        by_kind[request.resource_type] += weight(request)
    assert set(by_kind) >= {"document", "stylesheet", "script", "image"}
    assert by_kind.total() <= MOST, by_kind
    shown = set(page.evaluate(FIRST_SCREEN))
    assert shown
    assert shown <= {request.url for request in asked}, "the first screen is complete"
    assert page.evaluate(LOADED_LATER) >= 8, "the rest waits to be scrolled to"
