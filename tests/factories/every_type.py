"""One public page of every type, for tests that walk them all."""

from __future__ import annotations

from wagtail.models import Page

from gallery.models import GalleryIndexPage
from home.models import ContactPage, HomePage, StandardPage

from .info import make_event, make_info, make_info_index
from .regulations import make_regulation, make_regulation_index
from .site import publish, text


def make_every_type(home: HomePage) -> list[Page]:
    """Return all pages of a site that has one of every type at least; `home` has KALINDRI and a form already."""
    make_info_index(home)
    make_info("Berita contoh")
    make_event("Acara contoh")
    publish(home, GalleryIndexPage(title="Gallery IKM", slug="gallery-ikm", introduction="Produk IKM."))
    make_regulation_index(home)
    make_regulation()
    publish(home, ContactPage(title="Contact", slug="contact", introduction="Datang atau telepon."))
    publish(home, StandardPage(title="Kebijakan privasi", slug="privasi", body=text("<p>Data Anda.</p>")))
    return list(home.get_descendants(inclusive=True).specific())
