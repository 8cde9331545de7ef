"""List what contradicts itself among published regulations; the exit code is 1 when there is anything."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from regulasi import consistency


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        problems = consistency.contradictions()
        for problem in problems:
            pages = ", ".join(map(str, problem.page_ids))
            self.stdout.write(f"{problem.code}: {problem.message} (halaman {pages})")
        if problems:
            self.stdout.write(f"{len(problems)} pertentangan.")
            sys.exit(1)
        self.stdout.write("Tidak ada pertentangan.")
