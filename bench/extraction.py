"""How long visitors wait while the worker reads the text of a PDF of 200 pages, against while it does nothing."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from bench.server import ROOT, serving
from bench.verdicts import wanted

PORT = 8046
PAGES, PARAGRAPHS = 200, 10  # paragraphs a page
ROUNDS = 5
PATH = "/regulasi/"
WANTED = 2.0
PATIENCE_S = 300
GAP_S = 0.02  # between two visitors


def run() -> None:
    """Print the median and the longest wait for the list, beside nothing and beside a PDF that is read."""
    from regulasi import extraction
    from regulasi.enums import TextState
    from regulasi.models import DocumentPageText, DocumentText

    manage = [sys.executable, "manage.py", "worker", "--once"]  # what the demo content left to do
    subprocess.run(manage, cwd=ROOT, env=_environment(), check=True)
    document = _document()
    quiet: list[float] = []
    beside: list[float] = []
    lengths = []
    with serving("siptenan.wsgi:application", PORT) as site, _worker():
        for _ in range(12):
            _wait_for(site)
        for _ in range(ROUNDS):  # interleaved, so that a busy minute of the machine meets both
            DocumentText.objects.filter(document=document).delete()
            extraction.request(document.pk)
            text = _begun(document)
            start = time.perf_counter()
            found = []
            while text.state == TextState.RUNNING:
                found.append(_wait_for(site))
                text.refresh_from_db()
            if text.state != TextState.DONE:
                raise SystemExit(f"It was not read: {text.state} {text.error}")
            lengths.append(time.perf_counter() - start)
            beside += found
            quiet += [_wait_for(site) for _ in found]
    read = DocumentPageText.objects.filter(document=document).count()
    ratio = statistics.median(beside) / statistics.median(quiet)
    print(f"{read} pages read in {statistics.median(lengths):.1f} s by the worker, {ROUNDS} times")
    for name, found in (("beside nothing", quiet), ("beside it", beside)):
        median, longest = statistics.median(found), max(found)
        print(f"{PATH} {name:15} median {median:5.1f} ms, longest {longest:5.1f} ms, of {len(found)} requests")
    verdict = wanted(read == PAGES and ratio <= WANTED)
    print(f"ratio of medians {ratio:.2f} (wanted: at most {WANTED}){verdict}")


def _document():
    """A document of the library with so many pages full of words."""
    from django.core.files.base import ContentFile

    from regulasi.plain_pdf import Pages
    from siptenan.common.models import SiteDocument

    paper = Pages(title="Regulasi uji")
    for number in range(PAGES):
        paper.top = 10_000  # a new page
        for _ in range(PARAGRAPHS):
            paper.write(f"Pasal {number}: " + "ketentuan lebih lanjut diatur dengan peraturan wali kota. " * 5)
    document = SiteDocument(title="Regulasi uji", file=ContentFile(paper.pdf(), "uji-200.pdf"))
    document._set_document_file_metadata()
    document.save()
    return document


def _begun(document):
    """Wait until the worker has begun."""
    from regulasi.enums import TextState
    from regulasi.models import DocumentText

    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        text = DocumentText.objects.get(document=document)
        if text.state != TextState.WAITING:
            return text
        time.sleep(0.01)
    raise SystemExit(f"The worker did not begin within {PATIENCE_S} s.")


def _wait_for(site: str) -> float:
    """Milliseconds of one visitor."""
    time.sleep(GAP_S)
    start = time.perf_counter()
    with urllib.request.urlopen(site + PATH, timeout=60) as response:
        response.read()
    return (time.perf_counter() - start) * 1000


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=_environment())
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"}
