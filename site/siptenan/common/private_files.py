"""Where files of visitors lie on a disk: outside of what any address serves, readable by the site alone."""

from __future__ import annotations

from typing import NoReturn

from django.core.files.storage import FileSystemStorage


class WithoutAddress:
    """A storage that never gives out an address: its files are served by views that ask who wants them.

    Django's own would fall back on MEDIA_URL, django-storages sign one that works for everybody for an hour.
    """

    def url(self, name: str | None, *args: object, **kwargs: object) -> NoReturn:
        """Raise ValueError, as Django's storages without an address do."""
        raise ValueError("A private file is not accessible via a URL; link to the view that checks the permission.")


class PrivateDisk(WithoutAddress, FileSystemStorage):
    """A folder."""
