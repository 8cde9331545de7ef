"""What templates ask about regulations."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from siptenan.common.dates import format_day

register = template.Library()


@register.filter
def tanggal(day: dt.date) -> str:
    """`25 November 2016`."""
    return format_day(day)


@register.simple_tag
def title_in_two(title: str, about: str) -> SafeString:
    """A title whose kind, number and year stand above what it is about; whole where it does not end with that."""
    name = title.removesuffix(about).rstrip() if about else title
    if name in ("", title):
        return format_html('<span class="regulation-about">{}</span>', title)
    return format_html('<span class="regulation-name">{}</span> <span class="regulation-about">{}</span>', name, about)
