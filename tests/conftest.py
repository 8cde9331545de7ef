"""Fixtures of all tests."""

from __future__ import annotations

import time

import hypothesis
import pytest
import time_machine
from django.core.cache import caches

from gallery.catalogue import index
from regulasi.library import index as regulation_index
from regulasi.library import search as regulation_search
from siptenan.accounts import roles
from siptenan.common import generation
from tests import factories

hypothesis.settings.load_profile("ci")  # the same examples each time, and no clock: machines are busy


@pytest.fixture
def _one_window():
    """The clock stands just after a full hour: no window of a throttle ends before the test does."""
    with time_machine.travel(int(time.time()) // 3600 * 3600 + 3660, tick=True):
        yield


@pytest.fixture(autouse=True)
def _forget():
    """No test sees what another remembered in this process."""
    generation.forget()
    index.forget()
    regulation_index.forget()
    regulation_search.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def site(db):
    """The home page of a small site: KALINDRI and the HAKI form."""
    return factories.make_site()


@pytest.fixture
def form_page(site):
    """The HAKI consultation form."""
    from forms.models import FormPage

    return FormPage.objects.get(slug="konsultasi-haki")


@pytest.fixture
def officer(form_page):
    """A petugas who answers the HAKI form."""
    return factories.make_staff(roles.OFFICER, "petugas", forms=[form_page])


@pytest.fixture
def editor(site):
    """An editor."""
    return factories.make_staff(roles.EDITOR, "editor")


@pytest.fixture
def admin(site):
    """An admin, who is no superuser. (Overrides nothing of pytest-django: that is `admin_user`.)"""
    return factories.make_staff(roles.ADMIN, "admin")


@pytest.fixture
def ticket(form_page):
    """A new ticket of the HAKI form."""
    return factories.make_ticket(form_page)
