"""Pages of the Gallery as a test reads them."""

from __future__ import annotations

from urllib.parse import urlencode

from bs4 import BeautifulSoup

URL = "/gallery-ikm/"


def page(client, **query) -> BeautifulSoup:
    response = client.get(f"{URL}?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [link.text for link in soup.select(".results-head ~ .product-grid .card-title")]


def counts(soup: BeautifulSoup, facet: str) -> dict[str, int]:
    return {
        tick["value"]: int(tick.find_next(class_="info-count").next) for tick in soup.select(f"input[name={facet}]")
    }


def siinas_fields(response) -> dict[str, str]:
    """What the form of “Pelengkap SIINas” would send as it stands, but for what is typed into its one long text."""
    fields = BeautifulSoup(response.content, "html.parser").select(".siinas form input")
    return {field["name"]: field.get("value", "") for field in fields}
