"""One regulation, one published page: what copies, drafts chosen by the dozen and a new address do."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from regulasi.models import RegulationEntry, RegulationPage
from tests.factories.regulations import make_regulation, make_regulation_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(site, editor) -> Client:
    make_regulation_index()
    client = Client()
    client.force_login(editor)
    return client


def publish_all(cms: Client, *pages, below: bool = False):
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    query = "&".join(f"id={page.pk}" for page in pages)
    listing = reverse("wagtailadmin_explore", args=(make_regulation_index().pk,))
    data = {"include_descendants": "on"} if below else {}
    response = cms.post(f"{url}?{query}&next={listing}", data, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(".messages").get_text(" ", strip=True)


def listed() -> int:
    return RegulationEntry.objects.listed().count()


# --- Twins ------------------------------------------------------------------------------------------


def test_a_second_page_of_a_regulation_is_not_published_by_any_way(site):
    make_regulation("uu", "20", 2016)
    twin = make_regulation("uu", "20", 2016, live=False)
    with pytest.raises(ValidationError, match="sudah punya halaman"):
        twin.save_revision().publish()
    assert listed() == 1


def test_a_copy_is_a_draft_and_no_alias(cms):
    page = make_regulation("uu", "20", 2016)
    url = reverse("wagtailadmin_pages:copy", args=(page.pk,))
    form = cms.get(url).context["form"]
    assert not {"publish_copies", "alias"} & set(form.fields)
    data = {"new_title": "Salinan", "new_slug": "kembar", "new_parent_page": page.get_parent().pk}
    cms.post(url, {**data, "publish_copies": "on", "alias": "on"})
    copy = RegulationPage.objects.get(slug="kembar")
    assert (copy.live, copy.alias_of) == (False, None)
    assert listed() == 1


# --- Many at once -----------------------------------------------------------------------------------


def test_drafts_chosen_together_are_published_when_all_are_complete(cms):
    drafts = [make_regulation(live=False) for _ in range(2)]
    assert "2 halaman telah diterbitkan" in publish_all(cms, *drafts)
    assert listed() == 2


def test_one_that_lacks_something_is_named_and_none_is_published(cms):
    good = make_regulation("uu", "1", 2001, live=False)
    bad = make_regulation("uu", "2", 2001, "Yang Kurang", live=False, document=None, enacted_on=None)
    told = publish_all(cms, good, bad)
    assert "Yang Kurang" in told
    assert "PDF belum diisi" in told
    assert "tanggal penetapan belum diisi" in told
    assert listed() == 0


def test_drafts_below_a_chosen_page_are_looked_at_too(cms):
    make_regulation("uu", "2", 2001, "Yang Kurang", live=False, document=None)
    assert "PDF belum diisi" in publish_all(cms, make_regulation_index(), below=True)
    assert "telah diterbitkan" in publish_all(cms, make_regulation_index())


def test_the_same_regulation_twice_among_them_is_refused(cms):
    drafts = [make_regulation("uu", "20", 2016, live=False) for _ in range(2)]
    assert "dipilih dua kali" in publish_all(cms, *drafts)
    assert listed() == 0


# --- A new address ----------------------------------------------------------------------------------


def test_everything_below_the_old_address_leads_to_the_new_one(client, site, django_capture_on_commit_callbacks):
    page = make_regulation("uu", "20", 2016, main_points="Mengatur merek.")
    old = page.url
    below = ("", "unduh/", "abstrak.pdf", "kartu.pdf", "kutipan.bib", "kutipan.ris", f"dokumen/{page.file_name}")
    page.slug = "uu-merek"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for path in below:
        response = client.get(f"{old}{path}")
        assert (response.status_code, response["Location"]) == (301, f"/regulasi/uu-merek/{path}"), path
        assert client.get(response["Location"]).status_code == 200, path


def test_without_the_list_nothing_of_it_is_found(client, site):
    page = make_regulation("uu", "20", 2016)
    make_regulation_index().unpublish()
    for path in ("", "unduh/", "abstrak.pdf", f"dokumen/{page.file_name}"):
        assert client.get(f"{page.url}{path}").status_code == 404, path
    assert client.get(page.document.url).status_code == 404
    assert page.url not in client.get("/sitemap.xml").content.decode()
