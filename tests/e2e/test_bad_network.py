"""Sending over a network that fails at every point: never "sudah masuk" without a ticket, never two tickets."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from forms.models import FormPage, Submission
from tests import factories
from tests.e2e.steps import HAKI, QUESTION, Visitor, photo, saved

pytestmark = pytest.mark.e2e

SENDS = "**/*kirim"
PIECES = "**/unggah/*"  # a piece that is sent, and the question how much of it arrived
RECEIPTS = "**/terkirim/?*"
SLUG = "foto-menyusul"


@pytest.fixture
def photo_form(site_url) -> FormPage:
    """A form of one page with a photo that must be there."""
    if page := FormPage.objects.filter(slug=SLUG).first():
        return page
    return factories.make_form(
        SLUG,
        [
            {"label": "Nama Lengkap", "field_type": "singleline"},
            {"label": "Foto Produk", "field_type": "photo", "max_files": 2},
        ],
        title="Foto menyusul",
        on_dashboard=False,
    )


def lose(page: Page, pattern: str, how: Callable[[Route], None], times: int = 1) -> None:
    """Let the first requests to an address go wrong."""
    page.route(pattern, how, times=times)


def never_leaves(route: Route) -> None:
    route.abort("internetdisconnected")


def arrives_but_the_answer_is_lost(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def is_refused_by_a_broken_server(route: Route) -> None:
    route.fulfill(status=503, body="")


def meets_the_sign_in_of_a_public_network(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<main><h1>WiFi Contoh</h1></main>")


POINTS = [never_leaves, arrives_but_the_answer_is_lost, is_refused_by_a_broken_server]


@pytest.mark.parametrize("how", [*POINTS, meets_the_sign_in_of_a_public_network])
def test_a_send_that_goes_wrong_says_so_and_goes_through_later_once(visitor, watch, how):
    watch.expect_cuts()
    asker: Visitor = visitor()
    before = Submission.objects.count()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    lose(asker.page, SENDS, how, times=2)
    asker.send()
    asker.sees("Belum terkirim", "Isian Anda tersimpan di HP ini")
    asker.does_not_see("Sudah masuk")
    receipt = asker.receipt()
    assert Submission.objects.count() == before + 1
    assert Submission.objects.latest("pk").reference == receipt.number


def test_nobody_has_to_wait_for_the_next_attempt(visitor, watch):
    watch.expect_cuts()
    asker: Visitor = visitor()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    lose(asker.page, SENDS, never_leaves, times=2)
    asker.send()
    asker.press("Coba sekarang")
    asker.receipt()


def test_it_is_sent_by_itself_when_the_network_comes_back(visitor, watch):
    watch.expect_cuts()
    asker: Visitor = visitor()
    before = Submission.objects.count()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    asker.page.context.set_offline(True)
    asker.send()
    asker.sees("Belum terkirim: jaringan terputus")
    assert Submission.objects.count() == before
    asker.page.context.set_offline(False)
    asker.receipt()
    assert Submission.objects.count() == before + 1


def test_a_page_that_dies_while_sending_leaves_the_draft_and_makes_no_second_ticket(visitor, watch):
    watch.expect_cuts()
    asker: Visitor = visitor()
    before = Submission.objects.count()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    saved(asker.page, QUESTION["Pertanyaan"])
    lose(asker.page, SENDS, never_leaves, times=100)
    asker.send()
    asker.sees("Belum terkirim")
    context = asker.page.context
    asker.page.close()
    asker.page = context.new_page()
    asker.open(HAKI)
    assert asker.typed(QUESTION) == QUESTION
    asker.send()
    asker.receipt()
    assert Submission.objects.count() == before + 1


@pytest.mark.parametrize("how", POINTS)
def test_a_piece_of_a_photo_that_is_lost_is_sent_again(visitor, watch, photo_form, how):
    watch.expect_cuts()
    asker: Visitor = visitor()
    asker.open(photo_form.url)
    asker.fill_in({"Nama Lengkap": "Ibu Contoh"})
    lose(asker.page, PIECES, how, times=2)
    asker.field("Foto Produk").set_input_files(photo())
    asker.sees("IMG_0001.jpg: menunggu jaringan")
    asker.sees("IMG_0001.jpg sudah sampai")
    asker.send()
    receipt = asker.receipt()
    assert Submission.objects.get(reference=receipt.number).uploads.count() == 1


@pytest.mark.parametrize("how", POINTS)
def test_the_text_goes_first_and_the_photo_follows_its_ticket(visitor, watch, photo_form, how):
    watch.expect_cuts()
    asker: Visitor = visitor()
    before = Submission.objects.count()
    asker.open(photo_form.url)
    asker.fill_in({"Nama Lengkap": "Ibu Contoh"})
    lose(asker.page, PIECES, how, times=2)
    asker.field("Foto Produk").set_input_files(photo())
    asker.send()
    asker.sees("Sudah masuk, nomor", "Berkas sedang dikirim: 1 lagi", "Jangan tutup halaman ini")
    ticket = Submission.objects.latest("pk")
    asker.sees(ticket.reference)
    receipt = asker.receipt()
    assert receipt.number == ticket.reference
    assert Submission.objects.count() == before + 1
    ticket.refresh_from_db()
    assert [str(upload.pk) for upload in ticket.uploads.all()] == ticket.answers["foto_produk"]
    asker.does_not_see("belum sampai")


def test_a_photo_that_never_came_is_called_so(visitor, watch, officer, photo_form):
    watch.expect_cuts()
    asker: Visitor = visitor()
    asker.open(photo_form.url)
    asker.fill_in({"Nama Lengkap": "Ibu Contoh"})
    lose(asker.page, PIECES, never_leaves, times=100)
    asker.field("Foto Produk").set_input_files(photo())
    asker.send()
    asker.sees("Sudah masuk, nomor")
    asker.follow("Lihat nomor, PIN, dan bukti")
    receipt = asker.receipt()
    asker.sees("1 foto, 1 belum sampai")
    clerk = officer("admin")
    clerk.open_ticket(receipt)
    clerk.sees("1 foto, 1 belum sampai")


def test_a_receipt_that_does_not_open_is_there_after_a_reload(visitor, watch):
    watch.expect_cuts()
    asker: Visitor = visitor()
    before = Submission.objects.count()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    lose(asker.page, RECEIPTS, arrives_but_the_answer_is_lost)
    asker.send()
    expect(asker.page).to_have_url("chrome-error://chromewebdata/")
    asker.page.reload()
    asker.receipt()
    assert Submission.objects.count() == before + 1


def test_a_step_that_does_not_arrive_is_tried_again(visitor, watch):
    watch.expect_cuts()
    somebody: Visitor = visitor()
    somebody.open("/kalindri/contoh-formulir/")
    lose(somebody.page, SENDS, never_leaves, times=2)
    somebody.press("Lanjut")
    somebody.sees("Belum terkirim: jaringan terputus")
    somebody.press("Coba sekarang")
    expect(somebody.page.locator(".error-summary, .form-progress").first).to_be_visible()
    somebody.does_not_see("Belum terkirim: jaringan terputus")


INSTAGRAM = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120.0 Mobile Instagram 310.0 Android"


def test_in_instagrams_browser_an_empty_photo_leads_to_chrome_with_the_draft(visitor):
    somebody: Visitor = visitor(user_agent=INSTAGRAM)
    somebody.fill_in_product_form(2)
    somebody.press("Lanjut")
    somebody.fill_in({"Nama Produk": "Kain Batik Contoh"})
    way_out = somebody.page.get_by_role("button", name="Simpan dan lanjutkan di Chrome")
    expect(way_out).to_be_hidden()
    somebody.field("Foto Produk").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b""})
    somebody.sees("foto.jpg: berkas ini kosong (0 byte)")
    way_out.click()
    code = somebody.page.locator(".resume-code").inner_text().strip()
    chrome = somebody.page.get_by_role("link", name="Buka di Chrome")
    expect(chrome).to_have_attribute(
        "href", re.compile(r"^intent://.+/kalindri/lanjutkan/#Intent;scheme=http;package=")
    )

    in_chrome: Visitor = visitor()
    in_chrome.resume(code)
    in_chrome.sees("Langkah 3 dari 4")
    assert in_chrome.typed({"Nama Produk": ""}) == {"Nama Produk": "Kain Batik Contoh"}


def test_elsewhere_an_empty_photo_is_only_refused_in_words(visitor):
    somebody: Visitor = visitor()
    somebody.fill_in_product_form(2)
    somebody.press("Lanjut")
    somebody.field("Foto Produk").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b""})
    somebody.sees("foto.jpg: berkas ini kosong (0 byte)")
    expect(somebody.page.locator("[data-elsewhere]")).to_be_hidden()
    somebody.press("Lanjut")
    somebody.sees("Foto Produk: Berkas yang Anda pilih ditolak", "foto.jpg: berkas ini kosong (0 byte)")
    somebody.does_not_see("Foto Produk belum dipilih")
    somebody.field("Foto Produk").set_input_files(photo())
    somebody.sees("IMG_0001.jpg sudah sampai")
    somebody.does_not_see("foto.jpg: berkas ini kosong")
