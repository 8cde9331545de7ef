"""The main job, end to end: ask, be answered, read the answer."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import segno
from PIL import Image
from playwright.sync_api import Error, expect

from forms import services
from forms.models import Submission
from siptenan.accounts.models import User
from tests.e2e.steps import (
    DESKTOP,
    GALLERY,
    HAKI,
    PHONE,
    PRODUCT_STEPS,
    QUESTION,
    SIINAS,
    TICKET,
    TRACK,
    Officer,
    photo,
)
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.e2e

REPLY = "Ya, bisa. Silakan bawa contoh label ke kantor kami."
NUMBER = re.compile(r"HAKI-[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_question_is_asked_answered_and_read(visitor, open_browser, size):
    asker = visitor(size)
    asker.open("/")
    if size is PHONE:
        asker.page.locator("summary", has_text="Menu").click()
    asker.page.locator("header").get_by_role("link", name="KALINDRI").locator("visible=true").click()
    asker.follow("FORM KONSULTASI HAKI (MEREK)")
    asker.fill_in(QUESTION)
    asker.send()
    receipt = asker.receipt()
    asker.sees("Dijawab paling lambat", *QUESTION.values())
    expect(asker.page.get_by_role("link", name="Kirim nomor ini ke WhatsApp petugas")).to_be_visible()

    officer = Officer(open_browser(DESKTOP).new_page())
    officer.sign_in("petugas", PASSWORD)
    officer.sees("Belum ada petugas")
    officer.open_ticket(receipt)
    officer.sees(*QUESTION.values())
    officer.reply(REPLY)
    officer.sees("Balasan terkirim", REPLY, "Dijawab")

    reader = visitor(size)  # at home, on another device
    reader.track(receipt)
    reader.sees(receipt.number, REPLY, "Dijawab")
    reader.does_not_see("Petugas Contoh")
    reader.fill_in({"Keterangan tambahan": "Ini foto labelnya."})
    reader.field("Foto").set_input_files(photo())
    reader.press("Kirim keterangan")
    reader.sees("Keterangan Anda sudah masuk", "Ini foto labelnya.")
    assert is_drawn(reader.page.get_by_alt_text("Foto dari Anda"))

    officer.open_ticket(receipt)
    officer.sees("Ini foto labelnya.", "Diproses")
    assert is_drawn(officer.page.get_by_alt_text("Foto dari pemohon"))

    reader.press("Tutup halaman ini")
    expect(reader.page.locator("h1")).to_have_text("Lacak tiket")
    for _ in range(3):
        reader.page.go_back()
        reader.does_not_see(receipt.number, REPLY, *QUESTION.values())
        assert set(
            reader.page.locator("input:not([type=hidden])").evaluate_all("all => all.map(one => one.value)")
        ) <= {""}


def is_drawn(image) -> bool:
    """Whether a picture has arrived and could be decoded."""
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    return image.evaluate("image => image.naturalWidth") > 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_errors_lead_to_their_fields_and_nothing_typed_is_lost(visitor, size):
    asker = visitor(size)
    asker.open(HAKI)
    asker.fill_in({"Nama Lengkap": "Ibu Contoh", "Email": "ibu@"})
    asker.send()
    summary = asker.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    assert summary.get_by_role("link").all_inner_texts() == [
        "Nama Usaha/Perusahaan belum diisi.",
        "Alamat belum diisi.",
        "Pertanyaan belum diisi.",
        "Email: Alamat email belum lengkap. Contoh: nama@contoh.id.",
    ]
    assert asker.typed(["Nama Lengkap", "Email"]) == {"Nama Lengkap": "Ibu Contoh", "Email": "ibu@"}
    for label, error in {"Alamat": "Alamat belum diisi.", "Pertanyaan": "Pertanyaan belum diisi."}.items():
        summary.get_by_role("link", name=error).click()
        expect(asker.field(label)).to_be_focused()
        expect(asker.field(label)).to_have_attribute("aria-invalid", "true")
        expect(asker.field(label)).to_have_accessible_description(re.compile(re.escape(error)))
        expect(asker.page.locator("label", has_text=label).first).to_be_in_viewport()
    expect(asker.field("Nama Lengkap")).not_to_have_attribute("aria-invalid", "true")
    asker.fill_in({**QUESTION, "Email": ""})
    asker.send()
    assert NUMBER.fullmatch(asker.receipt().number)


def test_a_double_press_and_a_reload_make_no_second_ticket(visitor):
    asker = visitor()
    before = Submission.objects.count()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    asker.page.get_by_role("button", name="Kirim Pertanyaan").dblclick()
    receipt = asker.receipt()
    asker.page.reload()
    assert asker.receipt() == receipt
    assert Submission.objects.count() == before + 1


def test_reload_and_back_make_no_second_ticket_without_javascript(visitor):
    asker = visitor(js=False)
    before = Submission.objects.count()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    asker.page.get_by_role("button", name="Kirim Pertanyaan").dblclick()
    receipt = asker.receipt()
    asker.page.reload()
    assert asker.receipt() == receipt
    asker.page.go_back()
    assert asker.typed(QUESTION) == QUESTION
    asker.send()
    assert asker.receipt() == receipt
    assert Submission.objects.count() == before + 1


def test_back_after_a_mended_error_shows_the_form_not_the_browsers_own_page(visitor):
    asker = visitor(js=False)
    asker.open(HAKI)
    asker.fill_in({"Nama Lengkap": QUESTION["Nama Lengkap"]})
    asker.send()
    asker.sees("Ada yang perlu diperbaiki")
    asker.fill_in(QUESTION)
    asker.send()
    receipt = asker.receipt()
    asker.page.go_back()
    assert asker.typed(QUESTION) == QUESTION
    asker.send()
    assert asker.receipt() == receipt


def test_the_receipt_can_be_kept_and_its_qr_opens_the_ticket(visitor):
    asker = visitor()
    asker.open(HAKI)
    asker.fill_in(QUESTION)
    asker.send()
    receipt = asker.receipt()
    assert drawn_modules(asker.page.locator(".qr svg")) == [
        list(row) for row in segno.make(receipt.link, error="m").matrix
    ]
    asker.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asker.press("Salin nomor tiket")
    expect(asker.page.get_by_role("status")).to_have_text("Nomor tiket tersalin")
    assert asker.page.evaluate("navigator.clipboard.readText()") == receipt.number
    with asker.page.expect_download() as download:
        asker.follow("Simpan sebagai gambar")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    asker.page.emulate_media(media="print")
    asker.sees(receipt.number, f"{receipt.pin[:3]} {receipt.pin[3:]}", "WIB", *QUESTION.values())
    expect(asker.page.locator(".site-footer")).to_be_hidden()

    reader = visitor()
    reader.open(receipt.link)
    expect(reader.page).to_have_url(re.compile(f"{TICKET}$"))
    reader.sees(receipt.number, "Belum ada jawaban")


def drawn_modules(svg) -> list[list[int]]:
    """The QR code as it stands on the screen: rows of 0 and 1, its quiet zone of four modules cut off."""
    picture = Image.open(BytesIO(svg.screenshot())).convert("L")
    modules = round(picture.width / 4)  # the page draws a module four pixels wide
    dots = [[int(picture.getpixel((4 * x + 2, 4 * y + 2)) < 128) for x in range(modules)] for y in range(modules)]
    quiet = [*dots[:4], *dots[-4:], *([row[:4] + row[-4:] for row in dots])]
    assert not any(any(row) for row in quiet)
    return [row[4:-4] for row in dots[4:-4]]


@pytest.mark.parametrize("form", [HAKI, SIINAS], ids=["haki", "siinas"])
def test_without_javascript(visitor, form, ticket_of):
    answers = QUESTION
    asker = visitor(js=False)
    asker.open("/")
    asker.page.locator("summary", has_text="Menu").click()
    asker.page.locator("header").get_by_role("link", name="KALINDRI").locator("visible=true").click()
    asker.page.locator(f".choice[href='{form}']").click()
    given = dict(list(answers.items())[:2])
    asker.fill_in(given)
    asker.send()
    asker.sees("Ada yang perlu diperbaiki")
    assert asker.typed(given) == given
    asker.fill_in(answers)
    asker.send()
    receipt = asker.receipt()
    expect(asker.page.locator("[data-copy], [data-print]").locator("visible=true")).to_have_count(0)

    services.reply(ticket_of(receipt), REPLY, by=User.objects.get(username="petugas"))
    reader = visitor(js=False)
    reader.track(receipt)
    reader.sees(receipt.number, REPLY)
    reader.fill_in({"Keterangan tambahan": "Ini foto labelnya."})
    reader.field("Foto").set_input_files(photo())
    reader.press("Kirim keterangan")
    reader.sees("Keterangan Anda sudah masuk", "Ini foto labelnya.")
    reader.press("Tutup halaman ini")
    reader.open(TICKET)
    expect(reader.page).to_have_url(re.compile(f"{TRACK}$"))
    reader.does_not_see(receipt.number, REPLY)


def test_number_alone_shows_nothing_and_wrong_pins_lock_it(visitor, sent):
    receipt = sent(QUESTION)
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    guesser = visitor(js=False)
    guesser.track(receipt, wrong)
    guesser.sees("Nomor atau PIN tidak cocok")
    guesser.does_not_see(*QUESTION.values(), "Form Konsultasi HAKI")
    for _ in range(9):
        guesser.page.request.post(TRACK, form={"reference": receipt.number, "pin": wrong})

    owner = visitor()  # the number is locked, also for who is not guessing
    owner.track(receipt)
    owner.sees("Nomor ini dikunci sementara", "WIB")
    owner.does_not_see(*QUESTION.values())
    owner.open(receipt.link)  # the secret link is no guess
    owner.sees(receipt.number)


def test_the_gallery_form_step_by_step_without_javascript(visitor, ticket_of):
    """B1, B9: errors and photos in between, a look at everything, a change, and one ticket with all of it."""
    asker = visitor(js=False)
    asker.open(GALLERY)
    asker.press("Lanjut")
    asker.sees("Ada yang perlu diperbaiki", "NIK belum diisi", "Langkah 1 dari 4")
    for number, answers in enumerate(PRODUCT_STEPS[:3], 1):
        asker.sees(f"Langkah {number} dari 4")
        asker.fill_in(answers)
        if number == 3:
            asker.page.locator("[type=file]").set_input_files([photo()])
            asker.press("Kembali")
            asker.press("Lanjut")
            asker.sees("Foto 1 sudah sampai")
        asker.press("Lanjut")
    asker.press("Periksa jawaban")
    asker.sees("Centang dulu: Saya setuju data saya dipakai seperti di atas.")
    asker.fill_in(PRODUCT_STEPS[3])
    asker.press("Periksa jawaban")
    asker.sees("Periksa jawaban Anda", "3375**********00", "Rp 150.000", "40 potong", "1 foto", "Kauman")
    asker.press("Ubah Tahun Berdiri")
    assert asker.typed({"Tahun Berdiri": ""}) == {"Tahun Berdiri": "2015"}
    asker.fill_in({"Tahun Berdiri": "2016"})
    asker.press("Simpan dan kembali ke pemeriksaan")
    asker.sees("Periksa jawaban Anda", "2016")
    asker.page.get_by_role("button", name="Kirim Formulir", exact=True).last.click()
    receipt = asker.receipt()
    ticket = ticket_of(receipt)
    assert ticket.answers["tahun_berdiri"] == "2016"
    assert ticket.uploads.count() == 1
    reader = visitor(js=False)
    reader.track(receipt)
    reader.sees(receipt.number, "Biodata Pemilik Usaha", "Lihat foto 1")
    asker.press("Tutup halaman ini")
    expect(asker.page).to_have_url(re.compile("/kalindri/$"))
    asker.page.wait_for_load_state()
    asker.page.go_back()
    asker.sees("Bukti kirim tidak ada di browser ini")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser asks before it asks us
        asker.page.go_back()
