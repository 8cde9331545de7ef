"""What an import would do, nothing of it stored yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from regulasi.enums import Verb
from regulasi.models import RegulationPage, RegulationStub, Subject

from .files import Upload


@dataclass
class Link:
    """One relation of a row: to another row, to a regulation that is held here, or to one outside."""

    verb: Verb
    name: str  # UU 20/2016
    row: Draft | None = None
    held: RegulationPage | None = None
    stub: RegulationStub | None = None


@dataclass
class Draft:
    """One row: an unsaved page, and what belongs to it besides its fields."""

    row: int
    page: RegulationPage
    subjects: list[Subject]
    file: str  # in the ZIP; empty: none
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """All rows, in their order, and the file that they came in."""

    drafts: list[Draft]
    upload: Upload

    @property
    def new_stubs(self) -> list[RegulationStub]:
        """Regulations outside that are not known yet."""
        found = [link.stub for draft in self.drafts for link in draft.links if link.stub and not link.stub.pk]
        return list({id(stub): stub for stub in found}.values())

    @property
    def pdfs(self) -> int:
        """How many rows bring a PDF."""
        return sum(bool(draft.file) for draft in self.drafts)
