"""Page types of the public face. `home` alone composes the other rooms."""

from home.models.contact import ContactPage
from home.models.home_page import HomePage
from home.models.info import EventPage, InfoCategory, InfoIndexPage, InfoPage, InfoTag
from home.models.kalindri import KalindriPage
from home.models.standard import StandardPage

__all__ = [
    "ContactPage",
    "EventPage",
    "HomePage",
    "InfoCategory",
    "InfoIndexPage",
    "InfoPage",
    "InfoTag",
    "KalindriPage",
    "StandardPage",
]
