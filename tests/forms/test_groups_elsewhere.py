"""Repeated groups around the form: editor, health, previews, receipt, status page, ticket page, files, drafts."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms import conditions, exports, groups, health, rendering
from forms.models import FormField, FormPage, Submission
from tests.forms.cms_forms import PageEditor, question_row
from tests.forms.long_form import URL, ask, make
from tests.forms.phone import Phone
from tests.forms.product_form import ROWS, make_product_form, with_products
from tests.forms.visitors import TICKET, opened, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(site) -> FormPage:
    return make_product_form()


@pytest.fixture
def page_editor(client, editor, form) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, form)


def send(*names: str) -> tuple[Phone, Submission]:
    phone = with_products(*names)
    phone.press("kirim", setuju="on", named={"nama_bahan": "malam"})
    return phone, Submission.objects.latest("pk")


def rows(*given: dict) -> list:
    return [FormField(**row).as_question() for row in given]


# --- What may be saved ----------------------------------------------------------------------------


def test_an_empty_group_is_refused_and_named(page_editor):
    first = len(ROWS)
    row = question_row(first, "Mesin", "group", required="")
    response = page_editor.save(**{"form_fields-TOTAL_FORMS": str(first + 1)}, **row)
    assert response.status_code == 200
    assert "Kelompok berulang “Mesin” belum berisi pertanyaan" in response.content.decode()
    more = question_row(first + 1, "Nama mesin")
    response = page_editor.save(**{"form_fields-TOTAL_FORMS": str(first + 2)}, **row, **more)
    assert response.status_code == 302
    assert page_editor.keys()["Mesin"] == "mesin"


@pytest.mark.parametrize("most", ["0", "21", ""])
def test_how_often_has_its_limits(page_editor, most):
    response = page_editor.save(**{"form_fields-4-max_repeats": most})
    assert response.status_code == 200
    assert page_editor.latest().form_fields.get(label="Produk").max_repeats == 3


def looks_at(key: str) -> dict:
    return {"show_if_key": key, "show_if_operator": "filled"}


def test_from_outside_nothing_looks_into_a_group():
    asked = rows(
        ask("Nama"), ask("A", "group"), ask("Satu", **looks_at("nama")), ask("Dua", **looks_at("satu")),
        ask("B", "group", **looks_at("nama")), ask("Tiga", **looks_at("satu")),
        ask("Akhir", "section"), ask("Empat", **looks_at("satu")), ask("Lima", **looks_at("nama")),
    )  # fmt: skip
    faults = conditions.faults(asked)
    assert set(faults) == {"tiga", "empat"}
    assert "“Empat” tidak dapat bergantung pada “Satu”, yang ada dalam kelompok berulang “A”" in faults["empat"]


def test_what_is_asked_once_may_be_looked_at():
    asked = rows(ask("A", "group", max_repeats=1), ask("Satu"), ask("B", "group"), ask("Dua", **looks_at("satu")))
    assert conditions.faults(asked) == {}


def test_an_old_key_that_looks_like_a_copy_cannot_be_repeated():
    asked = rows(ask("A", "group"), ask("Satu"), ask("Satu lagi", clean_name="satu__2"))
    assert list(groups.faults(asked)) == ["satu"]


def test_a_hidden_group_is_not_asked(site):
    make(
        rows=[ask("Punya", "radio", choices="Ya\nTidak"), ask("Alat", "group", show_if_key="punya",
              show_if_operator="equals", show_if_values="Ya"), ask("Nama alat")],
        layout="single", check=False,
    )  # fmt: skip
    phone = Phone(URL)
    phone.press("tambah:alat", punya="Tidak")
    assert phone.page.select_one("fieldset.form-copy .field-condition")
    assert phone.press("kirim").status_code == 303
    assert set(Submission.objects.get().answers) >= {"punya"}
    assert groups.copies(rows(), Submission.objects.get().answers, "alat") == []


# --- The editor's screens -------------------------------------------------------------------------


def test_health_counts_each_question_once(form):
    many = [ask("Alat", "group", max_repeats=20), *(ask(f"Isian {number}") for number in range(13))]
    found = {finding.code: finding.wrong for finding in health.findings(make_length(many), has_officer=True)}
    assert found["length"] == "Satu halaman berisi 13 pertanyaan; di HP lebih dari 12 melelahkan."
    assert "label" not in {finding.code for finding in health.findings(form, has_officer=True)}


def make_length(given: list[dict]) -> FormPage:
    page = FormPage(title="Panjang", layout="single")
    page.form_fields = [FormField(sort_order=order, **row) for order, row in enumerate(given)]
    return page


def test_previews_show_one_copy_and_two(form, client, editor):
    client.force_login(editor)
    assert dict(form.preview_modes)["copies"] == "Kelompok diisi dua kali"

    def titles(mode: str) -> list[str]:
        page = page_of(client.get(f"/cms/pages/{form.pk}/view_draft/?mode={mode}"))
        return [title.get_text() for title in page.select("main .form-copy-title")]

    assert titles("step-2") == ["Produk"]
    assert titles("copies") == ["Produk 1", "Produk 2"]
    assert titles("check") == ["Produk", "Bahan", "Persetujuan"]


def test_a_form_without_groups_has_no_preview_of_them(form_page):
    assert "copies" not in dict(form_page.preview_modes)


def test_two_versions_are_compared_in_words(page_editor, form):
    before = page_editor.revision()
    page_editor.save(**{"form_fields-4-max_repeats": "7", "form_fields-4-label": "Barang jualan"})
    url = f"/cms/pages/{form.pk}/revisions/compare/{before}...{page_editor.revision()}/"
    rows = page_of(page_editor.client.get(url)).select(".comparison__child-object dt")
    said = {row.get_text(strip=True): row.find_next_sibling("dd").get_text(" ", strip=True) for row in rows}
    assert said["Paling banyak diisi berapa kali"] == "3 7"
    assert page_editor.keys()["Barang jualan"] == "produk"


def test_a_copy_of_the_page_has_the_same_groups(form):
    copy = form.copy(update_attrs={"slug": "salinan", "title": "Salinan"}, keep_live=False)
    assert FormPage.objects.get(pk=copy.pk).questions() == form.questions()


# --- What is shown of a ticket --------------------------------------------------------------------


def test_receipt_status_and_ticket_page_show_the_copies(form, client, admin):
    phone, ticket = send("Kain", "Tas")
    receipt = page_of(phone.client.get(phone.response["Location"]))
    status = page_of(opened(ticket).get(TICKET))
    client.force_login(admin)
    desk = page_of(client.get(reverse("ticket:detail", args=[ticket.pk])))
    for page in (receipt, status, desk):
        shown = [term.get_text(strip=True) for term in page.select("dt.answers-group")]
        assert shown == ["Produk 1", "Produk 2", "Bahan", "Persetujuan"]
    titles = [(answer.group, answer.value) for answer in rendering.answers(ticket) if answer.label == "Nama produk"]
    assert titles == [("Produk 1", "Kain"), ("Produk 2", "Tas")]


def test_the_export_has_a_column_for_each_copy(form):
    _, first = send("Kain")
    _, second = send("Tas", "Baju")
    response = exports.response({ticket.pk: ticket.snapshot_id for ticket in (first, second)}, "csv", name="x")
    columns, *lines = csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";")
    places = [columns.index("Nama produk"), columns.index("Nama produk (2)")]
    assert [[line[place] for place in places] for line in lines] == [["Kain", ""], ["Tas", "Baju"]]


def test_search_finds_what_stands_in_a_copy(form):
    _, ticket = send("Kain", "Selendang sutra")
    assert list(Submission.objects.matching("selendang")) == [ticket]


def test_another_send_with_the_token_names_the_copies(form):
    phone = with_products("Kain", "Tas")
    again = Phone(URL, phone.client)
    again.response = phone.response
    phone.press("kirim", setuju="on")
    again.press("kirim", setuju="on", named={"nama_produk__2": "Baju"})
    [message] = Submission.objects.get().messages.all()
    assert "Nama produk: Kain" in message.body
    assert "Nama produk (2): Baju" in message.body


def test_a_form_that_closed_meanwhile_shows_all_copies(form):
    phone = with_products("Kain", "Tas")
    form.closes_at = timezone.now()
    form.save_revision().publish()
    phone.press("kirim")
    names = [term.get_text(strip=True) for term in phone.page.select(".answers dt")]
    assert "Nama produk (2)" in names


def test_a_browser_may_keep_how_often_but_no_photo(form):
    page = page_of(Client().get(URL))
    kept = page.select_one("form[data-form]")["data-kept"].split()
    assert {"ulang-produk", "ulang-bahan", "nama_produk"} <= set(kept)
    assert "foto" not in kept
