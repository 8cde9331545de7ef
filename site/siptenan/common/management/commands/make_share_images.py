"""Draw the pictures for sharing that are missing or out of date, as after a change of the site's address."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from siptenan.common import share_images


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        count = 0
        for page in share_images.make_all():
            self.stdout.write(str(page))
            count += 1
        self.stdout.write(f"{count} drawn")
