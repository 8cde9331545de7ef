"""Print docs/roles.md."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from siptenan.accounts.roles_document import document


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        self.stdout.write(document(), ending="")
