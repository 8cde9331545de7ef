"""Every public page and each of its states, and how a visitor gets there."""

from __future__ import annotations

from collections.abc import Callable

from forms import services
from forms.models import FormPage
from siptenan.accounts.models import User
from tests.e2e.steps import GALLERY, HAKI, QUESTION, RESUME, SIINAS, TRACK, Visitor, photo
from tests.e2e.watch import Watch


def at(path: str) -> Callable[[Visitor], None]:
    """A page as it opens."""
    return lambda visitor, **_: visitor.open(path)


def menu_open(visitor: Visitor, **_) -> None:
    visitor.open("/")
    visitor.page.locator("summary", has_text="Menu").click()


def filters_open(visitor: Visitor, **_) -> None:
    visitor.open("/info/")
    visitor.page.locator("summary", has_text="Saring info").click()


def catalogue_filters_open(visitor: Visitor, **_) -> None:
    visitor.open("/gallery-ikm/?kategori=batik&q=batik")
    visitor.page.locator("summary", has_text="Saring produk").click()


def first_product(visitor: Visitor, **_) -> None:
    visitor.open("/gallery-ikm/")
    visitor.page.locator(".product-card a").first.click()


def first_business(visitor: Visitor, **_) -> None:
    first_product(visitor)
    visitor.page.locator(".product-seller a").click()


def regulation_filters_open(visitor: Visitor, **_) -> None:
    visitor.open("/regulasi/?jenis=uu&q=merek")
    visitor.page.locator("summary", has_text="Saring regulasi").click()


def regulation_report_with_errors(visitor: Visitor, **_) -> None:
    visitor.open("/regulasi/uu-20-2016/lapor/")
    visitor.press("Kirim laporan")
    visitor.sees("Tulis masalah yang Anda temukan.")


def form_with_errors(path: str) -> Callable[[Visitor], None]:
    def show(visitor: Visitor, **_) -> None:
        visitor.open(path)
        visitor.send()
        visitor.sees("Ada yang perlu diperbaiki")

    return show


def gallery_step(number: int) -> Callable[[Visitor], None]:
    def show(visitor: Visitor, **_) -> None:
        visitor.fill_in_product_form(number)

    return show


def gallery_step_with_errors(visitor: Visitor, **_) -> None:
    visitor.fill_in_product_form(3)
    visitor.fill_in({"Harga": "mahal"})
    visitor.press("Lanjut")
    visitor.sees("Ada yang perlu diperbaiki", "Foto 1 sudah sampai")


def gallery_with_two_products(visitor: Visitor, **_) -> None:
    visitor.fill_in_product_form(3)
    visitor.press("Tambah produk lagi")
    visitor.sees("Produk 2", "Hapus Produk 2")


def gallery_check(visitor: Visitor, **_) -> None:
    visitor.fill_in_product_form(4)
    visitor.press("Periksa jawaban")
    visitor.sees("Periksa jawaban Anda")


def gallery_receipt(visitor: Visitor, **_) -> None:
    gallery_check(visitor)
    visitor.page.get_by_role("button", name="Kirim Formulir").last.click()
    visitor.receipt()


def draft_came_back(visitor: Visitor, **_) -> None:
    visitor.fill_in_product_form(2)
    visitor.open(GALLERY)
    visitor.sees("Isian Anda yang tadi sudah kembali", "Lanjut ke langkah 2")


def network_lost(visitor: Visitor, watch: Watch, **_) -> None:
    watch.expect_cuts()
    visitor.open(HAKI)
    visitor.fill_in(QUESTION)
    visitor.page.route("**/*kirim", lambda route: route.abort("internetdisconnected"))
    visitor.send()
    visitor.sees("Belum terkirim: jaringan terputus")


def form_closed(visitor: Visitor, closed_form: FormPage, **_) -> None:
    visitor.open(closed_form.url)
    visitor.sees("Formulir ini sedang ditutup")


def receipt(visitor: Visitor, **_) -> None:
    visitor.open(HAKI)
    visitor.fill_in(QUESTION)
    visitor.send()
    visitor.receipt()


def form_saved(visitor: Visitor, **_) -> None:
    visitor.fill_in_product_form(3)
    visitor.save()


def form_resumed(visitor: Visitor, **_) -> None:
    visitor.fill_in_product_form(3)
    visitor.resume(visitor.save())
    visitor.sees("Isian Anda sudah kembali.", "Foto 1 sudah sampai")


def code_with_error(visitor: Visitor, **_) -> None:
    visitor.resume("2222-222-222")
    visitor.sees("Kode ini tidak dikenal")


def track_with_error(visitor: Visitor, sent, **_) -> None:
    visitor.track(sent(QUESTION), "000")
    visitor.sees("Nomor atau PIN tidak cocok")


def ticket_new(visitor: Visitor, sent, **_) -> None:
    visitor.track(sent(QUESTION))
    visitor.sees("Belum ada jawaban")


def ticket_answered(visitor: Visitor, sent, ticket_of, **_) -> None:
    sent_one = sent(QUESTION)
    services.reply(
        ticket_of(sent_one), "Ya, bisa. Silakan datang ke kantor kami.", by=User.objects.get(username="petugas")
    )
    visitor.track(sent_one)
    visitor.fill_in({"Keterangan tambahan": "Ini foto labelnya."})
    visitor.field("Foto").set_input_files(photo())
    visitor.press("Kirim keterangan")
    visitor.sees("Keterangan Anda sudah masuk")


def ticket_with_error(visitor: Visitor, sent, **_) -> None:
    visitor.track(sent(QUESTION))
    visitor.press("Kirim keterangan")
    visitor.sees("Keterangan tambahan belum diisi.")


def login_with_error(visitor: Visitor, **_) -> None:
    visitor.open("/login/")
    visitor.field("Nama pengguna").fill("siapa")
    visitor.field("Sandi").fill("salah-sandi")
    visitor.press("Masuk")
    visitor.sees("Nama pengguna atau sandi tidak cocok")


STATES = {
    "home": at("/"),
    "home, menu open": menu_open,
    "kalindri": at("/kalindri/"),
    "haki": at(HAKI),
    "haki with errors": form_with_errors(HAKI),
    "siinas": at(SIINAS),
    "gallery form": at(GALLERY),
    "gallery form with errors": form_with_errors(GALLERY),
    "gallery form, second step": gallery_step(2),
    "gallery form, photo has come": gallery_step(3),
    "gallery form, third step with errors": gallery_step_with_errors,
    "gallery form, two products": gallery_with_two_products,
    "gallery form, check": gallery_check,
    "gallery form, receipt": gallery_receipt,
    "draft came back": draft_came_back,
    "network lost": network_lost,
    "closed form": form_closed,
    "receipt": receipt,
    "form saved": form_saved,
    "form resumed": form_resumed,
    "code": at(RESUME),
    "code with error": code_with_error,
    "track": at(TRACK),
    "track with error": track_with_error,
    "ticket, new": ticket_new,
    "ticket, answered": ticket_answered,
    "ticket with error": ticket_with_error,
    "gallery": at("/gallery-ikm/"),
    "gallery, filters open": catalogue_filters_open,
    "gallery, nothing found": at("/gallery-ikm/?q=zxqwv"),
    "gallery, in figures": at("/gallery-ikm/data/"),
    "product": first_product,
    "business": first_business,
    "regulasi": at("/regulasi/"),
    "regulasi, filters open": regulation_filters_open,
    "regulasi, found in a PDF": at("/regulasi/?q=peragaan&urut=nomor"),
    "regulasi, nothing found": at("/regulasi/?q=zxqwv"),
    "regulation": at("/regulasi/uu-20-2016/"),
    "regulation, revoked": at("/regulasi/pp-28-2019/"),
    "regulation, not yet in force": at("/regulasi/pp-33-2026/"),
    "regulation, report": at("/regulasi/uu-20-2016/lapor/"),
    "regulation, report with errors": regulation_report_with_errors,
    "info": at("/info/"),
    "info, filters open": filters_open,
    "info, filtered": at("/info/?jenis=agenda"),
    "info, nothing found": at("/info/?label=tidak-ada"),
    "guide": at("/info/cara-mendaftarkan-merek/"),
    "event": at("/info/contoh-klinik-merek/"),
    "contact": at("/contact/"),
    "search": at("/cari/"),
    "search, found": at("/cari/?q=merek"),
    "search, one kind": at("/cari/?q=batik&jenis=produk"),
    "search, kind without any": at("/cari/?q=merek&jenis=produk"),
    "search, nothing found": at("/cari/?q=zxqwv"),
    "search, only near": at("/cari/?q=tempe+zxqwv"),
    "search, too long": at(f"/cari/?q={'merek+' * 60}"),
    "standar pelayanan": at("/standar-pelayanan/"),
    "privasi": at("/privasi/"),
    "aksesibilitas": at("/aksesibilitas/"),
    "400": at("/%ff/"),
    "404": at("/tidak-ada/"),
    "login": at("/login/"),
    "login with error": login_with_error,
}
