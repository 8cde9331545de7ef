"""Write what the list shows of regulations anew where it is not as their pages are, as the worker does every night."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from regulasi import entries


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{entries.refresh_all()} regulasi tidak sesuai halamannya, dan ditulis ulang.")
