"""What editors write (RegulationPage and its vocabulary), and what the public list reads (RegulationEntry)."""

from .document_text import DocumentPageText, DocumentText
from .entry import DailyReading, RegulationEntry
from .feed_state import FeedState
from .index_page import RegulationIndexPage
from .regulation import RegulationPage
from .relation import RegulationRelation, RegulationStub, RegulationUse
from .vocabulary import Initiator, LegalField, RegulationKind, Subject

__all__ = [
    "DailyReading",
    "DocumentPageText",
    "DocumentText",
    "FeedState",
    "Initiator",
    "LegalField",
    "RegulationEntry",
    "RegulationIndexPage",
    "RegulationKind",
    "RegulationPage",
    "RegulationRelation",
    "RegulationStub",
    "RegulationUse",
    "Subject",
]
