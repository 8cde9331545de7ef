"""What a load balancer asks: is the process up, and can it serve?"""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from siptenan.common import health


def broken(*args, **kwargs):
    """Something that is not there, with a secret in its words."""
    raise OperationalError("could not connect: postgres://siptenan:secret@db/siptenan")


def test_healthz_touches_nothing(client, monkeypatch):
    """No `db` fixture: a query here would fail the test."""
    monkeypatch.setattr(health.cache, "set", broken)
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
class TestReadyz:
    def test_says_what_was_checked(self, client):
        response = client.get("/readyz")
        assert response.status_code == 200
        assert response.json() == {
            "status": "ok",
            "checks": {"database": "ok", "cache": "ok", "migrations": "ok"},
        }

    @pytest.mark.parametrize("how", [broken, lambda *args, **kwargs: None], ids=["raises", "forgets"])
    def test_refuses_without_the_cache(self, client, monkeypatch, how):
        monkeypatch.setattr(health.cache, "set", how)
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"] == {"database": "ok", "cache": "failed", "migrations": "ok"}

    def test_refuses_without_the_database_and_keeps_the_reason_to_itself(self, client, monkeypatch):
        monkeypatch.setattr(health.connection, "cursor", broken)
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"]["database"] == "failed"
        assert b"secret" not in response.content

    def test_refuses_while_a_migration_waits(self, client):
        MigrationRecorder.Migration.objects.filter(app="forms").latest("pk").delete()
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"]["migrations"] == "failed"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
class TestBoth:
    def test_is_never_kept(self, client, path):
        assert "no-store" in client.get(path)["Cache-Control"]

    def test_is_read_only(self, client, path):
        assert client.post(path).status_code == 405
