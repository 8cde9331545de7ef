"""Statuses of a ticket, the moves that are allowed between them, and the kinds of what happens to it."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    """Where a ticket stands."""

    NEW = "baru", "Baru"
    IN_PROGRESS = "diproses", "Diproses"
    WAITING = "menunggu_pemohon", "Menunggu pemohon"
    ANSWERED = "dijawab", "Dijawab"
    DONE = "selesai", "Selesai"
    REJECTED = "ditolak", "Ditolak"
    SPAM = "spam", "Spam"
    # Of registrations (gallery.procedure); the other moves between them are there.
    EXAMINED = "diperiksa", "Diperiksa"
    NEEDS_CORRECTION = "perlu_perbaikan", "Perlu perbaikan"
    APPROVED = "disetujui", "Disetujui"


# Open tickets are counted in the menu; those that need action are the officers', not the visitor's, turn.
NEEDS_ACTION = frozenset({Status.NEW, Status.IN_PROGRESS, Status.EXAMINED})
PAUSED = frozenset({Status.WAITING, Status.NEEDS_CORRECTION})  # the clock stands still
OPEN = NEEDS_ACTION | PAUSED
CLOSED = frozenset({Status.DONE, Status.REJECTED, Status.SPAM, Status.APPROVED})
ANSWERS = frozenset({Status.ANSWERED, Status.APPROVED})  # what the office promised a date for

# The moves of a consultation: what a button on the ticket page may do. Other procedures: forms.procedures.
MOVES: dict[Status, tuple[Status, ...]] = {
    Status.NEW: (Status.IN_PROGRESS, Status.REJECTED, Status.SPAM),
    Status.IN_PROGRESS: (Status.WAITING, Status.ANSWERED, Status.REJECTED, Status.SPAM),
    Status.WAITING: (Status.IN_PROGRESS, Status.ANSWERED, Status.REJECTED),
    Status.ANSWERED: (Status.DONE, Status.IN_PROGRESS),
    Status.DONE: (Status.IN_PROGRESS,),
    Status.REJECTED: (Status.IN_PROGRESS,),
    Status.SPAM: (Status.NEW,),
}

# The same moves as words on a button; a move that is not here shows the target's name.
MOVE_LABELS: dict[tuple[Status, Status], str] = {
    (Status.NEW, Status.IN_PROGRESS): "Mulai proses",
    (Status.NEW, Status.REJECTED): "Tolak",
    (Status.NEW, Status.SPAM): "Tandai spam",
    (Status.IN_PROGRESS, Status.WAITING): "Tunggu pemohon",
    (Status.IN_PROGRESS, Status.ANSWERED): "Tandai sudah dijawab",
    (Status.IN_PROGRESS, Status.REJECTED): "Tolak",
    (Status.IN_PROGRESS, Status.SPAM): "Tandai spam",
    (Status.WAITING, Status.IN_PROGRESS): "Lanjutkan proses",
    (Status.WAITING, Status.ANSWERED): "Tandai sudah dijawab",
    (Status.WAITING, Status.REJECTED): "Tolak",
    (Status.ANSWERED, Status.DONE): "Selesaikan",
    (Status.ANSWERED, Status.IN_PROGRESS): "Buka lagi",
    (Status.DONE, Status.IN_PROGRESS): "Buka lagi",
    (Status.REJECTED, Status.IN_PROGRESS): "Buka lagi",
    (Status.SPAM, Status.NEW): "Bukan spam",
}
# A rejection must say why, since the visitor reads it.
REASON_REQUIRED = frozenset({Status.REJECTED})


class EventKind(models.TextChoices):
    """What happened to a ticket; the history shows the label."""

    SUBMITTED = "submitted", "Tiket masuk"
    RESENT = "resent", "Dikirim ulang dengan isi lain"
    MOVED = "moved", "Status diubah"
    ASSIGNED = "assigned", "Disposisi"
    REPLIED = "replied", "Balasan dikirim"
    REPLY_EDITED = "reply_edited", "Balasan diubah"
    NOTED = "noted", "Catatan internal ditambah"
    ADDED = "added", "Pemohon menambah keterangan"
    CORRECTED = "corrected", "Pemohon memperbaiki data"
    CHECKED = "checked", "Pemeriksaan dicatat"
    RECORD_CHANGED = "record_changed", "Data diubah petugas"
    LINKED = "linked", "Hubungan IKM"
    PIN_ISSUED = "pin_issued", "PIN baru dibuat"
    WHATSAPP_OPENED = "whatsapp_opened", "WhatsApp dibuka"
    CONTACT_OUTCOME = "contact_outcome", "Hasil kontak WhatsApp"
    VIEWED = "viewed", "Tiket dilihat"
    EXPORTED = "exported", "Ikut diekspor"
    NIK_REVEALED = "nik_revealed", "NIK dibuka"
    ANONYMISED = "anonymised", "Data pribadi dihapus"
    DUE_CHANGED = "due_changed", "Batas jawaban dihitung ulang"
    MAIL_FAILED = "mail_failed", "Surel gagal dikirim"


class MessageKind(models.TextChoices):
    """Who may read a message: replies and additions the visitor too, notes never."""

    REPLY = "reply", "Balasan"
    ADDITION = "addition", "Keterangan pemohon"
    NOTE = "note", "Catatan internal"


class ContactOutcome(models.TextChoices):
    """How an attempt to reach the visitor by WhatsApp ended."""

    SENT = "terkirim", "Terkirim"
    INACTIVE = "tidak_aktif", "Nomor tidak aktif"
    NO_ANSWER = "tidak_dijawab", "Tidak dijawab"


class AnswerRole(models.TextChoices):
    """What an answer means to the inbox, whatever its question is called."""

    NONE = "", "—"
    BUSINESS = "business", "Nama usaha"
    CONTACT = "contact_name", "Nama pemohon"
    PHONE = "phone", "Nomor WhatsApp pemohon"
    EMAIL = "email", "Email pemohon"
    QUESTION = "question", "Isi pertanyaan"
