"""Teks persetujuan: every version of a text, what it said, when and on how many tickets it was agreed to (I1)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from forms import consents, retention, services
from forms.enums import Status
from forms.field_types.consent import text_version
from forms.models import FormPage, Submission
from siptenan.accounts import roles
from siptenan.common.dates import WIB
from tests import factories
from tests.factories import make_form, open_form, send
from tests.forms.cms_forms import PageEditor
from tests.forms.officers import queries, signed_in, soup, text
from tests.forms.visitors import TICKET, opened

pytestmark = pytest.mark.django_db

OLD, NEW = "Data dipakai untuk menjawab.", "Data dipakai untuk menjawab, dan dihapus sesudah dua tahun."
NEWS = "Nomor boleh dipakai untuk kabar pelatihan."


@pytest.fixture
def form(site) -> FormPage:
    """A form with a consent that is required and one that is not."""
    rows = [
        {"label": "Nama"},
        {"label": "Setuju", "field_type": "consent", "text": OLD},
        {"label": "Kabar", "field_type": "consent", "text": NEWS, "required": False},
    ]
    return make_form("dengan-persetujuan", rows, title="Formulir Persetujuan")


@pytest.fixture
def clerk(form):
    return factories.make_staff("Petugas", "budi", forms=[form])


def given(form: FormPage, *labels: str, day: int) -> Submission:
    """A ticket that was sent at nine on a day of November 2026, with these boxes ticked."""
    moment = dt.datetime(2026, 11, day, 9, tzinfo=WIB)
    by_label = {question.label: question for question in form.questions()}
    ticks = {
        label: {"version": text_version(by_label[label].text), "at": moment.isoformat()} if label in labels else ""
        for label in ("Setuju", "Kabar")
    }
    with time_machine.travel(moment, tick=False):
        return factories.make_ticket(form, Nama="Ibu Rahasiawati", **ticks)


def change_text(form: FormPage, text: str) -> FormPage:
    form = FormPage.objects.get(pk=form.pk)
    row = next(field for field in form.form_fields.all() if field.label == "Setuju")
    row.text = text
    row.save()
    return FormPage.objects.get(pk=form.pk)


def counts(form: FormPage) -> list[tuple[str, bool, int]]:
    return [(row.text, row.is_current, row.tickets) for row in consents.of_form(form)]


def test_a_changed_text_keeps_the_old_one_with_its_times(form):
    given(form, "Setuju", day=2)
    given(form, "Setuju", "Kabar", day=4)
    form = change_text(form, NEW)
    given(form, "Setuju", day=6)
    assert counts(form) == [(NEW, True, 1), (NEWS, True, 1), (OLD, False, 2)]
    old = consents.of_form(form)[-1]
    assert [moment.astimezone(WIB).day for moment in (old.first, old.last)] == [2, 4]
    assert old.version == text_version(OLD)


def test_a_question_that_is_gone_keeps_its_text(form):
    given(form, "Setuju", day=2)
    form.form_fields.filter(label="Setuju").delete()
    form = FormPage.objects.get(pk=form.pk)
    assert counts(form) == [(NEWS, True, 0), (OLD, False, 1)]


def test_spam_and_what_was_deleted_do_not_count(form, clerk):
    spam, done = given(form, "Setuju", day=2), given(form, "Setuju", day=3)
    Submission.objects.filter(pk=spam.pk).update(status=Status.SPAM)
    assert counts(form)[0] == (OLD, True, 1)
    services.move(done, Status.REJECTED, by=clerk, reason="Di luar layanan.")
    retention.anonymise(done)
    assert counts(form)[0] == (OLD, True, 0)


def test_another_form_is_another_list(form, form_page):
    given(form, "Setuju", day=2)
    assert consents.of_form(form_page) == []


class TestScreen:
    def url(self, form: FormPage) -> str:
        return f"/cms/persetujuan/{form.pk}/"

    def test_says_what_was_agreed_to_and_how_often_and_by_nobody_s_name(self, form, clerk):
        given(form, "Setuju", day=2)
        given(form, "Setuju", day=4)
        form = change_text(form, NEW)
        page = text(signed_in(clerk).get(self.url(form)))
        assert "Belum ada tiket yang menyetujui teks ini." in page
        assert "Disetujui pada 2 tiket, dari 2 November 2026, 09.00 sampai 4 November 2026, 09.00 WIB." in page
        assert OLD in page
        assert NEW in page
        assert "Tidak dipakai lagi" in page
        assert "Rahasiawati" not in page

    def test_is_reached_from_the_reports_and_from_the_editor(self, form, editor, client):
        browser = signed_in(editor)
        [link] = soup(browser.get("/cms/persetujuan/")).select(f"main a[href='{self.url(form)}']")
        assert link.get_text() == "Formulir Persetujuan"
        health = soup(browser.get(f"/cms/pages/{form.pk}/edit/")).select_one(".form-health")
        assert health.select_one("a")["href"] == self.url(form)
        assert "Teks persetujuan" in browser.get("/cms/").content.decode()

    def test_an_officer_reads_those_of_his_forms_only(self, form, form_page, clerk):
        browser = signed_in(clerk)
        assert [a.get_text() for a in soup(browser.get("/cms/persetujuan/")).select(".consent-forms a")] == [form.title]
        assert browser.get(self.url(form)).status_code == 200
        assert browser.get(self.url(form_page)).status_code == 404

    def test_a_form_without_a_consent_says_so(self, form_page, editor):
        assert "belum pernah meminta persetujuan" in text(signed_in(editor).get(self.url(form_page)))

    def test_what_is_no_form_is_not_found(self, site, editor):
        browser = signed_in(editor)
        assert [browser.get(f"/cms/persetujuan/{pk}/").status_code for pk in (site.pk, 0, 10**17)] == [404] * 3

    def test_costs_the_same_for_2_and_20_tickets(self, form, clerk):
        browser = signed_in(clerk)

        def asked() -> int:
            browser.get(self.url(form))
            return queries(browser, self.url(form))

        for day in (2, 3):
            given(form, "Setuju", day=day)
        few = asked()
        for _ in range(18):
            given(form, "Setuju", "Kabar", day=5)
        assert asked() == few


def test_the_editor_s_change_of_the_text_shows(form, editor, client):
    given(form, "Setuju", day=2)
    client.force_login(editor)
    page = PageEditor(client, form)
    position = [row.label for row in page.latest().form_fields.all()].index("Setuju")
    assert page.save(**{f"form_fields-{position}-text": NEW}).status_code == 302
    assert counts(FormPage.objects.get(pk=form.pk)) == [(NEW, True, 0), (NEWS, True, 0), (OLD, False, 1)]


def test_the_version_of_a_text_is_for_officers_only(site, client):
    rows = [{"label": "Setuju", "field_type": "consent", "text": "Data dipakai dinas."}]
    form = make_form("setuju", rows, title="Setuju", check_answers=True)
    version = f"(teks versi {text_version('Data dipakai dinas.')})"
    checked = client.post(form.url, {**open_form(client, form.url), "setuju": "on", "aksi": "periksa"})
    assert "Setuju, " in checked.content.decode()
    receipt = send(client, form.url, setuju="on", aksi="kirim")
    ticket = Submission.objects.get()
    status = opened(ticket).get(TICKET)
    for page in (checked, receipt, status):
        assert page.status_code == 200
        assert "versi" not in page.content.decode()
    officer = factories.make_staff(roles.OFFICER, "petugas", forms=[form])
    assert version in signed_in(officer).get(f"/cms/tiket/{ticket.pk}/").content.decode()
