"""The form builder's pages and questions, and the casework's tickets, threads and history."""

from .event import SubmissionEvent
from .form_page import FormField, FormPage
from .mail import OutgoingMail
from .message import Attachment, Message, MessageRevision
from .submission import FormSnapshot, Submission

__all__ = [
    "Attachment",
    "FormField",
    "FormPage",
    "FormSnapshot",
    "Message",
    "MessageRevision",
    "OutgoingMail",
    "Submission",
    "SubmissionEvent",
]
