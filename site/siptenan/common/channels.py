"""Saluran: where a visitor came from goes along from link to link in the address, without a cookie."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

CHANNEL_KEY = "ch"
CHANNEL_MAX = 40  # letters


def channel_of(request: HttpRequest) -> str:
    """Return the channel code in the address, as it came; empty without one."""
    return request.GET.get(CHANNEL_KEY, "")[:CHANNEL_MAX]


def channel_query(request: HttpRequest) -> str:
    """Return `?ch=...` for a link that takes the channel along, or nothing."""
    channel = channel_of(request)
    return f"?{urlencode({CHANNEL_KEY: channel})}" if channel else ""
