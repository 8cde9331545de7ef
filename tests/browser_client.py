"""A client that sends cookies as a browser does. Django's own sends every cookie everywhere."""

from __future__ import annotations

from typing import Any

from django.test import Client


class BrowserClient(Client):
    """Sends a cookie only to the paths that it was set for (RFC 6265, 5.1.4)."""

    def _base_environ(self, **request: Any) -> dict[str, Any]:
        environ = super()._base_environ(**request)
        path = environ["PATH_INFO"]
        sent = [cookie for cookie in self.cookies.values() if path.startswith(cookie["path"] or "/")]
        environ["HTTP_COOKIE"] = "; ".join(f"{cookie.key}={cookie.coded_value}" for cookie in sent)
        return environ
