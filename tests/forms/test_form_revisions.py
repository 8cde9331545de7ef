"""A6: a form that is copied, scheduled, compared and brought back, with its sections, conditions and limits."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from forms import rendering
from forms.comparisons import Change
from forms.models import FormPage, Submission
from forms.questions import Condition
from home.models import KalindriPage
from siptenan.common import generation
from tests.factories import make_form, make_ticket
from tests.forms.cms_forms import PageEditor
from tests.forms.visitors import page_of
from tests.project.test_words import english

ROWS = [
    {"label": "Diri", "field_type": "section"},
    {"label": "Punya NIB?", "field_type": "radio", "choices": "Ya\nTidak"},
    {"label": "NIB", "min_length": 13, "show_if_key": "punya_nib", "show_if_operator": "equals",
     "show_if_values": "Ya"},
    {"label": "Usaha", "field_type": "section"},
    {"label": "Jumlah", "field_type": "number", "max_value": 5000, "required": False},
    {"label": "Foto", "field_type": "photo", "max_files": 3, "required": False},
]  # fmt: skip
URL = "/kalindri/syarat/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def conditional(site) -> FormPage:
    return make_form("syarat", ROWS, title="Syarat", layout="steps")


@pytest.fixture
def page_editor(client, editor, conditional) -> PageEditor:
    client.force_login(editor)
    return PageEditor(client, conditional)


def stored(page: FormPage) -> FormPage:
    return FormPage.objects.get(pk=page.pk)


def row(editor: PageEditor, which: str, /, **values: str | list) -> dict[str, str | list]:
    """The fields of one row, changed."""
    number = [field.label for field in editor.latest().form_fields.all()].index(which)
    return {f"form_fields-{number}-{name}": value for name, value in values.items()}


def step_titles() -> list[str]:
    return [title.get_text() for title in page_of(Client().get(URL)).select("main .form-section-title")]


# --- Copying --------------------------------------------------------------------------------------


def copied(client: Client, page: FormPage, *, publish: bool) -> FormPage:
    """Copy a page by the CMS's screen."""
    fields = {
        "new_title": "Salinan", "new_slug": "salinan", "new_parent_page": KalindriPage.objects.get().pk,
        **({"publish_copies": "on"} if publish else {}),
    }  # fmt: skip
    assert client.post(f"/cms/pages/{page.pk}/copy/", fields).status_code == 302
    return FormPage.objects.get(slug="salinan")


@pytest.mark.parametrize("publish", [True, False], ids=["published", "draft"])
def test_a_copy_has_questions_of_its_own(page_editor, conditional, client, publish):
    copy = copied(client, conditional, publish=publish)
    assert copy.live is publish
    assert copy.questions() == conditional.questions()
    assert copy.get_latest_revision_as_object().questions() == conditional.questions()
    assert not {row.pk for row in copy.form_fields.all()} & {row.pk for row in conditional.form_fields.all()}
    of_copy = PageEditor(client, copy)
    of_copy.rename("Punya NIB?", "Sudah punya NIB?", publish=publish)
    after = {field.label: field for field in of_copy.latest().form_fields.all()}
    assert after["NIB"].condition == Condition("punya_nib", "equals", ("Ya",))
    assert "Sudah punya NIB?" not in [question.label for question in stored(conditional).questions()]


def test_a_copy_has_no_tickets_and_takes_its_own(page_editor, conditional, client):
    make_ticket(conditional, punya_nib="Tidak")
    copy = copied(client, conditional, publish=True)
    assert copy.submissions.count() == 0
    ticket = make_ticket(copy, punya_nib="Tidak")
    assert ticket.snapshot_id != Submission.objects.get(form=conditional).snapshot_id  # its title is another
    assert Client().get("/kalindri/salinan/").status_code == 200


def test_the_copy_of_a_draft_that_lacks_its_contact_stays_a_draft(client, editor, site):
    client.force_login(editor)
    page = stored(make_form("draf", [{"label": "Nama"}], title="Draf"))
    page.unpublish()
    FormPage.objects.filter(pk=page.pk).update(help_contact="")
    copy = copied(client, page, publish=True)
    assert not copy.live


# --- Scheduling -----------------------------------------------------------------------------------


def test_a_scheduled_version_comes_at_its_time(page_editor, conditional):
    soon = timezone.localtime() + dt.timedelta(hours=2)
    before = stored(conditional).questions()
    changes = {**row(page_editor, "NIB", label="Nomor NIB"), **row(page_editor, "Usaha", label="Tentang usaha")}
    assert page_editor.save(go_live_at=f"{soon:%Y-%m-%d %H:%M}", **changes).status_code == 302
    call_command("publish_scheduled", verbosity=0)
    assert stored(conditional).questions() == before
    with time_machine.travel(soon + dt.timedelta(minutes=1), tick=True):
        call_command("publish_scheduled", verbosity=0)
        generation.forget()
        after = stored(conditional).questions()
        assert [question.label for question in after] == [
            "Diri", "Punya NIB?", "Nomor NIB", "Tentang usaha", "Jumlah", "Foto",
        ]  # fmt: skip
        assert [question.key for question in after] == [question.key for question in before]
        assert after[2].show_if == Condition("punya_nib", "equals", ("Ya",))
        assert Client().get(URL).status_code == 200


def test_a_new_form_appears_at_its_time(client, editor, site):
    client.force_login(editor)
    page = stored(make_form("nanti", ROWS, title="Nanti"))
    page.unpublish()
    soon = timezone.localtime() + dt.timedelta(hours=2)
    assert PageEditor(client, page).save(go_live_at=f"{soon:%Y-%m-%d %H:%M}").status_code == 302
    assert Client().get("/kalindri/nanti/").status_code == 404
    with time_machine.travel(soon + dt.timedelta(minutes=1), tick=True):
        call_command("publish_scheduled", verbosity=0)
        generation.forget()
        assert Client().get("/kalindri/nanti/").status_code == 200


def test_a_version_that_lacks_its_contact_is_not_scheduled(page_editor):
    soon = timezone.localtime() + dt.timedelta(hours=2)
    response = page_editor.save(go_live_at=f"{soon:%Y-%m-%d %H:%M}", help_contact="")
    assert "Isi dulu “Kontak bantuan” sebelum menerbitkan." in response.content.decode()


# --- Comparing ------------------------------------------------------------------------------------


def compared(editor: PageEditor, before: int, after: int) -> BeautifulSoup:
    return page_of(editor.client.get(f"/cms/pages/{editor.page.pk}/revisions/compare/{before}...{after}/"))


def differences(page: BeautifulSoup) -> list[list[str]]:
    """What the screen says, question by question."""
    boxes = page.select(".comparison__child-object")
    return [[part.get_text(" ", strip=True) for part in box.select(".help-block p, dt, dd")] for box in boxes]


def test_two_versions_are_compared_in_words(page_editor):
    before = page_editor.revision()
    changes = {
        **row(page_editor, "NIB", show_if_key="", label="Nomor NIB", required=[]),
        **row(page_editor, "Punya NIB?", choices="Ya\r\nTidak\r\nBelum tahu"),
        **row(page_editor, "Jumlah", max_value="1000"),
    }
    assert page_editor.save(**changes).status_code == 302
    screen = compared(page_editor, before, page_editor.revision())
    assert differences(screen) == [
        ["Pertanyaan", "Punya NIB?", "Pilihan jawaban", "Ya\nTidak Belum tahu"],
        ["Pertanyaan", "NIB Nomor NIB", "Wajib", "Ya Tidak",
         "Syarat tampil", "Hanya bila “Punya NIB?” dijawab “Ya”. Selalu tampil."],
        ["Pertanyaan", "Jumlah", "Paling besar", "5.000 1.000"],
    ]  # fmt: skip
    assert english(screen.select_one("table.listing").get_text(" ")) == set()


def test_new_deleted_and_moved_questions_are_named(page_editor):
    before = page_editor.revision()
    page_editor.delete("Foto")
    page_editor.add("Surat", kind="document", max_file_mb="5")
    order = {"Diri": 1, "Punya NIB?": 2, "Usaha": 3, "Jumlah": 4, "NIB": 5, "Surat": 6}
    labels = [field.label for field in page_editor.latest().form_fields.all()]
    places = {f"form_fields-{number}-ORDER": str(order[label]) for number, label in enumerate(labels)}
    assert page_editor.save(**places).status_code == 302
    found = differences(compared(page_editor, before, page_editor.revision()))
    assert found == [
        ["Dipindahkan ke bawah 2 posisi.", "Pertanyaan", "NIB"],
        ["Pertanyaan baru", "Surat", "Jenis", "Dokumen (PDF)", "Paling besar (MB)", "5"],
        ["Pertanyaan dihapus", "Foto", "Wajib", "Tidak", "Jenis", "Foto", "Paling banyak berkas", "3"],
    ]


def test_settings_are_compared_in_words(page_editor):
    before = page_editor.revision()
    page_editor.save(show_contact_cards=[], closes_at="2099-12-31 16:30")
    rows = compared(page_editor, before, page_editor.revision()).select("table.listing tbody > tr")
    assert [[cell.get_text(" ", strip=True) for cell in line.select("td")] for line in rows] == [
        ["Tampilkan kartu kontak:", "Ya Tidak"],
        ["Ditutup pada:", "Kamis, 31 Desember 2099, 16.30 WIB"],
    ]


def test_versions_without_a_difference(page_editor):
    before = page_editor.revision()
    page_editor.save()
    assert differences(compared(page_editor, before, page_editor.revision())) == []


def test_what_editors_typed_is_no_markup():
    assert Change("x", "<b>", "<i>").htmldiff() == (
        '<span class="deletion">&lt;b&gt;</span> <span class="addition">&lt;i&gt;</span>'
    )
    assert Change("x", "<b>", "<b>").htmldiff() == "&lt;b&gt;"


# --- Bringing back --------------------------------------------------------------------------------


def test_a_restored_version_is_the_old_one_in_every_part(page_editor, conditional):
    """Sections, conditions and limits come back under their keys, so that old answers belong to them again."""
    before, revision = stored(conditional).questions(), page_editor.revision()
    ticket = make_ticket(conditional, punya_nib="Ya", nib="1234567890123", jumlah="12")
    page_editor.save(**row(page_editor, "NIB", show_if_key="", min_length=""), layout="single")
    page_editor.delete("Usaha")
    page_editor.delete("Punya NIB?")
    page_editor.add("Punya NIB?", kind="checkbox")
    assert stored(conditional).questions() != before
    assert page_editor.save(revision=revision).status_code == 302
    restored = stored(conditional)
    assert restored.questions() == before
    assert restored.layout == "steps"
    assert [(answer.label, answer.value) for answer in rendering.answers(ticket)] == [
        ("Punya NIB?", "Ya"), ("NIB", "1234567890123"), ("Jumlah", "12"),
    ]  # fmt: skip
    again = make_ticket(restored, punya_nib="Tidak")
    assert again.snapshot_id == ticket.snapshot_id
    assert step_titles() == ["Diri"]


def test_a_restored_draft_is_not_public_until_it_is_published(page_editor, conditional):
    revision = page_editor.revision()
    page_editor.rename("Jumlah", "Banyaknya")
    assert page_editor.save(revision=revision, publish=False).status_code == 302
    assert "Banyaknya" in [question.label for question in stored(conditional).questions()]
    assert "Jumlah" in [field.label for field in page_editor.latest().form_fields.all()]


def test_the_restored_version_differs_in_nothing_from_the_old_one(page_editor):
    revision = page_editor.revision()
    page_editor.delete("Jumlah")
    page_editor.rename("NIB", "Nomor")
    page_editor.save(revision=revision)
    assert differences(compared(page_editor, revision, page_editor.revision())) == []
