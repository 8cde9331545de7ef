"""Registers with Wagtail what regulasi offers to the CMS, and does nothing else."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from regulasi import admin_urls, document_access, menus, publishing, reference_admin, viewsets
from siptenan.common.reference_admin import ReferenceGroup

ReferenceGroup.extend(*reference_admin.ADMINS)
register_snippet(menus.RegulationGroup)
hooks.register("before_delete_snippet", viewsets.refuse_used_stubs)
hooks.register("before_bulk_action", publishing.refuse_incomplete)
hooks.register("before_serve_document", document_access.refuse_unpublished)
hooks.register(menus.SUBMENU, menus.all_regulations)
hooks.register(menus.SUBMENU, menus.bulk_import)
hooks.register("register_page_header_buttons", menus.import_button)
hooks.register("register_reports_menu_item", menus.texts)
hooks.register("register_reports_menu_item", menus.contradictions)
hooks.register("register_reports_menu_item", menus.jdihn_check)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("", include(admin_urls))]
