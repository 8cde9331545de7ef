"""Wagtail's screens are closed unless a line opens them; tests/project/test_cms_access.py tries every address."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Task

from siptenan.accounts.gates import is_open
from siptenan.accounts.models import User


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("wagtailadmin_home", "officer editor admin owner"),
        ("wagtailadmin_pages:edit", "editor admin owner"),
        ("wagtailadmin_reports:aging_pages", "editor admin owner"),
        ("wagtailadmin_reports:site_history_results", "admin owner"),
        ("wagtailadmin_workflows:task_chooser_create", "owner"),
        ("wagtailforms:list_submissions", ""),
        ("wagtailadmin_error_test", ""),
        ("wagtailsomething_new:index", "editor admin owner"),
        ("wagtailadmin_sprite", "officer editor admin owner"),
        ("ticket:detail", "officer editor admin owner"),
    ],
)
def test_who_passes(officer, editor, admin, name, who):
    owner = User.objects.create_superuser("pemilik", "pemilik@example.id", "x")
    people = {"officer": officer, "editor": editor, "admin": admin, "owner": owner}
    assert [title for title, user in people.items() if is_open(user, name)] == who.split()


def test_turned_away_with_a_message(client, officer):
    client.force_login(officer)
    response = client.get("/cms/pages/", follow=True)
    assert response.redirect_chain == [("/cms/", 302)]
    assert BeautifulSoup(response.content, "html.parser").select(".messages li.error")


def test_a_script_gets_403(client, officer):
    client.force_login(officer)
    assert client.get("/cms/choose-page/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_an_officer_makes_no_workflow_tasks(client, officer, editor):
    """Wagtail's chooser lets anybody in the CMS create one."""
    before = Task.objects.count()
    for user in (officer, editor):
        client.force_login(user)
        client.post("/cms/workflows/task_chooser/create/", {"create-task-name": "Tugas"})
    assert Task.objects.count() == before


def test_an_officer_finds_no_drafts(client, site, officer):
    site.unpublish()
    client.force_login(officer)
    for path in ("/cms/api/main/pages/", "/cms/choose-page/", "/cms/pages/search/?q=Home"):
        assert site.title not in client.get(path, follow=False).content.decode()


@pytest.mark.parametrize(
    ("role", "shown"), [("officer", False), ("editor", False), ("admin", True)], ids=["petugas", "editor", "admin"]
)
def test_the_menu_offers_no_closed_screen(request, client, role, shown):
    client.force_login(request.getfixturevalue(role))
    assert ("/cms/reports/site-history/" in client.get("/cms/").content.decode()) is shown


def test_every_link_of_the_menu_opens(client, officer, editor, admin):
    for user in (officer, editor, admin):
        client.force_login(user)
        links = menu_links(client.get("/cms/"))
        assert links
        for link in links:
            response = client.get(link, follow=True)
            assert response.status_code == 200, (user, link)
            assert response.request["PATH_INFO"] != "/cms/", (user, link)


def menu_links(page) -> set[str]:
    """Addresses in the sidebar, which Wagtail sends as JSON."""

    def walk(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("url"), str) and node["url"].startswith("/cms/"):
                yield node["url"]
            for value in node.values():
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    data = BeautifulSoup(page.content, "html.parser").select_one("#wagtail-sidebar-props").string
    return {url for url in walk(json.loads(data)) if url != "/cms/" and "logout" not in url}
