"""Kesehatan formulir: what is found, how much it matters, and that the editor sees it of the version on the screen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import health, permissions
from forms.health import Severity
from forms.models import FormField, FormPage
from home.models import KalindriPage
from tests.factories import make_form
from tests.forms.cms_forms import PageEditor, fields_of
from tests.forms.visitors import page_of

MUST, SHOULD = Severity.MUST, Severity.SHOULD
WELL = {"what_happens_next": "Dibaca.", "help_contact": "Telepon.", "notify_emails": "petugas@example.id"}
CONSENT = {"label": "Setuju", "field_type": "consent", "text": "Untuk menjawab."}

pytestmark = pytest.mark.django_db


def questions(*rows: dict) -> list[dict]:
    return [{"label": f"Pertanyaan {number}", **row} for number, row in enumerate(rows, 1)]


def found(rows: list[dict] | None = None, *, has_officer: bool = True, **values) -> dict[str, Severity]:
    """What is found in a page that is well but for what is given."""
    page = FormPage(title="Contoh", **{**WELL, **values})
    given = questions({}) if rows is None else rows
    page.form_fields = [FormField(sort_order=order, **row) for order, row in enumerate(given)]
    return {finding.code: finding.severity for finding in health.findings(page, has_officer=has_officer)}


def test_nothing_is_wrong():
    assert found() == {}


@pytest.mark.parametrize("name", ["what_happens_next", "help_contact"])
def test_texts_without_which_it_cannot_be_published(name):
    assert found(**{name: " \n"}) == {name: MUST}


@pytest.mark.parametrize(("has_officer", "severity"), [(True, SHOULD), (False, MUST)])
def test_nobody_is_told(has_officer, severity):
    assert found(notify_emails="", has_officer=has_officer) == {"recipient": severity}
    assert found(has_officer=has_officer) == {}


def test_the_closing_time_is_over():
    now = timezone.now()
    assert found(closes_at=now - dt.timedelta(minutes=1)) == {"closed": MUST}
    assert found(closes_at=now + dt.timedelta(days=1)) == {}


def test_nobody_said_how_long_data_stay():
    assert found(retention_months=None) == {"retention": MUST}


@pytest.mark.parametrize(
    ("kind", "severity"),
    [("phone", SHOULD), ("email", SHOULD), ("address", SHOULD), ("nik", MUST), ("photo", MUST), ("document", MUST)],
)
def test_personal_data_without_a_consent(kind, severity):
    assert found(questions({"field_type": kind})) == {"consent": severity}
    assert found([*questions({"field_type": kind}), CONSENT]) == {}


@pytest.mark.parametrize("kind", ["singleline", "number", "date", "kelurahan"])
def test_other_questions_need_none(kind):
    assert found(questions({"field_type": kind})) == {}


def test_too_many_questions_on_one_page():
    rows = questions(*[{}] * 12)
    unseen = {"label": "Sumber", "field_type": "hidden"}
    texts = [{"label": "Bacalah", "field_type": "info", "text": "x"}, {"label": "Bagian", "field_type": "section"}]
    assert found([*rows, unseen, *texts]) == {}
    assert found([*rows, {"label": "Satu lagi"}]) == {"length": SHOULD}


def test_steps_are_counted_each():
    first, second = questions(*[{}] * 12), [{"label": f"Lain {number}"} for number in range(13)]
    section = {"label": "Kedua", "field_type": "section"}
    assert found([*first, section, *second[:12]], layout="steps") == {}
    assert found([*first, section, *second], layout="steps") == {"length": SHOULD}
    assert found([*first, section, *second[:12]]) == {"length": SHOULD}


@pytest.mark.parametrize(
    "rows", [[], [{"label": "Judul", "field_type": "section"}], [{"label": "B", "field_type": "info", "text": "x"}]]
)
def test_no_question(rows):
    assert found(rows) == {"questions": MUST}


def test_two_questions_of_one_label():
    assert found([{"label": "Satuan"}, {"label": " satuan"}]) == {"label": SHOULD}
    assert found([{"label": "Satuan"}, {"label": "Satuan", "field_type": "section"}, {"label": "X"}]) == {}


def condition(operator: str, *values: str) -> dict:
    return {"show_if_key": "jumlah", "show_if_operator": operator, "show_if_values": "\n".join(values)}


@pytest.mark.parametrize(
    ("looked_at", "wanted", "never"),
    [
        ({"max_value": 10}, condition("greater", "10"), True),
        ({"max_value": 10}, condition("greater", "9"), False),
        ({"min_value": 10}, condition("less", "10"), True),
        ({"min_value": 10}, condition("less", "11"), False),
        ({"min_value": 10, "max_value": 20}, condition("equals", "21"), True),
        ({"min_value": 10, "max_value": 20}, condition("any", "9", "20"), False),
        ({"max_value": 1_000}, condition("equals", "1.500"), True),
        ({"max_value": 10}, condition("not", "99"), False),
        ({}, condition("greater", "99"), False),
        ({"required": True}, condition("empty"), True),
        ({"required": True}, condition("filled"), False),
        ({"required": False}, condition("empty"), False),
        ({"field_type": "singleline", "max_value": 10}, condition("equals", "99"), False),
    ],
)
@pytest.mark.parametrize("kind", ["singleline", "section"])
def test_conditions_that_cannot_hold(looked_at, wanted, never, kind):
    rows = [{"label": "Jumlah", "field_type": "number", **looked_at}, {"label": "Lain", "field_type": kind, **wanted}]
    rows += [{"label": "Akhir"}]
    limits = {"min_value", "max_value"}
    rows[0] = {name: Decimal(value) if name in limits else value for name, value in rows[0].items()}
    assert found(rows) == ({"condition": MUST} if never else {})


@pytest.mark.parametrize("hidden", ["question", "section"])
def test_what_is_asked_sometimes_may_be_empty(hidden):
    when = {"show_if_key": "ada", "show_if_operator": "equals", "show_if_values": "Ya"}
    rows = [
        {"label": "Ada", "field_type": "radio", "choices": "Ya\nTidak"},
        {"label": "Bagian", "field_type": "section", **(when if hidden == "section" else {})},
        {"label": "Jumlah", "field_type": "number", **(when if hidden == "question" else {})},
        {"label": "Lain", **condition("empty")},
    ]
    assert found(rows) == {}


def test_the_urgent_come_first_and_each_says_what_to_do():
    page = FormPage(title="Contoh", closes_at=timezone.now())
    page.form_fields = [FormField(label="HP", field_type="phone"), FormField(label="HP", field_type="phone")]
    findings = health.findings(page, has_officer=False)
    assert [finding.severity for finding in findings] == [MUST] * 4 + [SHOULD] * 2
    assert all(finding.wrong.endswith(".") and finding.advice.endswith(".") for finding in findings)
    assert "(HP, HP)" in next(finding.wrong for finding in findings if finding.code == "consent")


# --- On the screen --------------------------------------------------------------------------------


@pytest.fixture
def page_editor(client, editor, form_page) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, form_page)


def panel(editor: PageEditor) -> str:
    html = page_of(editor.client.get(f"/cms/pages/{editor.page.pk}/edit/"))
    return html.select_one(".form-health").get_text(" ", strip=True)


def test_the_editor_sees_it_above_the_questions(page_editor):
    response = page_editor.client.get(f"/cms/pages/{page_editor.page.pk}/edit/")
    html = str(page_of(response).select_one("#page-edit-form"))
    assert html.index("Kesehatan formulir") < html.index("form_fields-0-label")
    assert "Harus: Kiriman tidak sampai kepada siapa pun" in panel(page_editor)
    assert "Sebaiknya: Formulir meminta data pribadi (Nomor WhatsApp, Email)" in panel(page_editor)


def test_an_officer_of_the_form_receives_it(page_editor, officer):
    assert "Sebaiknya: Tidak ada yang mendapat surel" in panel(page_editor)
    officer.is_active = False
    officer.save()
    assert "Harus: Kiriman tidak sampai kepada siapa pun" in panel(page_editor)


def test_it_speaks_of_the_draft_on_the_screen(page_editor):
    page_editor.add("Setuju", kind="consent", text="Untuk menjawab.", publish=False)
    page_editor.save(publish=False, notify_emails="petugas@example.id")
    assert panel(page_editor).startswith("Semua baik.")
    assert FormPage.objects.get(pk=page_editor.page.pk).notify_emails == ""


def test_a_new_page_is_not_blamed_before_its_first_save(page_editor):
    parent = KalindriPage.objects.get().pk
    html = page_of(page_editor.client.get(f"/cms/pages/add/forms/formpage/{parent}/?kosong=1"))
    assert html.select_one("[name=title]") is not None
    assert html.select_one(".form-health") is None


def test_the_number_of_queries_does_not_grow_with_the_questions(client, editor, site):
    client.force_login(editor)
    counts = []
    for count in (2, 20):
        make_form(f"isian-{count}", questions(*[{"field_type": "phone"}] * count), title="Isian")
        url = f"/cms/pages/{FormPage.objects.get(slug=f'isian-{count}').pk}/edit/"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_preview_follows_what_is_being_typed(page_editor, officer):
    page_editor.add("Setuju", kind="consent", text="Untuk menjawab.")
    url = f"/cms/pages/{page_editor.page.pk}/edit/"
    fields = {**fields_of(page_editor.client.get(url).content), "notify_emails": "petugas@example.id"}

    def preview(**typed: str) -> str:
        page_editor.client.post(f"{url}preview/", {**fields, **typed})
        shown = page_of(page_editor.client.get(f"{url}preview/?mode=health&in_preview_panel=true"))
        return shown.main.get_text(" ", strip=True)

    assert "Semua baik" in preview()
    assert "Sebaiknya: Tidak ada yang mendapat surel" in preview(notify_emails="")
    assert "Harus: Belum ada kontak bantuan." in preview(help_contact="")
    assert "menurut simpanan terakhir" in panel(page_editor).lower()
    assert "Tidak ada yang mendapat surel" in panel(page_editor)


def test_the_preview_of_a_page_that_was_never_saved(page_editor, officer):
    page = FormPage(title="Baru", layout="single")
    assert permissions.is_given_to_somebody(page) is False
