"""The regulations of the demo: true relations, PDFs that say what they are, safe to load twice."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from home.demo import regulations
from home.demo.regulation_rows import ROWS
from home.models import HomePage
from regulasi import consistency, status
from regulasi.enums import Status
from regulasi.models import RegulationEntry, RegulationPage
from tests.factories import make_regulation_index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def test_the_demo_library():
    regulations.load(make_regulation_index(HomePage.objects.get()))
    assert 20 <= len(ROWS) <= 25
    published = [row for row in ROWS if row.enacted]
    assert RegulationEntry.objects.listed().count() == len(published) == len(ROWS) - 1
    assert consistency.contradictions() == []
    today = dt.date(2026, 11, 30)

    def stands(**which) -> Status:
        return status.of(RegulationPage.objects.get(**which), today).status

    assert stands(kind__code="pp", number="33", year=2026) is Status.NOT_YET
    later = status.of(RegulationPage.objects.get(kind__code="pp", number="33"), dt.date(2027, 1, 16))
    assert later.status is Status.IN_FORCE
    assert stands(kind__code="uu", number="20", year=2016) is Status.AMENDED
    assert stands(kind__code="pp", number="28", year=2019) is Status.NOT_IN_FORCE
    # Nothing says since when it holds: it waited for two years.
    assert RegulationPage.objects.get(kind__code="uu", number="14").holds_from is None
    haki = {use.page.slug for use in RegulationPage.objects.get(slug="uu-20-2016").uses.all()}
    assert haki == {"kalindri", "konsultasi-haki"}
    draft = RegulationPage.objects.get(kind__code="permen")
    assert not draft.live
    assert len(draft.meaning_sentences) == 4
    with RegulationPage.objects.get(slug="uu-20-2016").document.open_file() as file:
        paper = pypdfium2.PdfDocument(file.read())
    words = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert regulations.NOTICE in words
    assert "Nomor: 20" in words
