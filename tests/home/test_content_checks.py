"""What editors are told about their pages."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from wagtail.test.utils import form_data

from home.content_checks import PLAIN_WORDS, OfficeContentChecker, hard_words, long_sentences, page_text
from home.models import StandardPage
from tests.factories import text
from tests.factories.site import publish
from tests.forms.officers import signed_in


def test_hard_words_are_found_whole_and_in_any_case():
    assert hard_words("Guna mendaftar, KLIK tombol.") == [("guna", "untuk"), ("klik", "tekan")]
    assert hard_words("Pengguna menggunakan gunanya.") == []


def test_the_words_recommended_are_not_hard_themselves():
    assert [plain for plain in PLAIN_WORDS.values() if hard_words(plain)] == []


def test_a_sentence_of_26_words_is_long_and_of_25_is_not():
    words = ["kata"] * 25
    assert long_sentences(" ".join(words) + ".") == []
    assert len(long_sentences(" ".join([*words, "kata"]) + ". Pendek.")) == 1


@pytest.mark.django_db
def test_the_text_of_a_page_is_that_of_its_blocks(site):
    page = StandardPage(title="Contoh", introduction="Pembuka.", body=text("<p>Satu &amp; dua</p><p>Tiga</p>"))
    assert page_text(page).split("\n") == ["Pembuka.", "Satu & dua", "Tiga", ""]


def save(client, page: StandardPage, html: str):
    data = form_data.nested_form_data(
        {
            "title": page.title, "slug": page.slug, "seo_title": "", "search_description": "", "introduction": "",
            "body": form_data.streamfield([("paragraph", form_data.rich_text(html))]),
            "comments": form_data.inline_formset([]),
        }
    )  # fmt: skip
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)


@pytest.mark.django_db
def test_saving_a_page_with_hard_words_says_so_and_saves(site, editor):
    page = publish(site, StandardPage(title="Contoh", slug="contoh", body=text("<p>Isi.</p>")))
    client = signed_in(editor)
    told = save(client, page, "<p>Silakan klik tombol guna mendaftar.</p>").content.decode()
    assert "Agar lebih mudah dibaca: “guna” → untuk; “klik” → tekan." in told
    page.refresh_from_db()
    assert "klik tombol" in str(page.get_latest_revision_as_object().body)
    assert "Agar lebih mudah dibaca" not in save(client, page, "<p>Tekan tombol untuk mendaftar.</p>").content.decode()


@pytest.mark.django_db
def test_the_preview_carries_the_offices_checker_with_words_for_every_rule(site, editor):
    page = publish(site, StandardPage(title="Contoh", slug="contoh", body=text("<p>Isi.</p>")))
    client = signed_in(editor)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = form_data.nested_form_data(
        {
            "title": page.title, "slug": page.slug, "introduction": "",
            "body": form_data.streamfield([("paragraph", form_data.rich_text("<p>Isi.</p>"))]),
            "comments": form_data.inline_formset([]),
        }
    )  # fmt: skip
    assert client.post(address, data).json()["is_valid"]
    html = client.get(f"{address}?mode=&in_preview_panel=true").content.decode()
    found = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found is not None
    options = json.loads(found[1])
    assert "color-contrast" in options["options"]["runOnly"]
    assert set(options["options"]["runOnly"]) <= set(options["messages"])


def test_no_rule_of_wagtails_own_is_lost():
    from wagtail.admin.userbar import ContentCheckerItem

    assert set(ContentCheckerItem.axe_run_only) <= set(OfficeContentChecker.axe_run_only)
