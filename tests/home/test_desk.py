"""The CMS as a desk: what an editor finds first, the guide of each role, links and QR codes a channel."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from home.models import InfoIndexPage
from siptenan.accounts import roles
from siptenan.common.models import Channel
from tests import factories
from tests.factories.site import publish
from tests.forms.officers import signed_in

pytestmark = pytest.mark.django_db


def soup(client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_an_editor_finds_the_usual_tasks_and_each_opens(site, editor):
    publish(site, InfoIndexPage(title="Info Lainnya", slug="info"))
    factories.make_regulation_index(site)
    client = signed_in(editor)
    tasks = {link.get_text(strip=True): link["href"] for link in soup(client, "/cms/").select(".desk-tasks a")}
    assert list(tasks)[:4] == ["Tulis info baru", "Tambah agenda", "Tambah regulasi", "Buat formulir baru"]
    for url in tasks.values():
        assert client.get(url).status_code == 200


def test_a_task_whose_page_is_missing_is_not_offered(site, editor):
    labels = [link.get_text(strip=True) for link in soup(signed_in(editor), "/cms/").select(".desk-tasks a")]
    assert "Tulis info baru" not in labels
    assert "Buat formulir baru" in labels


def test_drafts_are_listed_until_they_are_published(site, form_page, editor):
    form_page.title = "Form Konsultasi HAKI baru"
    revision = form_page.save_revision()
    client = signed_in(editor)
    drafts = soup(client, "/cms/").select(".desk-drafts a")
    assert [draft.text for draft in drafts] == ["Form Konsultasi HAKI baru"]
    revision.publish()
    assert soup(client, "/cms/").select(".desk-drafts a") == []


def test_an_officer_has_tickets_on_the_dashboard_and_no_pages(site, officer):
    page = soup(signed_in(officer), "/cms/")
    assert page.select_one(".tickets-panel")
    assert page.select_one(".desk-tasks") is None


@pytest.mark.parametrize(
    ("who", "sections"),
    [
        ("officer", ["Menjawab tiket", "Menulis agar dipahami"]),
        ("editor", ["Menulis info", "Membuat formulir", "Menerbitkan regulasi", "Menulis agar dipahami"]),
        (
            "admin",
            [
                "Menjawab tiket",
                "Menulis info",
                "Membuat formulir",
                "Menerbitkan regulasi",
                "Mengatur kantor",
                "Menulis agar dipahami",
            ],
        ),
    ],
)
def test_the_guide_speaks_of_the_readers_work_only(request, who, sections):
    page = soup(signed_in(request.getfixturevalue(who)), "/cms/panduan/")
    assert [heading.text for heading in page.select(".guide h2")] == sections


def test_the_guide_of_who_examines_the_gallery_tells_how(site):
    clerk = factories.make_staff(roles.OFFICER, "galeri", forms=[factories.make_gallery_form()])
    page = soup(signed_in(clerk), "/cms/panduan/")
    headings = [heading.text for heading in page.select(".guide h2")]
    assert headings == ["Menjawab tiket", "Memeriksa Gallery IKM", "Menulis agar dipahami"]


def test_each_channel_has_a_link_and_a_code(site, officer, settings):
    settings.BASE_URL = "https://siptenan.example.id"
    Channel.objects.create(code="qr-pasar", name="Poster pasar")
    client = signed_in(officer)
    page = soup(client, "/cms/tautan-qr/")
    urls = [url.text for url in page.select(".share-url")]
    assert "https://siptenan.example.id/k?ch=qr-pasar" in urls
    assert not [url for url in urls if url.endswith(f"ch={Channel.UNKNOWN_CODE}")]
    assert len(page.select(".share-qr svg")) == len(urls)
    response = client.get("/cms/tautan-qr/qr-pasar.png")
    assert Image.open(io.BytesIO(response.content)).size == (1200, 1200)


@pytest.mark.parametrize("code", ["tidak-ada", "lain"])
def test_what_is_no_channel_of_its_own_has_no_code(site, officer, code):
    assert signed_in(officer).get(f"/cms/tautan-qr/{code}.png").status_code == 404


def test_only_the_head_of_section_is_sent_to_the_table_of_channels(site, officer, admin):
    assert "dibuat di menu Referensi" in soup(signed_in(admin), "/cms/tautan-qr/").get_text()
    assert "Minta kepada kepala bidang" in soup(signed_in(officer), "/cms/tautan-qr/").get_text()
