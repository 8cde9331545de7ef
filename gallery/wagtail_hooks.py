"""Registers with Wagtail what gallery offers to the CMS, and does nothing else."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from gallery import admin_urls, editing, links, menus, owner_updates, quarterly, records, register

register_snippet(menus.GalleryGroup)
hooks.register("register_log_actions", links.register_log_actions)
hooks.register("register_log_actions", owner_updates.register_log_actions)
hooks.register("register_log_actions", register.register_log_actions)
hooks.register("register_log_actions", quarterly.register_log_actions)
hooks.register("register_log_actions", records.register_log_actions)
hooks.register("before_publish", editing.keep_from_publishing)
hooks.register("construct_snippet_action_menu", editing.hide_publish)
hooks.register(menus.SUBMENU, menus.registrations)
hooks.register(menus.SUBMENU, menus.register_of_industries)
hooks.register(menus.SUBMENU, menus.updates)
hooks.register(menus.SUBMENU, menus.interest)
hooks.register(menus.SUBMENU, menus.business_import)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("", include(admin_urls))]
