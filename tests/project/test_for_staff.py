"""Who gets a session, a user and messages: the CMS and its documents, and whoever brings the cookie of a session."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction

from siptenan.common.models import SiteDocument
from siptenan.middleware import ForStaff

OF_STAFF = {"session", "user", "_messages"}


def what_is_known(path: str, **cookies: str) -> set[str]:
    """What of all that a view at this address finds on its request."""
    found: set[str] = set()

    def view(request: HttpRequest) -> HttpResponse:
        found.update(OF_STAFF & set(dir(request)))
        return HttpResponse()

    factory = RequestFactory()
    factory.cookies.load(cookies)
    ForStaff(view)(factory.get(path))
    return found


@pytest.mark.parametrize("path", ["/cms/", "/cms/login/", "/cms/tiket/1/", "/documents/1/a.pdf"])
def test_staff(path):
    assert what_is_known(path) == OF_STAFF


@pytest.mark.parametrize("path", ["/", "/kalindri/", "/kalindri/lacak/", "/healthz", "/cmsx/"])
def test_visitors(path):
    assert what_is_known(path) == set()
    assert what_is_known(path, siptenan_bukti="x") == set()


def test_the_preview_of_a_page_has_its_address_and_the_cookie_of_the_editor():
    assert what_is_known("/kalindri/", **{settings.SESSION_COOKIE_NAME: "x"}) == OF_STAFF


def test_a_document_with_a_password_asks_for_it(site, client):
    """Whether it was given is asked of the session."""
    private = Collection.get_first_root_node().add_child(name="Rahasia")
    kind = BaseViewRestriction.PASSWORD
    CollectionViewRestriction.objects.create(collection=private, restriction_type=kind, password="kata-sandi")
    document = SiteDocument.objects.create(title="a", collection=private, file=ContentFile(b"isi;rahasia", "a.csv"))
    response = client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))
    assert response.status_code == 200
    assert b'type="password"' in response.content
    assert b"isi;rahasia" not in response.content
