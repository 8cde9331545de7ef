"""Things that tests need: a site with forms, staff of each role, tickets. Everybody here is invented."""

from .people import make_staff
from .site import CONSULTATION, make_form, make_root, make_site
from .tickets import make_ticket, open_form, send

__all__ = ["CONSULTATION", "make_form", "make_root", "make_site", "make_staff", "make_ticket", "open_form", "send"]
