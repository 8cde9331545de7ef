"""What must not happen: cookies before anything is sent, secrets in addresses, pages that come back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Response, expect

from tests.e2e.steps import GALLERY, HAKI, PHONE, QUESTION, SIINAS, TICKET, TRACK

pytestmark = pytest.mark.e2e

PAGES = ["/", "/kalindri/", "/gallery-ikm/", "/regulasi/", "/info/", "/contact/", "/privasi/", "/aksesibilitas/"]
REGULATIONS = ["/regulasi/?q=merek&jenis=uu", "/regulasi/uu-20-2016/", "/regulasi/uu-20-2016/lapor/"]
SEARCHES = ["/cari/", "/cari/?q=merek", "/cari/?q=zxqwv"]
PUBLIC = [*PAGES, *REGULATIONS, *SEARCHES, "/gallery-ikm/data/", HAKI, SIINAS, GALLERY, TRACK, "/tidak-ada/"]


def test_looking_leaves_no_trace(open_browser):
    context = open_browser(PHONE)
    page = context.new_page()
    for path in PUBLIC:
        headers = page.goto(path).headers
        assert "'unsafe" not in headers["content-security-policy"], path
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0], path
    assert context.cookies() == []


def test_a_ticket_is_told_to_nobody(visitor, officer, watch):
    answers: dict[str, Response] = {}
    asker = visitor()
    asker.page.on("response", lambda response: answers.setdefault(path_of(response), response))
    asker.open(HAKI)
    asker.fill_in({**QUESTION, "Nomor WhatsApp": "0812 3456 7890"})
    asker.send()
    receipt = asker.receipt()
    asker.page.reload()
    asker.track(receipt)
    asker.sees(receipt.number)
    asker.page.reload()

    for path in (f"{HAKI}terkirim/", TRACK, TICKET):
        headers = answers[path].headers
        assert "no-store" in headers["cache-control"], path
        assert headers["referrer-policy"] == "no-referrer", path
    for cookie in asker.page.context.cookies():
        assert cookie["httpOnly"], cookie["name"]
        assert cookie["sameSite"] == "Lax", cookie["name"]
        assert cookie["path"] != "/", cookie["name"]
    told = "\n".join([*watch.addresses, *watch.titles]).lower()
    assert "status tiket" in told
    assert "kiriman diterima" in told
    secrets = [
        receipt.number,
        receipt.number.replace("-", ""),
        receipt.pin,
        "wijayakusuma",
        "81234567890",
        "batik contoh uji",
    ]
    for secret in secrets:
        assert secret.lower() not in told, secret


def path_of(response: Response) -> str:
    """The path of an answered address."""
    return re.sub(r"^https?://[^/]+|[?#].*$", "", response.url)


def test_the_secret_link_leaves_the_address_bar_at_once(visitor, sent):
    receipt = sent(QUESTION)
    reader = visitor()
    reader.open(receipt.link)
    expect(reader.page).to_have_url(re.compile(f"{TICKET}$"))
    reader.page.go_back()  # before it was a blank page, never the link
    assert "/t/" not in reader.page.url


def test_closing_the_page_closes_it_for_the_next_person(visitor):
    asker = visitor()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    asker.send()
    receipt = asker.receipt()
    asker.track(receipt)
    asker.sees(receipt.number)
    asker.press("Tutup halaman ini")
    expect(asker.page.locator("h1")).to_have_text("Lacak tiket")
    for path in (TICKET, f"{HAKI}terkirim/"):
        asker.open(path)
        expect(asker.page).to_have_url(re.compile(rf"{TRACK}(\?bukti=0)?$"))
        asker.does_not_see(receipt.number, receipt.pin, *QUESTION.values())
    assert asker.page.context.cookies() == []


def test_what_strangers_type_is_text_to_officers(officer, visitor, watch):
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    asker = visitor()
    asker.open(HAKI)
    asker.fill_in({**QUESTION, "Nama Usaha/Perusahaan": attack, "Pertanyaan": attack})
    asker.send()
    receipt = asker.receipt()
    asker.sees(attack)
    clerk = officer()
    clerk.open_ticket(receipt)
    clerk.sees(attack)


def test_the_watch_is_awake(visitor, watch):
    somebody = visitor()
    watch.expect_foreign("https://kabar.example/")  # as far as the network goes; it is noted all the same
    somebody.open("/")
    somebody.page.evaluate(
        """async () => {
          document.body.append(Object.assign(document.createElement("script"), {text: "window.ran = true"}));
          await fetch("https://kabar.example/").catch(() => null);
          setTimeout(() => { throw new Error("salah"); });
          await fetch("/tidak-ada/");
        }"""
    )
    expect(somebody.page.locator("h1")).to_be_visible()
    complaints = "\n".join(watch.faults)
    watch.faults.clear()
    assert not somebody.page.evaluate("window.ran")
    for complaint in ("CSP: script-src-elem", "CSP: connect-src", "script error: salah", "404 for"):
        assert complaint in complaints
