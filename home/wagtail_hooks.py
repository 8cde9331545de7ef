"""Registers with Wagtail what home offers to the CMS, and does nothing else."""

from __future__ import annotations

from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home import admin_urls, cms, content_checks, desk, styleguide, viewsets

hooks.register("insert_global_admin_css", cms.stylesheet)
hooks.register("insert_global_admin_js", cms.date_script)
hooks.register("construct_main_menu", cms.hide_menu_items)
hooks.register("construct_homepage_panels", desk.add_panel)
hooks.register("construct_wagtail_userbar", content_checks.use_office_checker)
hooks.register("after_create_page", content_checks.tell_about_hard_words)
hooks.register("after_edit_page", content_checks.tell_about_hard_words)
hooks.register("before_delete_snippet", viewsets.refuse_used_categories)
hooks.register("register_admin_viewset", viewsets.InfoPageViewSet)
register_snippet(viewsets.InfoCategoryViewSet)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def register_share_links():
    return desk.EverybodysMenuItem(
        "Tautan dan QR", reverse_lazy("share-links"), name="tautan-qr", icon_name="link", order=850
    )


@hooks.register("register_admin_menu_item")
def register_guide():
    return desk.EverybodysMenuItem("Panduan", reverse_lazy("guide"), name="panduan", icon_name="help", order=10_500)


@hooks.register("register_admin_urls")
def register_component_library():
    return [
        path("komponen/", styleguide.library, name="component-library"),
        path("komponen/bingkai/", styleguide.frame, name="component-library-frame"),
    ]


@hooks.register("register_settings_menu_item")
def register_component_library_item():
    return styleguide.LibraryMenuItem(
        "Pustaka komponen", reverse_lazy("component-library"), name="komponen", icon_name="view", order=1000
    )
