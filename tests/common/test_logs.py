"""The log holds no key to a ticket."""

from __future__ import annotations

import logging
import logging.config
from io import StringIO

import pytest
from django.conf import settings

from siptenan.common.logs import HideSecretLinks

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def log() -> StringIO:
    """What the console of the settings would show."""
    written = StringIO()
    handler = logging.getLogger().handlers
    configured = next(one for one in handler if any(isinstance(item, HideSecretLinks) for item in one.filters))
    previous = configured.setStream(written)
    yield written
    configured.setStream(previous)


def test_the_settings_switch_it_on():
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secret_links"]


@pytest.mark.parametrize("start", ["/kalindri/lacak/t/", "/gallery-ikm/perbarui/"])
def test_an_answer_that_django_complains_of_does_not_show_the_secret(log, db, client, start):
    assert client.get(f"{start}{SECRET}/").status_code == 404
    assert f"{start}***/" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_other_lines_stay_as_they_are(log):
    logging.getLogger("siptenan").warning("%s of %s", 3, "/kalindri/lacak/")
    assert "3 of /kalindri/lacak/" in log.getvalue()
