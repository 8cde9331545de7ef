"""The list of regulations as a visitor's browser gets it, for its tests."""

from __future__ import annotations

from bs4 import BeautifulSoup

from regulasi.models import DocumentPageText, RegulationPage
from siptenan.common.generation import bump

LIST = "/regulasi/"


def soup(client, path: str = "") -> BeautifulSoup:
    response = client.get(f"{LIST}{path}")
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def titles(client, path: str = "") -> list[str]:
    return [link.text for link in soup(client, path).select("li.card .card-title a")]


def urls(client, path: str = "") -> list[str]:
    return [link["href"] for link in soup(client, path).select("li.card .card-title a")]


def counts(page: BeautifulSoup, facet: str) -> dict[str, int]:
    return {
        tick["value"]: int(tick.parent.select_one(".info-count").find(string=True))
        for tick in page.select(f'input[name="{facet}"]')
    }


def with_text(page: RegulationPage, *texts: str) -> RegulationPage:
    DocumentPageText.objects.bulk_create(
        DocumentPageText(document=page.document, number=number, text=text) for number, text in enumerate(texts, 1)
    )
    bump()
    return page
