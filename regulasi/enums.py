"""The fixed words of regulations: what one does to another, how it stands, where it was promulgated."""

from __future__ import annotations

from django.db import models


class Act(models.TextChoices):
    """What one regulation does to another, always from the side of the one that acts."""

    REVOKES = "mencabut", "Mencabut"
    AMENDS = "mengubah", "Mengubah"
    IMPLEMENTS = "melaksanakan", "Melaksanakan"
    REFERS = "merujuk", "Merujuk"

    def words(self, *, passive: bool = False, is_partial: bool = False) -> str:
        """The heading above the other end: "Mencabut", "Dicabut sebagian dengan"."""
        active, suffered = _WORDS[self]
        if not is_partial:
            return suffered if passive else active
        return suffered.replace(" ", " sebagian ", 1) if passive else f"{active} sebagian"


_WORDS: dict[Act, tuple[str, str]] = {
    Act.REVOKES: ("Mencabut", "Dicabut dengan"),
    Act.AMENDS: ("Mengubah", "Diubah dengan"),
    Act.IMPLEMENTS: ("Melaksanakan", "Dilaksanakan dengan"),
    Act.REFERS: ("Merujuk", "Dirujuk oleh"),
}
CHANGING_ACTS = frozenset({Act.REVOKES, Act.AMENDS})  # what they are done to is never younger


class Verb(models.TextChoices):
    """What an editor chooses on a page: an act, or the other end of one."""

    REVOKES = "mencabut", "mencabut"
    REVOKED = "dicabut", "dicabut dengan"
    AMENDS = "mengubah", "mengubah"
    AMENDED = "diubah", "diubah dengan"
    IMPLEMENTS = "melaksanakan", "melaksanakan"
    IMPLEMENTED = "dilaksanakan", "dilaksanakan dengan"
    REFERS = "merujuk", "merujuk"
    REFERRED = "dirujuk", "dirujuk oleh"

    @property
    def act(self) -> Act:
        """The same seen from the side that acts."""
        return _ACTS[self]

    @property
    def is_passive(self) -> bool:
        """Whether the page is what it is done to."""
        return self.value not in Act.values


_ACTS: dict[Verb, Act] = {
    Verb.REVOKES: Act.REVOKES, Verb.REVOKED: Act.REVOKES, Verb.AMENDS: Act.AMENDS, Verb.AMENDED: Act.AMENDS,
    Verb.IMPLEMENTS: Act.IMPLEMENTS, Verb.IMPLEMENTED: Act.IMPLEMENTS, Verb.REFERS: Act.REFERS,
    Verb.REFERRED: Act.REFERS,
}  # fmt: skip


class Status(models.TextChoices):
    """How a regulation stands on a day. Never stored: see regulasi.status."""

    IN_FORCE = "berlaku", "Berlaku"
    AMENDED = "diubah", "Berlaku, diubah"
    PARTLY_REVOKED = "dicabut-sebagian", "Berlaku, dicabut sebagian"
    NOT_YET = "belum-berlaku", "Belum berlaku"
    NOT_IN_FORCE = "tidak-berlaku", "Tidak berlaku"

    @property
    def is_in_force(self) -> bool:
        """Whether it binds, changed or not."""
        return self in IN_FORCE

    @property
    def facet(self) -> Status:
        """The one of three that visitors filter by: what was amended is still in force."""
        return Status.IN_FORCE if self.is_in_force else self


IN_FORCE = frozenset({Status.IN_FORCE, Status.AMENDED, Status.PARTLY_REVOKED})
STATUS_FACETS = (Status.IN_FORCE, Status.NOT_YET, Status.NOT_IN_FORCE)  # in the order they are offered


class Gazette(models.TextChoices):
    """Where a regulation was promulgated."""

    STATE = "LN", "Lembaran Negara (LN)"
    STATE_NEWS = "BN", "Berita Negara (BN)"
    REGIONAL = "LD", "Lembaran Daerah (LD)"
    REGIONAL_NEWS = "BD", "Berita Daerah (BD)"

    @property
    def supplement(self) -> str:
        """Its supplement: TLN for LN."""
        return f"T{self.value}"


class TextState(models.TextChoices):
    """How far reading the text of a PDF is."""

    WAITING = "menunggu", "Menunggu dibaca"
    RUNNING = "dibaca", "Sedang dibaca"
    DONE = "selesai", "Selesai"
    NO_TEXT = "tanpa-teks", "Tanpa teks (hasil pindai)"
    FAILED = "gagal", "Gagal dibaca"
