"""Who looks at a page: people are counted, programs are not. Nobody is recognised."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest

# Programs that fetch pages: search engines, previews of shared links, tools. Most say so, and browsers never do.
ROBOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|external|fetch|monitor|lighthouse|headless|python|curl|wget|java/|okhttp|"
    r"go-http|axios|node|whatsapp/|telegram|skypeuri|scan",
    re.IGNORECASE,
)


def is_person(request: HttpRequest) -> bool:
    """Whether a request is that of somebody who looks: a browser, nothing fetched ahead.

    Previews, which come with the session of the CMS, do not count. The session is not sent to public pages, so there
    staff count like anybody.
    """
    agent = request.headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and bool(agent)
        and not ROBOTS.search(agent)
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )
