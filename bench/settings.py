"""The demo's settings with what production does: connections that stay, no debug."""

from siptenan.settings.dev import *  # noqa: F403 - settings are layered by star import

DEBUG = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405 - as above
LOGGING = {"version": 1, "disable_existing_loggers": False}
