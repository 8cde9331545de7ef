"""Addresses as the outside world needs them: absolute, under the name that the site goes by."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import escape_uri_path


def absolute(address: str) -> str:
    """Return a path of this site as a full address; one that is full already (files on S3) stays as it is."""
    return urljoin(settings.BASE_URL + "/", address)


def absolute_path(path: str) -> str:
    """Return the full address of a path as `request.path` has it: decoded, so it is escaped here."""
    return absolute(escape_uri_path(path))


def below(page_address: str, name: str, *, is_preview: bool) -> str:
    """Return the address of something below a page; in a preview, of the words that say where it can be opened."""
    return "#pratinjau" if is_preview else page_address + name
