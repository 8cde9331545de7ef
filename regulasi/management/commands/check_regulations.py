"""List what is wrong with what is published: contradictions, rows of the feed for JDIHN that break its schema, and
addresses in it that do not answer. The exit code is 1 when there is anything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from regulasi import consistency, feed_links, jdihn
from regulasi.library.index import today


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args, **options) -> None:
        faults = 0
        for line in _faults():
            self.stdout.write(line)
            faults += 1
        if faults:
            self.stdout.write(f"{faults} hal perlu diperbaiki.")
            sys.exit(1)
        self.stdout.write("Tidak ada pertentangan, baris gagal, atau tautan mati.")


def _faults() -> Iterator[str]:
    for problem in consistency.contradictions():
        yield f"{problem.code}: {problem.message} (halaman {', '.join(map(str, problem.page_ids))})"
    for row in jdihn.rows(today()):
        if failures := jdihn.failures(row):
            yield f"jdihn: {row['judul']}: {'; '.join(failures)} (halaman {row['idData']})"
    for link in feed_links.check():
        yield f"tautan: {link.url}: {link.reason} (halaman {link.regulation})"
