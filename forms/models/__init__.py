"""The form builder's pages and questions, and the casework's tickets, threads and history."""

from .event import SubmissionEvent
from .form_field import FormField
from .form_page import FormPage
from .mail import OutgoingMail
from .message import Attachment, Message, MessageRevision
from .saved_form import SavedForm
from .submission import FormSnapshot, Submission
from .upload import UnfinishedUpload, Upload, UploadPiece

__all__ = [
    "Attachment",
    "FormField",
    "FormPage",
    "FormSnapshot",
    "Message",
    "MessageRevision",
    "OutgoingMail",
    "SavedForm",
    "Submission",
    "SubmissionEvent",
    "UnfinishedUpload",
    "Upload",
    "UploadPiece",
]
