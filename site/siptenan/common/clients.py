"""Who is asking: the address of the client, behind proxies or not."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def client_address(request: HttpRequest) -> str:
    """The address the request came from, as far as it can be known without trusting the client.

    X-Forwarded-For is believed only when the peer is in settings.TRUSTED_PROXIES (addresses or networks), and
    only from the right, up to the first address that is no such proxy: what stands left of it the client may
    have written himself. Anything unreadable gives REMOTE_ADDR, which is empty behind a Unix socket.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    proxies = _networks(tuple(settings.TRUSTED_PROXIES))
    try:
        if not proxies or not _within(_address(peer), proxies):
            return peer
        for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            address = _address(hop.strip())
            if not _within(address, proxies):
                return str(address)
    except ValueError:
        return peer
    return peer


def _address(text: str) -> Address:
    """Read an address; an IPv4 address in IPv6 dress (`::ffff:192.0.2.1`) is the IPv4 address."""
    address = ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


@cache
def _networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise ImproperlyConfigured(f"TRUSTED_PROXIES: {error}") from error
