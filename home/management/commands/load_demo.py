"""Load the demo site once; a second run changes nothing but the passwords of the demo accounts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from forms.models import FormField, FormPage
from gallery.models import Business, GalleryIndexPage
from home.demo import forms as demo_forms
from home.demo import gallery, info, pages, regulations, standards, tickets
from home.models import ContactPage, HomePage, InfoIndexPage, InfoPage, KalindriPage, StandardPage
from regulasi.models import RegulationIndexPage, RegulationPage
from siptenan.accounts import roles
from siptenan.accounts.models import User
from siptenan.common.models import Channel, OfficeSettings

MAP_URL = "https://www.google.com/maps/search/?api=1&query=Jl.+Majapahit+No+14+Podosugih+Pekalongan"
ACCOUNTS = [
    # user name, first name, last name, role, slugs of the forms he answers
    ("admin", "Kepala", "Contoh", roles.ADMIN, []),
    ("editor", "Editor", "Contoh", roles.EDITOR, []),
    ("petugas", "Petugas", "Contoh", roles.OFFICER, ["konsultasi-haki", "konsultasi-siinas", "gallery-ikm", "pesan"]),
]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--password", default="", help="Password of the demo accounts (default: the setting).")
        parser.add_argument(
            "--without-products", action="store_true", help="Skip the products, whose pictures take a while to draw."
        )

    def handle(self, *args, password: str, without_products: bool, **options) -> None:
        if not hasattr(settings, "DEMO_PASSWORD"):
            raise CommandError("Demo content is not for production.")
        with transaction.atomic():
            if not HomePage.objects.exists():
                self.stdout.write("Memuat isi contoh ...")
                self._load_pages()
                self._load_office()
            if not InfoPage.objects.exists():
                info.load(InfoIndexPage.objects.get())
            if not RegulationPage.objects.exists():
                regulations.load(RegulationIndexPage.objects.get())
            self._load_accounts(password or settings.DEMO_PASSWORD)
            if not FormPage.objects.filter(submissions__isnull=False).exists():
                tickets.load(User.objects.get(username="petugas"))
            if not (without_products or Business.objects.exists()):
                self.stdout.write("Menggambar foto produk contoh ...")
                gallery.load()

    def _load_pages(self) -> None:
        root = Page.get_first_root_node()
        home = self._add(root, HomePage(title="Home", slug="beranda", body=pages.HOME, search_description=(
            "Situs layanan Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan: konsultasi merek dan SIINas, Gallery IKM."
        )))  # fmt: skip
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": home, "site_name": "SIPTENAN"},
        )
        for welcome in root.get_children().exclude(pk=home.pk):
            welcome.specific.delete()  # the page that Wagtail's own migrations made
        kalindri = self._add(home, KalindriPage(
            title="KALINDRI", slug="kalindri", show_in_menus=True,
            introduction="Klinik Layanan Perindustrian. Pilih layanan yang Anda butuhkan.",
            search_description="Klinik Layanan Perindustrian Kota Pekalongan: tanya merek, SIINas, dan Gallery IKM.",
        ))  # fmt: skip
        for spec in demo_forms.FORMS:
            self._add_form(kalindri, spec)
        self._add(home, GalleryIndexPage(
            title="Gallery IKM", slug="gallery-ikm", show_in_menus=True,
            introduction="Produk industri kecil dan menengah Kota Pekalongan.",
            search_description="Katalog produk industri kecil dan menengah Kota Pekalongan.",
        ))  # fmt: skip
        self._add(home, RegulationIndexPage(
            title="Regulasi", slug="regulasi", show_in_menus=True,
            introduction="Peraturan tentang industri, merek, dan usaha kecil.",
            search_description="Peraturan tentang industri, merek, dan usaha kecil di Kota Pekalongan.",
        ))  # fmt: skip
        self._add(home, InfoIndexPage(
            title="Info Lainnya", slug="info", show_in_menus=True,
            introduction="Berita, panduan, dan pengumuman untuk IKM.",
            search_description="Berita, panduan, dan pengumuman untuk industri kecil dan menengah Kota Pekalongan.",
        ))  # fmt: skip
        contact = self._add(home, ContactPage(
            title="Contact", slug="contact", show_in_menus=True,
            introduction="Datang, telepon, atau tulis kepada kami.",
            search_description="Alamat, telepon, email, dan jam layanan dinas.",
        ))  # fmt: skip
        self._add_form(contact, demo_forms.CONTACT_FORM)
        self._add(home, StandardPage(
            title="Standar pelayanan", slug="standar-pelayanan", body=standards.BODY,
            introduction="Apa yang dapat Anda harapkan dari kami, dan apa yang kami lakukan bila tidak menepatinya.",
            search_description="Standar pelayanan KALINDRI: syarat, waktu, biaya, jaminan, dan cara mengadu.",
        ))  # fmt: skip
        self._add(home, StandardPage(
            title="Kebijakan privasi", slug="privasi", body=[("paragraph", RichText(pages.PRIVACY))],
            search_description="Data apa yang kami simpan, untuk apa, dan hak Anda.",
        ))  # fmt: skip
        self._add(home, StandardPage(
            title="Pernyataan aksesibilitas", slug="aksesibilitas", body=[("paragraph", RichText(pages.ACCESSIBILITY))],
            search_description="Bagaimana situs ini dibuat agar dapat dipakai semua orang.",
        ))  # fmt: skip

    def _add(self, parent: Page, page: Page) -> Page:
        page.live = False
        parent.add_child(instance=page)
        page.save_revision().publish()
        return page

    def _add_form(self, parent: Page, spec: dict) -> None:
        values = {key: value for key, value in spec.items() if key != "questions"}
        page = FormPage(help_contact=pages.CONTACT_HELP, **values)
        page.form_fields = [FormField(sort_order=order, **row) for order, row in enumerate(spec["questions"])]
        self._add(parent, page)

    def _load_office(self) -> None:
        Channel.objects.get_or_create(code="qr-pameran", defaults={"name": "QR pameran"})
        office = OfficeSettings.load()
        office.whatsapp = office.whatsapp or "+6281200000000"
        office.map_url = office.map_url or MAP_URL
        office.save()

    def _load_accounts(self, password: str) -> None:
        if not password:
            raise CommandError("Set SIPTENAN_DEMO_PASSWORD or give --password.")
        for username, first_name, last_name, role, slugs in ACCOUNTS:
            user, created = User.objects.get_or_create(
                username=username,
                defaults={
                    "first_name": first_name,
                    "last_name": last_name,
                    "email": f"{username}@example.id",
                },
            )
            if created:
                user.groups.set([Group.objects.get(name=role)])
                user.assigned_forms.set(FormPage.objects.filter(slug__in=slugs))
            if not user.check_password(password):
                user.set_password(password)
                user.save(update_fields=["password"])
