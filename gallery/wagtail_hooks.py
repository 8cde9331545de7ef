"""Registers with Wagtail what gallery offers to the CMS, and does nothing else."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from gallery import menus

register_snippet(menus.GalleryGroup)
