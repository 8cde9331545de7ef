"""Registers with Wagtail what home offers to the CMS, and does nothing else."""

from __future__ import annotations

from wagtail import hooks

from home import cms

hooks.register("insert_global_admin_css", cms.stylesheet)
hooks.register("construct_main_menu", cms.hide_menu_items)
