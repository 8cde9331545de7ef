"""Registers with Wagtail what forms offers to the CMS, and does nothing else."""

from __future__ import annotations

from django.db import models
from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class

from forms import admin_urls, comparisons, form_editing, guards, menus
from forms.models import FormPage
from forms.views import form_templates

register_comparison_class(models.BooleanField, comparison_class=comparisons.WordsComparison)
register_comparison_class(models.DateField, comparison_class=comparisons.WordsComparison)
register_comparison_class(models.IntegerField, comparison_class=comparisons.WordsComparison)
hooks.register("before_create_page", form_templates.offer_templates)
hooks.register("before_delete_page", guards.before_delete_page)
hooks.register("before_bulk_action", guards.before_bulk_action)
hooks.register("construct_homepage_panels", menus.add_panel)
hooks.register("insert_editor_js", form_editing.editor_script)
hooks.register("construct_main_menu", menus.hide_form_menu)


@hooks.register("filter_form_submissions_for_user")
def nobody_uses_wagtails_list(user, editable_forms):
    """Wagtail's own views would show and delete tickets by the right to edit the page; our inbox asks properly."""
    return FormPage.objects.none()


@hooks.register("register_admin_urls")
def register_urls():
    return [path("", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def register_inbox():
    return menus.InboxMenuItem(
        "Kotak masuk", reverse_lazy("inbox:terbuka"), name="kotak-masuk", icon_name="mail", order=50
    )


@hooks.register("register_reports_menu_item")
def register_statistics():
    return menus.StatisticsMenuItem(
        "Statistik layanan", reverse_lazy("ticket-statistics"), name="statistik", icon_name="history", order=100
    )


@hooks.register("register_reports_menu_item")
def register_outbox():
    return menus.OutboxMenuItem(
        "Surel keluar", reverse_lazy("outgoing-mail"), name="surel-keluar", icon_name="mail", order=200
    )


@hooks.register("register_reports_menu_item")
def register_consent_texts():
    return menus.ConsentMenuItem(
        "Teks persetujuan", reverse_lazy("consent-forms"), name="teks-persetujuan", icon_name="doc-full", order=300
    )
