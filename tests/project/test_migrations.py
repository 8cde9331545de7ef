"""Migrations: none is missing, and what they do to data can be undone."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Collection, Page

from forms.models import Submission
from home.models import HomePage, StandardPage
from regulasi import fulltext
from regulasi.library.words import terms
from regulasi.models import DocumentPageText
from tests import factories
from tests.factories.regulations import make_document
from tests.factories.site import publish

OWN = ("accounts", "common", "forms", "gallery", "home", "regulasi")


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_step_on_data_has_a_way_back():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    steps = [
        (f"{app}.{name}", operation)
        for (app, name), migration in loader.disk_migrations.items()
        if app in OWN
        for operation in migration.operations
        if isinstance(operation, migrations.RunPython | migrations.RunSQL)
    ]
    assert steps
    assert [name for name, operation in steps if not operation.reversible] == []


def stored_references() -> list[str]:
    """The numbers of all tickets, whatever columns their table has at the moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM forms_submission")
        return [reference for (reference,) in cursor.fetchall()]


def has_index(name: str) -> bool:
    """Whether the table of tickets has an index of that name."""
    with connection.cursor() as cursor:
        return name in connection.introspection.get_constraints(cursor, Submission._meta.db_table)


@pytest.mark.django_db(transaction=True)
def test_the_search_index_goes_and_comes_back_and_tickets_stay():
    factories.make_site()
    from forms.models import FormPage

    ticket = factories.make_ticket(FormPage.objects.get(slug="konsultasi-haki"))
    postgres = connection.vendor == "postgresql"
    assert has_index("ticket_search") is postgres
    try:
        call_command("migrate", "forms", "0001", verbosity=0)
        assert not has_index("ticket_search")
        assert stored_references() == [ticket.reference]
    finally:
        call_command("migrate", verbosity=0)
    assert has_index("ticket_search") is postgres
    assert Submission.objects.matching(ticket.reference).get() == ticket


@pytest.mark.django_db(transaction=True)
def test_the_words_of_home_and_plain_pages_move_into_blocks_and_back():
    """In the last revision too, since that is what the editor opens."""
    home = factories.make_site()
    plain = publish(
        home, StandardPage(title="Privasi", slug="privasi", body=factories.text("<p>Isi <b>penting</b>.</p>"))
    )
    hero = home.body[0].value
    try:
        call_command("migrate", "home", "0001", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT hero_title FROM home_homepage")
            assert cursor.fetchall() == [(hero["title"],)]
            cursor.execute("SELECT body FROM home_standardpage")
            assert cursor.fetchall() == [("<p>Isi <b>penting</b>.</p>",)]
    finally:
        call_command("migrate", verbosity=0)
    for page in (HomePage.objects.get(), HomePage.objects.get().get_latest_revision_as_object()):
        assert page.body[0].value["title"] == hero["title"]
        assert page.body[0].value["text"] == hero["text"]
    for page in (StandardPage.objects.get(pk=plain.pk), plain.get_latest_revision_as_object()):
        assert [str(block.value) for block in page.body] == [str(plain.body[0].value)]


@pytest.mark.django_db(transaction=True)
def test_the_text_of_pdfs_is_searched_after_the_way_back_and_forth():
    factories.make_site()
    document = make_document()
    for number, text in enumerate(["wajib lapor tahunan", "merek <dagang>"], 1):
        DocumentPageText.objects.create(document=document, number=number, text=text)
    asked = terms('"lapor tahunan" merek')
    try:
        call_command("migrate", "regulasi", "0005", verbosity=0)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT document_id, array_length(pairs, 1) FROM regulasi_documentwords")
                assert cursor.fetchall() == [(document.pk, 2)]  # the one with <dagang> has no neighbours
        assert [list(found) for found in fulltext.documents_with(asked)] == [[document.pk]] * 2
    finally:
        call_command("migrate", verbosity=0)
    assert [list(found) for found in fulltext.documents_with([*asked, *terms("dagang")])] == [[document.pk]] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), [("Root", "Umum"), ("Arsip kami", "Arsip kami")])
def test_the_collection_that_wagtail_named_in_english_gets_a_name_unless_it_has_one(before, after):
    factories.make_site()
    Collection.objects.filter(depth=1).update(name=before)
    Page.objects.filter(depth=1).update(title="Root")
    migration = import_module("siptenan.common.migrations.0007_root_names")
    migration.rename(apps, SimpleNamespace(connection=connection))
    assert Collection.get_first_root_node().name == after
    assert Page.get_first_root_node().title == Page.get_first_root_node().draft_title == "Semua halaman"
