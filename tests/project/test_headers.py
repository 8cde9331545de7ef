"""What every answer carries, errors included, and what no public page may set."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import send

PAGES = [
    "/",
    "/kalindri/",
    "/kalindri/konsultasi-haki/",
    "/kalindri/lacak/",
    "/kalindri/lanjutkan/",
    "/cari/",
    "/cari/?q=merek",
    "/robots.txt",
    "/sitemap.xml",
    "/.well-known/security.txt",
    "/healthz",
    "/readyz",
]
STRICT = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
    "frame-ancestors": {"'self'"},
}


def policy(response: HttpResponse) -> dict[str, set[str]]:
    """The content security policy of an answer, directive by directive."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def assert_guarded(response: HttpResponse) -> None:
    """All headers are there and strict."""
    assert policy(response) == STRICT
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] in ("strict-origin-when-cross-origin", "no-referrer")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone", "payment"):
        assert f"{feature}=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_public_answers_are_guarded_and_set_no_cookie(site, client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert_guarded(response)
    assert not response.cookies


class TestErrors:
    """Each in Indonesian, guarded, kept by no cache on the way, without a cookie."""

    def check(self, response: HttpResponse, status: int) -> None:
        assert response.status_code == status
        assert_guarded(response)
        assert {"no-store", "private"} & set(response["Cache-Control"].split(", "))
        assert 'lang="id"' in response.content.decode()
        assert not response.cookies

    def test_404(self, site, client):
        self.check(client.get("/tidak-ada/"), 404)

    @pytest.mark.parametrize(
        "address",
        [
            "/%00",
            "/kalindri/%00/",
            "/kalindri/%ff/",
            "/kalindri/%c0%af/",
            "/?q=%00",
            "/?q=%FF",
            "/kalindri/lacak/?a=1&b=%ed%a0%80",
            "/cms/login/?next=%00",
            "/static/%00.css",
        ],
    )
    def test_400_for_nul_and_broken_utf8_anywhere(self, client, address):
        """No `db` fixture: it is refused before anything is asked."""
        self.check(client.get(address), 400)

    @pytest.mark.parametrize("charset", ["hex", "base64", "idna", "undefined", "unicode_escape", "latin-1"])
    @pytest.mark.parametrize("address", ["/kalindri/konsultasi-haki/", "/kalindri/lacak/", "/cms/login/"])
    def test_400_for_a_body_in_another_charset(self, client, address, charset):
        """Python takes names for charsets that are none; with them Django raised deep inside."""
        kind = f"multipart/form-data; boundary=x; charset={charset}"
        self.check(client.generic("POST", address, b"--x--", content_type=kind), 400)

    def test_400_for_a_nul_byte_in_a_cookie(self, client):
        client.cookies["siptenan_cms"] = "a\x00b"
        assert "\\000" in client.cookies.output(), "the header spells it in octal"
        self.check(client.get("/"), 400)

    def test_400_in_the_cms_too(self, client):
        """Wagtail's own address that breaks on PostgreSQL."""
        assert client.get("/cms/tag-autocomplete/?term=%00").status_code == 400

    def test_400_for_a_foreign_host(self, client):
        self.check(client.get("/", headers={"Host": "jahat.example"}), 400)

    def test_text_in_other_scripts_is_no_broken_text(self, site, client):
        assert client.get("/kalindri/?ch=%E2%9C%93+%F0%9F%99%82").status_code == 200

    @pytest.mark.usefixtures("_one_window")
    def test_429_of_a_form(self, site, settings):
        settings.SUBMIT_LIMIT = "1/1h"
        send(Client())
        response = send(Client(), follow=False)
        self.check(response, 429)
        assert int(response["Retry-After"]) > 0

    def test_429_of_the_status_page(self, db, client):
        for _ in range(11):
            response = client.post("/kalindri/lacak/", {"reference": "HAKI-AAAA-AAAA", "pin": "000000"})
        self.check(response, 429)

    @pytest.mark.urls("tests.project.urls_with_fault")
    def test_500_needs_no_database(self, client):
        client.raise_request_exception = False
        self.check(client.get("/rusak/"), 500)

    def test_403_of_a_stale_form_in_the_cms(self, db):
        response = Client(enforce_csrf_checks=True).post("/cms/login/", {"login": "a", "password": "b"})
        self.check(response, 403)


def test_the_login_keeps_the_strict_policy(site, client):
    response = client.get("/cms/login/")
    assert response.status_code == 200
    assert policy(response)["script-src"] == policy(response)["style-src"] == {"'self'"}


def test_the_cms_is_relaxed_for_wagtails_own_screens_but_loads_from_nobody(admin, client):
    client.force_login(admin)
    found = policy(client.get("/cms/pages/"))
    assert found["script-src"] == found["style-src"] == {"'self'", "'unsafe-inline'"}
    assert found["img-src"] == {"'self'", "data:", "blob:"}
    for name in ("default-src", "connect-src", "font-src", "form-action", "object-src", "frame-ancestors"):
        assert found[name] == STRICT[name]


def test_an_officer_reads_what_strangers_wrote_under_the_strict_policy(officer, ticket, client):
    client.force_login(officer)
    response = client.get(f"/cms/tiket/{ticket.pk}/")
    assert response.status_code == 200
    found = policy(response)
    assert found["script-src"] == found["style-src"] == {"'self'"}
    assert found["form-action"] == {"'self'", "https://wa.me"}
