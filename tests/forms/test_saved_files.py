"""The files of a saved form (B4): they follow whoever works on it, and go when nobody does any more."""

from __future__ import annotations

import time

import pytest
import time_machine

from forms import uploads, worker
from forms.builder import SAVED_FIELD
from forms.models import FormPage, SavedForm, Submission, Upload
from forms.models.message import private_storage
from forms.references import FormToken
from tests.forms.saving import (
    NIK,
    back_to_the_form,
    make_long_form,
    on_the_second_step,
    photos_on,
    resumed,
    save,
)
from tests.forms.upload_files import photo, sent, stored_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_storage():
    for path in stored_files():
        private_storage().delete(path)


@pytest.fixture
def long_form(site) -> FormPage:
    return make_long_form()


def test_the_photos_are_on_the_other_device_and_reach_the_ticket(long_form):
    code = save(on_the_second_step(tahun="2015", foto=sent(photo(), "a.jpg")))
    phone = resumed(code)
    assert photos_on(phone) == [str(Upload.objects.get().pk)]
    assert phone.page.select(".kept-files img")
    phone.press("kirim", nik=NIK, setuju="on")
    assert Submission.objects.get().uploads.count() == 1


def test_the_photos_follow_whoever_works_on_the_form(long_form):
    """The phone may die again, or come back to life."""
    first = on_the_second_step(foto=sent(photo(), "a.jpg"))
    code = save(first)
    second = resumed(code)
    other = save(second)
    third = resumed(code)
    assert all(photos_on(phone) for phone in (second, third))
    back_to_the_form(second)
    assert photos_on(second)
    fourth = resumed(other)
    assert photos_on(fourth)
    back_to_the_form(first, tahun="2015")
    assert photos_on(first)
    first.press("kirim", setuju="on")
    assert Submission.objects.get().uploads.count() == 1
    assert not SavedForm.objects.exists()


def test_the_photos_live_as_long_as_the_code_and_then_go_with_it(long_form):
    start = time.time()
    phone = on_the_second_step(foto=sent(photo(), "a.jpg"))
    code = save(phone)
    with time_machine.travel(start + 71 * 3600):
        assert worker.purge_saved_forms() + worker.purge_uploads() == 0
        assert photos_on(resumed(code))
    with time_machine.travel(start + 72 * 3600 + 60):
        assert worker.purge_saved_forms() == 1
        assert worker.purge_uploads() == 0, "it was opened an hour ago, somebody works on it"
    with time_machine.travel(start + 96 * 3600):
        assert worker.purge_uploads() == 1
    assert stored_files() == set()


def test_a_photo_that_nobody_went_on_with_goes_with_the_code(long_form):
    start = time.time()
    save(on_the_second_step(foto=sent(photo(), "a.jpg")))
    chores = list(worker.CHORES)
    assert chores.index(worker.purge_saved_forms) < chores.index(worker.purge_uploads)
    with time_machine.travel(start + 72 * 3600 + 60):
        assert (worker.purge_saved_forms(), worker.purge_uploads()) == (1, 1)
    assert not Upload.objects.exists()
    assert stored_files() == set()


def test_a_strangers_photo_cannot_be_saved_along(long_form):
    stranger = FormToken("s" * 20, long_form.pk, time.time())
    question = next(question for question in long_form.questions() if question.key == "foto")
    limits = uploads.Limits.of(question)
    theirs = uploads.store(stranger, long_form, "foto", sent(photo(), "a.jpg"), limits)
    code = save(on_the_second_step(), foto=str(theirs.pk), **{"foto-menyusul": str(theirs.pk)})
    assert photos_on(resumed(code)) == []
    assert Upload.objects.get().token_digest == stranger.digest


def test_a_forged_reference_breaks_nothing(long_form):
    phone = on_the_second_step(foto=sent(photo(), "a.jpg"))
    phone.press("lanjut", **{SAVED_FIELD: "x:y:z"})
    assert phone.response.status_code == 422
    assert photos_on(phone)
