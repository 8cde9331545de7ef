"""Fill the list with invented regulations by the thousand, each with pages of text, to measure the search."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale
from wagtail.signal_handlers import disable_reference_index_auto_update

from regulasi import composition, entries
from regulasi.enums import TextState
from regulasi.models import (
    DocumentPageText,
    DocumentText,
    Initiator,
    LegalField,
    RegulationIndexPage,
    RegulationKind,
    RegulationPage,
    Subject,
)
from siptenan.common.models import SiteDocument

PREFIX = "uji-"  # of every address that this command makes
SEED = 2026
BATCH = 500
PAGES = 20
WORDS_A_PAGE = 300
COMMON = "ketentuan"  # on every page
COMMON_PHRASE = "peraturan menteri"  # the same
SCATTERED = ("wajib", "lapor", "tahunan")  # each on every page, but seldom together:
RARE_PHRASE = " ".join(SCATTERED)  # in one regulation of so many:
RARE, PHRASE, RARELY = "kuningan", "permohonan pendaftaran merek", 20
YEARS = range(1990, 2026)
TOPICS = ("Merek", "Batik", "Industri Kecil", "Tenaga Kerja", "Retribusi", "Perizinan Berusaha", "Standardisasi")
# A PDF of one empty page; its words are invented, so there is nothing to draw.
FILE = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n%%%% %d\n"
)
STARTS = ("ba", "ke", "pe", "me", "di", "ter", "se", "pra", "ka", "su", "wa", "ja", "lo", "mu", "ri", "ta", "ngu", "ha")
ENDS = ("kan", "an", "i", "ur", "ang", "is", "at", "or", "um", "ek", "in", "al", "as", "ik", "ap", "un")


class Command(BaseCommand):
    """Makes published regulations with pages of text and an empty PDF each; a second run makes more."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, help="how many regulations")
        parser.add_argument("--pages", type=int, default=PAGES, help="pages of text of each")
        parser.add_argument("--yes", action="store_true", help="also beside real regulations")

    def handle(self, *, count: int, **options: Any) -> None:
        real = RegulationPage.objects.exclude(slug__startswith=PREFIX).count()
        if real and not options["yes"]:
            raise CommandError(f"This database holds {real} regulations that I did not invent. Add --yes to go on.")
        index = RegulationIndexPage.objects.live().first()
        if index is None:
            raise CommandError("There is no published list of regulations to put them in.")
        made = RegulationPage.objects.filter(slug__startswith=PREFIX).count()
        maker = _Maker(random.Random(SEED + made), options["pages"])  # noqa: S311 - nothing secret
        last = made + count
        while made < last:
            batch = min(BATCH, last - made)
            with transaction.atomic():
                maker.make(index, made, batch)
            made += batch
        self.stdout.write(f"{count} regulations")


class _Maker:
    """Regulations in bulk; what Wagtail does for one page after the other is done here for all."""

    def __init__(self, chance: random.Random, pages: int) -> None:
        self.chance, self.pages = chance, pages
        self.kinds = list(RegulationKind.objects.all())
        self.initiators = list(Initiator.objects.all())
        self.fields = list(LegalField.objects.all())
        self.subjects = list(Subject.objects.all())
        self.content_type = ContentType.objects.get_for_model(RegulationPage)
        self.locale = Locale.get_active()
        steady = random.Random(SEED)  # noqa: S311 - the same words in every run
        self.words = [
            f"{steady.choice(STARTS)}{steady.choice(STARTS)}{steady.choice(ENDS)}{steady.choice(ENDS)}"
            for _ in range(5_000)
        ]
        # As in a language: the second word half as often as the first, the third a third as often (Zipf).
        self.weights = list(itertools.accumulate(1 / place for place in range(1, len(self.words) + 1)))

    def make(self, index: RegulationIndexPage, first: int, count: int) -> None:
        """Make one batch below the list."""
        documents = SiteDocument.objects.bulk_create(self._document(first + number) for number in range(count))
        DocumentText.objects.bulk_create(  # read already, or the worker would replace the words by those of the files
            DocumentText(document=document, state=TextState.DONE, file_hash=document.file_hash, pages=self.pages)
            for document in documents
        )
        index.refresh_from_db()
        child = index.get_last_child()
        path = child._inc_path() if child else index._get_path(index.path, index.depth + 1, 1)
        made = []
        for number, document in enumerate(documents, start=first):
            page = self._page(number, document)
            page.path, page.depth, page.numchild = path, index.depth + 1, 0
            page.url_path = f"{index.url_path}{page.slug}/"
            made.append(page)
            path = page._inc_path()
        with disable_reference_index_auto_update():
            for page in made:  # no checks as in Page.save; models of two tables cannot be created in bulk
                page.save_base(force_insert=True)
        RegulationIndexPage.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
        links = RegulationPage.subjects.through
        links.objects.bulk_create(
            links(regulationpage_id=page.pk, subject_id=subject.pk)
            for page in made
            for subject in self.chance.sample(self.subjects, 2)
        )
        for page in made:
            DocumentPageText.objects.bulk_create(self._texts(page))
        entries.refresh(page.pk for page in made)

    def _document(self, number: int) -> SiteDocument:
        """A document with a file of a few bytes, so that its address answers; the same one whenever it is made."""
        content, name = FILE % number, f"documents/{PREFIX}{number}.pdf"
        storage = SiteDocument._meta.get_field("file").storage
        if not storage.exists(name):
            storage.save(name, ContentFile(content))
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        return SiteDocument(title=f"Regulasi uji {number}", file=name, file_size=len(content), file_hash=digest)

    def _page(self, number: int, document: SiteDocument) -> RegulationPage:
        year = self.chance.choice(YEARS)
        day = dt.date(year, self.chance.randint(1, 12), self.chance.randint(1, 28))
        page = RegulationPage(
            kind=self.chance.choice(self.kinds),
            initiator=self.chance.choice(self.initiators),
            legal_field=self.chance.choice(self.fields),
            number=str(number + 1),
            year=year,
            about=f"{self.chance.choice(TOPICS)} {self.chance.choice(self.words)} {self.chance.choice(self.words)}",
            enacted_on=day,
            promulgated_on=day,
            page_count=self.pages,
            main_points="Peraturan yang tidak pernah ada, dibuat untuk mengukur pencarian.",
            document=document,
            slug=f"{PREFIX}{number + 1}",
            live=True,
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
            content_type=self.content_type,
            locale=self.locale,
            translation_key=uuid.uuid4(),
        )
        page.title = composition.cut(page.full_title)
        page.draft_title = page.title
        return page

    def _texts(self, page: RegulationPage) -> list[DocumentPageText]:
        serial = int(page.number)
        found = []
        for number in range(1, self.pages + 1):
            text = self.chance.choices(self.words, cum_weights=self.weights, k=WORDS_A_PAGE)
            for word in (COMMON, COMMON_PHRASE, *SCATTERED):
                text.insert(self.chance.randrange(len(text)), word)
            if number == self.pages and not serial % RARELY:
                text += [PHRASE, RARE, RARE_PHRASE]
            found.append(DocumentPageText(document_id=page.document_id, number=number, text=" ".join(text)))
        return found
