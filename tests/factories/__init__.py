"""Things that tests need: a site with forms, staff of each role, tickets. Everybody here is invented."""

from .every_type import make_every_type
from .gallery import make_business, make_image, make_product
from .info import make_event, make_info, make_info_index
from .people import make_staff
from .registrations import make_gallery_form, make_registration
from .regulations import (
    make_document,
    make_regulation,
    make_regulation_index,
    make_stub,
    relate,
    relation,
)
from .site import CONSULTATION, make_form, make_root, make_site, publish, text
from .tickets import make_ticket, open_form, send

__all__ = [
    "CONSULTATION",
    "make_business",
    "make_document",
    "make_event",
    "make_every_type",
    "make_form",
    "make_gallery_form",
    "make_image",
    "make_info",
    "make_info_index",
    "make_product",
    "make_registration",
    "make_regulation",
    "make_regulation_index",
    "make_root",
    "make_site",
    "make_staff",
    "make_stub",
    "make_ticket",
    "open_form",
    "publish",
    "relate",
    "relation",
    "send",
    "text",
]
