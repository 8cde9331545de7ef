"""Addresses that pages have had lead to where they are now: in one step, with all that came along."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from forms.models import FormPage, Submission
from home.models import ContactPage, KalindriPage, StandardPage
from tests.factories import open_form, publish, text
from tests.factories.tickets import ANSWERS

OLD = "/kalindri/konsultasi-haki/"
NEW = "/kalindri/konsultasi-merek/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as a request does that is committed."""

    def run(work):
        with django_capture_on_commit_callbacks(execute=True):
            return work()

    return run


def rename(page: Page, slug: str) -> None:
    """Publish a page under another slug, as an editor does."""
    page = Page.objects.get(pk=page.pk).specific
    page.slug = slug
    page.save_revision().publish()


@pytest.fixture
def renamed(form_page, committed) -> FormPage:
    """The HAKI form under a new address."""
    committed(lambda: rename(form_page, "konsultasi-merek"))
    return form_page


def test_a_new_slug_leaves_a_lasting_redirect(renamed, client):
    response = client.get(OLD)
    assert (response.status_code, response["Location"]) == (301, NEW)
    assert client.get(NEW).status_code == 200


def test_pages_below_are_found_too(site, client, committed):
    committed(lambda: rename(KalindriPage.objects.get(), "klinik"))
    assert client.get("/kalindri/")["Location"] == "/klinik/"
    assert client.get(OLD)["Location"] == "/klinik/konsultasi-haki/"


def test_a_moved_page_is_found(site, client, committed):
    contact = publish(site, ContactPage(title="Contact", slug="contact"))
    page = FormPage.objects.get()
    committed(lambda: page.move(contact, pos="last-child"))
    response = client.get(OLD)
    assert (response.status_code, response["Location"]) == (301, "/contact/konsultasi-haki/")


def test_the_receipt_is_found_too(renamed, client):
    response = client.get(f"{OLD}terkirim/")
    assert (response.status_code, response["Location"]) == (301, f"{NEW}terkirim/")


def test_the_channel_of_a_poster_goes_along(renamed, client):
    assert client.get(f"{OLD}?ch=qr-pasar")["Location"] == f"{NEW}?ch=qr-pasar"


def test_a_form_that_was_open_when_its_page_moved_is_still_sent(form_page, client, committed):
    fields = {**open_form(client), "pertanyaan": "Masih ada?"}
    keys = ("nama_usahaperusahaan", "nama_lengkap", "alamat")
    fields |= dict(zip(keys, ANSWERS.values(), strict=False))
    committed(lambda: rename(form_page, "konsultasi-merek"))
    response = client.post(f"{OLD}?kirim", fields)
    assert (response.status_code, response["Location"]) == (308, f"{NEW}?kirim")  # 308: POST stays POST
    client.post(response["Location"], fields)
    assert "Masih ada?" in Submission.objects.get().answers.values()


def test_two_new_slugs_make_no_chain(renamed, client, committed):
    committed(lambda: rename(renamed, "konsultasi-hki"))
    for old in (OLD, NEW):
        assert client.get(old)["Location"] == "/kalindri/konsultasi-hki/"


def test_a_page_that_comes_back_makes_no_loop(renamed, client, committed):
    committed(lambda: rename(renamed, "konsultasi-haki"))
    assert client.get(OLD).status_code == 200
    assert client.get(NEW)["Location"] == OLD
    # Wagtail keeps the redirect from the address that is the page's own again; offline it would lead to itself.
    Page.objects.get(pk=renamed.pk).specific.unpublish()
    assert client.get(OLD).status_code == 404


def test_browsers_do_not_keep_it_for_ever_since_a_page_may_come_back(renamed, client):
    assert client.get(OLD)["Cache-Control"] == "max-age=60"


def test_another_page_may_take_the_old_address(renamed, site, client):
    publish(KalindriPage.objects.get(), FormPage(
        title="Baru", slug="konsultasi-haki", what_happens_next="Dibaca.", help_contact="Telepon."
    ))  # fmt: skip
    assert client.get(OLD).status_code == 200


def test_an_editors_redirect_to_another_site_keeps_its_address(site, client):
    Redirect.add_redirect("/siinas", "https://siinas.kemenperin.go.id/", is_permanent=False)
    response = client.get("/siinas/?ch=ig")
    assert (response.status_code, response["Location"]) == (302, "https://siinas.kemenperin.go.id/")


def test_a_draft_that_is_renamed_leads_nowhere_new(site, client, committed):
    draft = StandardPage(title="Draf", slug="draf", body=text("<p>Isi.</p>"), live=False)
    site.add_child(instance=draft)
    assert client.get("/draf/").status_code == 404


def test_without_the_database_a_page_that_is_not_there_is_still_a_404(client, monkeypatch):
    """No `db` is used: whoever asks the database fails."""

    def down(*args, **kwargs):
        raise DatabaseError("down")

    monkeypatch.setattr("wagtail.models.Site.find_for_request", down)
    monkeypatch.setattr("siptenan.common.generation._number", down)
    response = client.get("/tidak-ada.html")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Halaman tidak ditemukan" in html
    assert "Mungkin ini yang Anda cari" not in html
    for link in ("/kalindri/", "/kalindri/lacak/", "/"):
        assert f'href="{link}"' in html
