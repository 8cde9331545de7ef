"""Models that every room of the house uses."""

from .calendar import Holiday, OfficeSettings, WorkingHours
from .generation import Generation
from .media import SiteDocument, SiteImage, SiteRendition
from .pages import BasePage
from .reference import Channel, Commodity, Kelurahan, Unit
from .share import ShareImage
from .throttle import ThrottleCounter

__all__ = [
    "BasePage",
    "Channel",
    "Commodity",
    "Generation",
    "Holiday",
    "Kelurahan",
    "OfficeSettings",
    "ShareImage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "ThrottleCounter",
    "Unit",
    "WorkingHours",
]
