"""The menu and the dashboard that officers meet first."""

from __future__ import annotations

import json

import pytest

from forms import services
from forms.enums import Status
from forms.menus import PANEL_ROWS
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import many, signed_in, soup, text

pytestmark = pytest.mark.django_db


def menu(user) -> list[str]:
    """The labels of the main menu, in their order."""
    page = soup(signed_in(user).get("/cms/"))
    props = json.loads(page.find(id="wagtail-sidebar-props").string)
    found = []

    def walk(node):
        if isinstance(node, dict):
            if "label" in node and "name" in node:
                found.append(node["label"])
                return
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                walk(child)

    walk(props)
    return found


def inbox_label(user) -> str:
    return next((label for label in menu(user) if label.startswith("Kotak masuk")), "")


class TestMenu:
    def test_stands_in_the_order_of_the_design(self, admin, ticket):
        wanted = ["Kotak masuk (1)", "Halaman", "Gambar", "Dokumen", "Laporan", "Referensi", "Pengaturan"]
        assert [label for label in menu(admin) if label in wanted] == wanted

    def test_of_an_editor_has_no_inbox(self, editor, ticket):
        labels = menu(editor)
        assert not [label for label in labels if "masuk" in label]
        assert {"Halaman", "Gambar", "Dokumen"} <= set(labels)

    def test_of_an_officer_has_nothing_to_edit(self, officer, ticket):
        assert menu(officer) == [
            "Kotak masuk (1)", "Tautan dan QR", "Laporan", "Statistik layanan", "Surel keluar",
            "Teks persetujuan", "Panduan", "Akun", "Keluar",
        ]  # fmt: skip

    def test_counts_what_is_open_and_ones_own(self, officer, admin, ticket):
        many(ticket, 6, status=lambda n: [s for s in Status if s != Status.NEW][n])
        other = factories.make_form("lain", title="Lain", ticket_prefix="LAIN")
        factories.make_ticket(other)
        assert inbox_label(officer) == "Kotak masuk (3)"  # new, in progress, waiting
        assert inbox_label(admin) == "Kotak masuk (4)"
        assert inbox_label(factories.make_staff(roles.OFFICER, "baru")) == "Kotak masuk"

    @pytest.mark.parametrize(("count", "label"), [(99, "99"), (100, "99+"), (150, "99+")])
    def test_counts_no_further_than_99(self, officer, ticket, count, label):
        many(ticket, count - 1)
        assert inbox_label(officer) == f"Kotak masuk ({label})"


class TestDashboard:
    def test_shows_mine_and_what_nobody_has_most_urgent_first(self, officer, ticket):
        mine, later = many(ticket, 2, assignee=lambda n: (officer, None)[n])
        services.assign(ticket, officer, by=officer)
        services.move(ticket, Status.IN_PROGRESS, by=officer)
        page = soup(signed_in(officer).get("/cms/"))
        groups = {
            group.h2.get_text(strip=True): [link.strong.get_text() for link in group.select("li a")]
            for group in page.select(".ticket-group")
        }
        assert groups == {
            "Tugas saya": sorted([ticket.reference, mine.reference], key=[ticket.reference, mine.reference].index),
            "Belum ada petugas": [later.reference],
        }

    def test_links_to_all_when_there_are_more(self, officer, ticket):
        many(ticket, PANEL_ROWS + 2)
        client = signed_in(officer)
        page = soup(client.get("/cms/"))
        [group] = [group for group in page.select(".ticket-group") if group.select("li")]
        assert len(group.select("li")) == PANEL_ROWS
        link = next(link for link in group.select("a") if "Lihat semua" in link.get_text())
        assert f"{PANEL_ROWS + 3} tiket" in text(client.get(link["href"]))

    def test_says_what_will_be_there_when_it_is_empty(self, officer):
        words = text(signed_in(officer).get("/cms/"), ".tickets-panel")
        assert "Tidak ada tiket yang didisposisikan kepada Anda." in words
        assert "Semua tiket terbuka sudah ada petugasnya." in words

    def test_of_an_editor_has_no_tickets(self, editor, ticket):
        page = signed_in(editor).get("/cms/")
        assert not soup(page).select(".tickets-panel")
        assert ticket.reference not in page.content.decode()


ENGLISH = {
    "the", "and", "of", "your", "you", "with", "for", "from", "search", "filter", "filters", "show", "hide", "clear",
    "save", "delete", "edit", "home", "page", "pages", "results", "match", "matches", "submit", "close", "back",
    "next", "previous", "sort", "by", "date", "actions", "more", "all", "any", "none", "yes", "error", "please",
    "toggle", "breadcrumbs", "select", "order", "ascending", "descending", "there", "are", "is", "not", "required",
}  # fmt: skip


def words(response) -> set[str]:
    """Every word that is read or read out on a screen, in small letters."""
    page = soup(response)
    for hidden in page.select("script, style, svg, textarea"):
        hidden.decompose()
    attributes = ("aria-label", "title", "placeholder", "alt", "value")
    texts = [page.get_text(" ")]
    texts += [tag[name] for tag in page.select(", ".join(f"[{name}]" for name in attributes)) for name in attributes
              if tag.get(name) and tag.get("type") != "hidden"]  # fmt: skip
    return {word.strip(".,:;!?()\"'“”…").lower() for text in texts for word in text.split()}


@pytest.mark.parametrize(
    "tab", ["kotak-masuk/", "kotak-masuk/semua/?q=contoh&status=dijawab&overdue=&ordering=-due_at"]
)
def test_lists_speak_indonesian(officer, ticket, tab):
    services.reply(ticket, "Ya.", by=officer)
    assert words(signed_in(officer).get(f"/cms/{tab}")) & ENGLISH == set()


def test_screens_speak_indonesian(officer, ticket):
    client = signed_in(officer)
    reply = services.reply(ticket, "Ya.", by=officer)
    for url in (
        "/cms/", "/cms/statistik/", "/cms/statistik/?dari=x", "/cms/surel-keluar/", f"/cms/tiket/{ticket.pk}/",
        f"/cms/tiket/{ticket.pk}/balasan/{reply.pk}/", "/cms/kotak-masuk/?status=bogus&submitted_at_from=1",
        "/cms/kotak-masuk/?submitted_at_to=2026-11-30", "/cms/account/",
    ):  # fmt: skip
        assert words(client.get(url)) & ENGLISH == set(), url
    refused = client.post(f"/cms/tiket/{ticket.pk}/balas/", {"body": ""})
    assert words(refused) & ENGLISH == set()
