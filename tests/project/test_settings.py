"""Settings: `.env.example` is complete, development is safe, production starts only with everything it needs."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from siptenan.settings import env

BASE = Path(settings.BASE_DIR)
FOLDER = BASE / "site" / "siptenan" / "settings"

# A complete production environment on a disk; nothing here is reached, settings only read it.
PRODUCTION = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "SIPTENAN_TICKET_KEY": "another-key-for-pins-and-links",
    "SIPTENAN_FIELD_KEYS": "the-newest-key-of-encrypted-fields,an-older-key-of-encrypted-fields",
    "ALLOWED_HOSTS": "siptenan.example.id",
    "SIPTENAN_BASE_URL": "https://siptenan.example.id/",
    "DATABASE_URL": "postgres://siptenan:password@127.0.0.1:1/siptenan",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://user:password@127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "SIPTENAN <siptenan@example.id>",
    "MEDIA_STORAGE": "/srv/siptenan/media",
}
S3 = {
    **PRODUCTION,
    "MEDIA_STORAGE": "s3",
    "S3_BUCKET": "siptenan",
    "S3_PRIVATE_BUCKET": "siptenan-private",
    "S3_ACCESS_KEY_ID": "key",
    "S3_SECRET_ACCESS_KEY": "secret",
}


def reads(*files: str) -> Iterator[tuple[str, bool]]:
    """Each variable that a settings file asks `env` for, by name or by the reader's default; has it a default?"""
    for file in files:
        for node in ast.walk(ast.parse((FOLDER / file).read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if ast.unparse(node.func.value) != "env":
                continue
            parameters = inspect.signature(getattr(env, node.func.attr)).parameters
            if "name" in parameters:
                name = ast.literal_eval(node.args[0]) if node.args else parameters["name"].default
                given = {*list(parameters)[: len(node.args)], *(keyword.arg for keyword in node.keywords)}
                yield name, "default" in given


def test_env_example_names_exactly_what_the_settings_read():
    listed = re.findall(r"^# ([A-Z][A-Z0-9_]+)=", (BASE / ".env.example").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted({name for name, _ in reads("base.py", "dev.py", "production.py", "test.py")})


def test_env_example_changes_nothing_when_it_is_copied():
    lines = (BASE / ".env.example").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_what_production_requires_is_what_has_no_default():
    assert {name for name, optional in reads("production.py") if not optional} == S3.keys()


# Reads cases from stdin; for each, imports the settings anew in that environment and says how it ended.
TRY_TO_START = """
import importlib, json, os, sys
results = []
for case in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(case)
    for name in [name for name in sys.modules if name.startswith("siptenan.settings")]:
        del sys.modules[name]
    try:
        module = importlib.import_module("siptenan.settings.production")
    except Exception as error:
        results.append(f"{type(error).__name__}: {error}")
    else:
        results.append({name: repr(getattr(module, name)) for name in dir(module) if name.isupper()})
json.dump(results, sys.stdout)
"""


def python(code: str, environment: dict[str, str], stdin: str = "") -> str:
    """Run code in a fresh interpreter with that environment and return what it prints."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        input=stdin, capture_output=True, text=True, cwd=BASE, timeout=60,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{BASE / 'site'}{os.pathsep}{BASE}", **environment},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


def start(*cases: dict[str, str]) -> list:
    """How production settings start in each environment: their values, or the error."""
    return json.loads(python(TRY_TO_START, {}, json.dumps(cases)))


class TestProduction:
    def test_a_missing_or_empty_variable_stops_the_start_and_is_named(self):
        names = sorted(S3)
        missing = [{key: value for key, value in S3.items() if key != name} for name in names]
        empty = [{**S3, name: " "} for name in names]
        for name, result in zip(names * 2, start(*missing, *empty), strict=True):
            assert isinstance(result, str), f"it starts without {name}"
            assert result.startswith("ImproperlyConfigured")
            assert name in result

    @pytest.mark.parametrize("environment", [PRODUCTION, S3], ids=["disk", "s3"])
    def test_starts_with_everything(self, environment):
        [values] = start(environment)
        assert isinstance(values, dict), values
        assert values["DEBUG"] == "False"
        assert values["BASE_URL"] == "'https://siptenan.example.id'"
        assert values["SESSION_COOKIE_SECURE"] == values["CSRF_COOKIE_SECURE"] == "True"
        assert "DEMO_PASSWORD" not in values
        assert ("S3Storage" in values["STORAGES"]) is (environment is S3)

    @pytest.mark.parametrize(("name", "value"), [("SECURE_SSL_REDIRECT", "maybe"), ("SECURE_HSTS_SECONDS", "a year")])
    def test_a_value_that_makes_no_sense_stops_it_too(self, name, value):
        [result] = start({**PRODUCTION, name: value})
        assert result.startswith("ImproperlyConfigured")
        assert name in result

    def test_proxies_are_believed_only_when_named(self):
        alone, behind = start(PRODUCTION, {**PRODUCTION, "SIPTENAN_TRUSTED_PROXIES": "10.0.0.1"})
        assert alone["SECURE_PROXY_SSL_HEADER"] == "None"
        assert "X_FORWARDED_PROTO" in behind["SECURE_PROXY_SSL_HEADER"]

    def test_answers_with_strict_transport_security_and_redirects_to_https(self):
        """A real start; nothing it asks for needs the database, which is not there."""
        code = """
import django, json
django.setup()
from django.test import Client
safe, plain, refused = Client().get("/healthz", secure=True), Client().get("/"), Client().post("/healthz", secure=True)
print(json.dumps([[r.status_code, dict(r.headers)] for r in (safe, plain, refused)]))
"""
        environment = {
            **PRODUCTION,
            "DJANGO_SETTINGS_MODULE": "siptenan.settings.production",
            "ALLOWED_HOSTS": "testserver",
            "SIPTENAN_LOG_LEVEL": "CRITICAL",
        }
        (status, safe), (plain_status, plain), (refused_status, refused) = json.loads(python(code, environment))
        assert (status, plain_status, refused_status) == (200, 301, 405)
        assert plain["Location"] == "https://testserver/"
        for headers in (safe, refused):
            assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


class TestDevelopment:
    def test_needs_nothing_and_serves_this_machine_only(self):
        code = """
import json
from siptenan.settings import env
env.read_dotenv = lambda: None  # that file is the developer's own
from siptenan.settings import dev
print(json.dumps([dev.DEBUG, dev.ALLOWED_HOSTS, dev.BASE_URL, dev.DEMO_PASSWORD, dev.EMAIL_BACKEND]))
"""
        debug, hosts, base_url, password, mail = json.loads(python(code, {"PORT": "8123"}))
        assert debug is False
        assert hosts == ["localhost", "127.0.0.1", "[::1]"]
        assert base_url == "http://127.0.0.1:8123"
        assert password == ""
        assert mail.endswith("filebased.EmailBackend")


class TestReader:
    @pytest.mark.parametrize("raw", ["1", "true", "Yes", " on "])
    def test_flag_is_on(self, monkeypatch, raw):
        monkeypatch.setenv("X_FLAG", raw)
        assert env.flag("X_FLAG", False) is True

    def test_words_are_split_and_trimmed(self, monkeypatch):
        monkeypatch.setenv("X_WORDS", " a, b,,c ")
        assert env.words("X_WORDS") == ["a", "b", "c"]

    def test_empty_is_the_default(self, monkeypatch):
        monkeypatch.setenv("X_EMPTY", "  ")
        assert env.text("X_EMPTY", "default") == "default"
        assert env.words("X_EMPTY", ["default"]) == ["default"]
        assert env.number("X_EMPTY", 7) == 7
