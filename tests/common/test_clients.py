import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from siptenan.common.clients import client_address

PROXY = "10.0.0.1"
PHONE = "203.0.113.7"


def asked(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.fixture(autouse=True)
def _proxies(settings):
    settings.TRUSTED_PROXIES = [PROXY, "192.168.7.0/24", "fd00::/8"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PHONE, None, PHONE),
        (PHONE, "198.51.100.1", PHONE),  # the peer is no proxy: its header is a claim
        (PROXY, PHONE, PHONE),
        (PROXY, f"198.51.100.1, {PHONE}", PHONE),  # the left part the client wrote himself
        (PROXY, f"198.51.100.1, {PHONE}, 192.168.7.9", PHONE),
        ("192.168.7.3", f" {PHONE} ", PHONE),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        ("::ffff:10.0.0.1", PHONE, PHONE),
        (PROXY, f"::ffff:{PHONE}", PHONE),
    ],
)
def test_the_address_is_that_of_the_first_stranger_from_the_right(peer, forwarded, client):
    assert asked(peer, forwarded) == client


@pytest.mark.parametrize(
    "forwarded", [None, "", "unknown", f"{PHONE}, ", f"{PHONE}:8080", "'; DROP TABLE", PROXY, f"{PHONE}, x"]
)
def test_an_unreadable_header_gives_the_peer(forwarded):
    assert asked(PROXY, forwarded) == PROXY


def test_without_proxies_the_header_is_never_read(settings):
    settings.TRUSTED_PROXIES = []
    assert asked(PROXY, PHONE) == PROXY


def test_behind_a_unix_socket_there_is_no_address():
    assert asked("", PHONE) == ""


def test_a_wrong_setting_is_named(settings):
    settings.TRUSTED_PROXIES = ["nginx"]
    with pytest.raises(ImproperlyConfigured, match=r"TRUSTED_PROXIES.*nginx"):
        asked(PROXY)
