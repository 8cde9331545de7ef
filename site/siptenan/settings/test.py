"""Settings of the tests: no network, no service but the database named by DATABASE_URL (SQLite without it)."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings are layered by star import
from .base import STORAGES

DEBUG = False
SECRET_KEY = "only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - protects nothing
TICKET_KEY = "only-for-the-tests-pins-and-links"
FIELD_KEYS = ["only-for-the-tests-encrypted-fields"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
DEMO_PASSWORD = ""
PORT = 8000

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "SIPTENAN <siptenan@example.id>"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

_files = Path(tempfile.mkdtemp(prefix="siptenan-test-"))
MEDIA_ROOT = _files / "media"
PRIVATE_MEDIA_ROOT = _files / "private"
STORAGES["private"] = {
    "BACKEND": "siptenan.common.private_files.PrivateDisk",
    "OPTIONS": {"location": PRIVATE_MEDIA_ROOT},
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
