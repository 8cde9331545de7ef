"""A public page is the same for everybody: no cookie, no CSRF field, nothing that depends on who asks (rule 10)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpResponse
from wagtail.models import Page, get_page_models

from forms.models import FormPage
from home.models import ContactPage
from tests.factories import make_every_type

pytestmark = pytest.mark.django_db

# A form has a token of its own in every rendering, so these are not kept by caches; all others may be.
WITH_TOKEN = (FormPage, ContactPage)
MACHINES = ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest", "/.well-known/security.txt", "/k", "/tidak-ada/"]

# The same for everybody; but an address with what somebody typed is kept by his own browser alone.
SEARCHES = ["/cari/", "/cari/?q=merek", "/cari/?q=tidak-ada", "/cari/?q=contoh&jenis=info&halaman=2"]


@pytest.fixture
def pages(site) -> list[Page]:
    """A page of every type. A new type has to be added to tests/factories/every_type.py."""
    pages = make_every_type(site)
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}
    return pages


def assert_same_for_everybody(response: HttpResponse, url: str) -> None:
    """The answer names no one and depends on no cookie."""
    assert not response.cookies, url
    assert "cookie" not in response.get("Vary", "").lower(), url
    assert b"csrfmiddlewaretoken" not in response.content, url


def test_every_type_of_page(pages, client):
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert_same_for_everybody(response, page.url)
        kept_out = "no-cache" in response.get("Cache-Control", "")
        assert kept_out == isinstance(page, WITH_TOKEN), page.url


def test_a_cookie_changes_nothing(pages, client):
    """Not even a session of the staff: its cookie is for /cms/ only, but a browser may be told otherwise."""
    for page in pages:
        if isinstance(page, WITH_TOKEN):
            continue
        plain = client.get(page.url).content
        client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        assert client.get(page.url).content == plain, page.url
        client.cookies.clear()


@pytest.mark.parametrize("url", [*MACHINES, *SEARCHES])
def test_what_is_no_page(site, client, url):
    assert_same_for_everybody(client.get(url), url)


@pytest.mark.parametrize("url", SEARCHES)
def test_a_search_is_kept_by_no_cache_on_the_way_and_a_cookie_changes_nothing(pages, client, url):
    plain = client.get(url)
    assert plain["Cache-Control"] == "private"
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get(url).content == plain.content


def test_a_member_of_staff_sees_the_same_page_as_everybody(pages, editor, client):
    home = pages[0]
    plain = client.get(home.url).content
    client.force_login(editor)
    assert client.get(home.url).content == plain


def test_but_a_preview_in_the_cms_has_wagtails_checks(pages, editor, client):
    client.force_login(editor)
    page = pages[0]
    revision = page.get_latest_revision()
    html = client.get(f"/cms/pages/{page.pk}/revisions/{revision.pk}/view/").content.decode()
    assert "wagtail-userbar" in html
