"""Typed readers of the environment: the only code that touches `os.environ`.

Every variable that the settings read goes through one of these functions, so that `.env.example`
can be held equal to them (tests/project/test_settings.py) and a missing one stops the start with its name.
"""

from __future__ import annotations

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[3]


def read_dotenv() -> None:
    """Load `.env` of the project root if it is there; what the environment already holds wins."""
    environ.Env.read_env(BASE_DIR / ".env", overwrite=False)


def text(name: str, default: str | None = None) -> str:
    """Return the variable as text; without a default a missing or empty one is refused by name."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"The environment variable {name} is required. See .env.example.")
    return default


def words(name: str, default: list[str] | None = None) -> list[str]:
    """Return a comma-separated variable as a list of non-empty words."""
    raw = text(name, None if default is None else "")
    return [word.strip() for word in raw.split(",") if word.strip()] or list(default or [])


def flag(name: str, default: bool) -> bool:
    """Return a yes/no variable; anything but 1/0, true/false, yes/no is refused."""
    raw = text(name, "yes" if default else "no").lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def number(name: str, default: int) -> int:
    """Return a whole number; anything else is refused by name."""
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def database(name: str = "DATABASE_URL", default: str | None = None) -> dict:
    """Return Django's DATABASES entry for a URL such as postgres://user:pass@host:5432/name."""
    return dict(environ.Env.db_url_config(text(name, default)))


def mail(name: str = "EMAIL_URL", default: str | None = None) -> dict:
    """Return Django's EMAIL_* settings for a URL such as smtp+tls://user:pass@host:587."""
    return dict(environ.Env.email_url_config(text(name, default)))
