"""A document that is not for everybody: never a 500, never a loop, never a byte of it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from siptenan.common.document_access import staff_url
from siptenan.common.models import SiteDocument
from tests.browser_client import BrowserClient
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.4 rahasia kantor"


@pytest.fixture
def collection(site) -> Collection:
    return Collection.get_first_root_node().add_child(name="Arsip kantor")


@pytest.fixture
def document(collection) -> SiteDocument:
    return SiteDocument.objects.create(
        title="Surat", file=ContentFile(CONTENT, "surat-kantor.pdf"), collection=collection
    )


def restrict(collection: Collection, kind: str, **values: str) -> CollectionViewRestriction:
    return CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, **values)


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("kind", [CollectionViewRestriction.LOGIN, CollectionViewRestriction.GROUPS])
def test_a_stranger_is_led_to_the_sign_in(document, collection, kind):
    restrict(collection, kind)
    response = BrowserClient().get(document.url, follow=True)
    assert response.status_code == 200
    assert unquote(response.redirect_chain[-1][0]) == f"/cms/login/?next={staff_url(document)}"
    assert "Nama pengguna" in response.content.decode()
    assert CONTENT not in response.content


def test_who_signs_in_there_gets_the_document(document, collection, editor):
    restrict(collection, CollectionViewRestriction.LOGIN)
    client = BrowserClient()
    asked = client.get(document.url, follow=True)
    sign_in = asked.redirect_chain[-1][0]
    response = client.post(sign_in, {"login": editor.username, "password": PASSWORD, "next": staff_url(document)})
    assert response["Location"] == staff_url(document)
    assert body(client.get(response["Location"])) == CONTENT
    assert body(client.get(document.url, follow=True)) == CONTENT  # from now on without being asked


def test_who_is_signed_in_but_of_no_such_group_is_told_so(document, collection, editor):
    restriction = restrict(collection, CollectionViewRestriction.GROUPS)
    restriction.groups.set([Group.objects.create(name="Pimpinan")])
    client = BrowserClient()
    client.force_login(editor)
    response = client.get(document.url, follow=True)
    assert response.status_code == 403
    assert "tidak terbuka untuk Anda" in response.content.decode()
    editor.groups.add(*restriction.groups.all())
    assert body(client.get(document.url, follow=True)) == CONTENT


@pytest.mark.parametrize("kind", [CollectionViewRestriction.LOGIN, CollectionViewRestriction.GROUPS])
def test_the_address_for_staff_shows_a_stranger_nothing(document, collection, kind):
    restrict(collection, kind)
    response = BrowserClient().get(staff_url(document), follow=True)
    assert response.redirect_chain[-1][0].startswith("/cms/login/")
    assert CONTENT not in response.content


def test_a_password_is_asked_for(document, collection):
    restrict(collection, CollectionViewRestriction.PASSWORD, password="sandi")
    response = BrowserClient().get(document.url)
    assert response.status_code == 200
    assert CONTENT not in response.content


def test_a_document_for_everybody_is_served(document):
    assert body(BrowserClient().get(document.url)) == CONTENT
