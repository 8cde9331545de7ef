"""Sign-in and account addresses below /cms/, in front of Wagtail's own."""

from __future__ import annotations

urlpatterns: list = []
