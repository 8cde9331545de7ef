"""The inbox as a file (G1 G2 A8): what is listed, under the labels of its own time, safe to open, logged."""

from __future__ import annotations

import csv
import datetime as dt
from io import BytesIO, StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from forms import services
from forms.enums import Status
from forms.models import FormField, FormPage, SubmissionEvent
from siptenan.accounts import roles
from tests import factories
from tests.forms.officers import listed, many, signed_in, soup, text

ALL = "/cms/kotak-masuk/semua/"
NOW = dt.datetime(2026, 11, 22, 18, 30, tzinfo=dt.UTC)  # Monday the 23rd, 01.30 WIB

pytestmark = pytest.mark.django_db


def csv_rows(response) -> list[list[str]]:
    """The rows of a CSV download, heading first."""
    return list(csv.reader(StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";"))


def xlsx_rows(response) -> list[list[str]]:
    """The rows of an XLSX download, heading first; every cell must be text."""
    sheet = load_workbook(BytesIO(response.content)).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "inlineStr"}  # never "f", a formula, nor "n", a number
    return [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]


def both(client, url=ALL, **asked) -> list[list[list[str]]]:
    """The rows of the CSV and of the XLSX file of a list."""
    return [
        csv_rows(client.get(url, {**asked, "export": "csv"})),
        xlsx_rows(client.get(url, {**asked, "export": "xlsx"})),
    ]


@pytest.fixture
def client(officer):
    return signed_in(officer)


@pytest.mark.parametrize("count", [0, 1, 25, 600])
def test_has_as_many_rows_as_are_listed(client, form_page, count):
    if count:
        many(factories.make_ticket(form_page), count - 1)
    shown = client.get(ALL)
    assert (f"{count} tiket" in text(shown)) == bool(count)
    for rows in both(client):
        assert len(rows) == 1 + count
        assert len({row[0] for row in rows}) == 1 + count


def test_is_the_filtered_list_in_its_order(client, form_page):
    ticket = factories.make_ticket(form_page)
    many(ticket, 5, business=lambda n: f"Usaha {5 - n}", status=lambda n: (Status.NEW, Status.DONE)[n % 2])
    asked = {"status": "baru", "ordering": "-business", "q": "contoh"}
    page = client.get(ALL, asked)
    assert len(listed(page)) == 4
    links = [link["href"] for link in soup(page).select(".inbox-export a")]
    for rows in (xlsx_rows(client.get(links[0])), csv_rows(client.get(links[1]))):
        assert [row[0] for row in rows[1:]] == listed(page)


def test_shows_the_times_of_the_screen(officer, form_page):
    with time_machine.travel(NOW, tick=False):
        client = signed_in(officer)
        ticket = factories.make_ticket(form_page)
        services.reply(ticket, "Ya.", by=officer)
        page = client.get(ALL)
        for rows in both(client):
            row = dict(zip(*rows, strict=True))
            assert row["Diterima (WIB)"] == row["Dijawab (WIB)"] == "23/11/2026 01.30"
            assert row["Diterima (WIB)"] in text(page, "td.cell-submitted_at")
            assert row["Batas jawaban (WIB)"] in text(page, "td.cell-due_at")
            assert (row["Petugas"], row["Saluran"], row["Status"]) == ("Petugas", "Web", "Dijawab")


DANGEROUS = ["=1+1", "+62 x", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://jahat")', "  =1", 'a;b"c\nd', "＝1"]  # noqa: RUF001 - full width on purpose


def test_opens_no_formula(client, form_page):
    for danger in DANGEROUS:
        factories.make_ticket(form_page, Alamat=danger, **{"Nama Usaha/Perusahaan": "=2+2"})
    in_csv, in_xlsx = both(client)
    column = in_csv[0].index("Alamat")
    assert {row[column].removeprefix("'") for row in in_csv[1:]} == set(DANGEROUS)
    for row in in_csv:
        for cell in row:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝")), cell  # noqa: RUF001 - as above
    assert {row[column] for row in in_xlsx[1:]} == set(DANGEROUS)


def test_is_csv_as_excel_in_indonesia_opens_it(client, form_page):
    factories.make_ticket(form_page, Alamat="Jalan Éka 😀")
    response = client.get(ALL, {"export": "csv"})
    content = b"".join(response)
    assert content.startswith(b"\xef\xbb\xbfNomor;Formulir;Status;")
    assert "Jalan Éka 😀" in content.decode()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="tiket-')
    assert "no-store" in response.headers["Cache-Control"]


def test_keeps_the_0_of_a_phone(client, form_page):
    factories.make_ticket(form_page, Alamat="081234567890", **{"Nomor WhatsApp": "+6281234567890"})
    for rows in both(client):
        row = dict(zip(*rows, strict=True))
        assert row["Nomor WhatsApp"] == "0812-3456-7890"
        assert row["Alamat"] == "081234567890"


def test_keeps_old_labels_after_a_question_was_renamed_and_deleted(client, form_page):
    old = factories.make_ticket(form_page, Alamat="Jl. Lama 1", Pertanyaan="Pertanyaan lama?")
    [address] = [field for field in form_page.form_fields.all() if field.label == "Alamat"]
    address.label = "Alamat usaha"
    form_page.form_fields.add(address)
    form_page.save_revision().publish()
    form_page.refresh_from_db()
    middle = factories.make_ticket(form_page, alamat="Jl. Tengah 2")
    form_page.form_fields.remove(*[field for field in form_page.form_fields.all() if field.label == "Pertanyaan"])
    form_page.save_revision().publish()
    form_page.refresh_from_db()
    new = factories.make_ticket(form_page, alamat="Jl. Baru 3")

    for heading, *rows in both(client):
        assert {"Alamat", "Alamat usaha", "Pertanyaan"} <= set(heading)
        assert len(heading) == len(set(heading))
        cells = {row[0]: dict(zip(heading, row, strict=True)) for row in rows}
        assert (cells[old.reference]["Alamat"], cells[old.reference]["Alamat usaha"]) == ("Jl. Lama 1", "")
        assert cells[old.reference]["Pertanyaan"] == "Pertanyaan lama?"
        assert (cells[middle.reference]["Alamat"], cells[middle.reference]["Alamat usaha"]) == ("", "Jl. Tengah 2")
        assert cells[new.reference]["Alamat usaha"] == "Jl. Baru 3"
        assert cells[new.reference]["Pertanyaan"] == ""
    page = text(client.get(f"/cms/tiket/{old.pk}/"), ".zone-answers")
    assert "Alamat Jl. Lama 1" in page
    assert "Pertanyaan Pertanyaan lama?" in page
    assert listed(client.get(ALL, {"q": "Pertanyaan lama"})) == [old.reference]


def test_two_questions_that_were_given_one_label_lose_no_answer(admin):
    form = factories.make_form("ganda", [{"label": "Satu"}, {"label": "Dua"}], title="Ganda", ticket_prefix="GANDA")
    FormField.objects.filter(page=form).update(label="Catatan")
    form = FormPage.objects.get(pk=form.pk)
    factories.make_ticket(form, satu="pertama", dua="kedua")
    for rows in both(signed_in(admin)):
        assert dict(zip(*rows, strict=True))["Catatan"] == "pertama\nkedua"


class TestRight:
    def test_without_it_there_is_no_file_and_no_link(self, client, officer, form_page):
        ticket = factories.make_ticket(form_page)
        right = Group.objects.get(name=roles.OFFICER).permissions.get(codename="export_submission")
        Group.objects.get(name=roles.OFFICER).permissions.remove(right)
        client = signed_in(officer)
        assert not soup(client.get(ALL)).select(".inbox-export")
        for url in (ALL, ALL + "hasil/"):
            response = client.get(url, {"export": "csv"})
            assert response.headers["Location"] == "/cms/"
        assert not ticket.events.filter(kind="exported").exists()

    def test_reaches_ones_own_forms_only(self, client, form_page):
        mine = factories.make_ticket(form_page)
        other = factories.make_form("lain", [{"label": "Rahasia lain"}], title="Lain", ticket_prefix="LAIN")
        theirs = factories.make_ticket(other)
        for rows in both(client) + both(client, form=other.pk):
            assert "Rahasia lain" not in rows[0]
            assert theirs.reference not in [row[0] for row in rows]
        assert mine.events.filter(kind="exported").count() == 2
        assert not theirs.events.filter(kind="exported").exists()

    def test_is_logged_in_each_ticket_that_left(self, client, officer, form_page):
        ticket = factories.make_ticket(form_page)
        [closed] = many(ticket, 1, status=Status.DONE)
        client.get(ALL, {"export": "xlsx", "status": "baru"})
        event = ticket.events.get(kind="exported")
        assert (event.actor, event.after) == (officer, "xlsx")
        assert not closed.events.exists()

    def test_what_changes_while_the_file_is_read_neither_joins_nor_leaves_it(self, client, officer, form_page):
        listed_then = factories.make_ticket(form_page)
        [spam] = many(listed_then, 1, status=Status.SPAM)
        response = client.get(ALL, {"export": "csv"})
        late = factories.make_ticket(form_page)
        services.move(spam, Status.NEW, by=officer)
        services.move(listed_then, Status.SPAM, by=officer)
        assert [row[0] for row in csv_rows(response)[1:]] == [listed_then.reference]
        recorded = SubmissionEvent.objects.filter(kind="exported").values_list("submission", flat=True)
        assert list(recorded) == [listed_then.pk]
        assert late.reference in [row[0] for row in csv_rows(client.get(ALL, {"export": "csv"}))]

    @pytest.mark.parametrize("file_format", ["pdf", "", "CSV", "../etc"])
    def test_another_format_is_just_the_list(self, client, form_page, file_format):
        assert client.get(ALL, {"export": file_format}).headers["Content-Type"].startswith("text/html")


def test_costs_no_query_for_each_row_and_streams(client, form_page):
    def selects() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(ALL, {"export": "csv"})
            assert response.streaming
            b"".join(response)
        return sum(query["sql"].startswith("SELECT") for query in captured.captured_queries)

    ticket = factories.make_ticket(form_page)
    selects()
    few = selects()
    many(ticket, 300)
    assert selects() == few
