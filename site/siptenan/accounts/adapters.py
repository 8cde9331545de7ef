"""What this office answers when django-allauth asks how to do things."""

from __future__ import annotations

import base64
import logging
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from siptenan.accounts.models import User
from siptenan.accounts.permissions import may_enter_cms
from siptenan.accounts.sealing import SealBrokenError, seal, unseal
from siptenan.common.clients import client_address

logger = logging.getLogger(__name__)

WRONG_CODE = "Kode tidak cocok. Kode berganti tiap 30 detik: ketik yang terbaru."
TOO_MANY = "Terlalu banyak percobaan yang gagal. Tunggu lima menit, lalu coba lagi. Lupa sandi? Hubungi admin."


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin in the CMS, never by a visitor; sign-in is by user name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Nama pengguna atau sandi tidak cocok. Periksa lalu coba lagi.",
        "incorrect_password": "Sandi tidak cocok. Periksa lalu coba lagi.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As every other throttle sees it; behind a Unix socket without proxies it is empty, one for all."""
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: sign-in is a page, and a second way to ask is a second way to attack."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """Right password, but inactive or without a role: say so instead of sending them round in circles."""
        return super().pre_login(request, user, **kwargs) or (
            None if may_enter_cms(user) else self.respond_user_inactive(request, user)
        )

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """As allauth's, described in Indonesian."""
        words = {"reauthenticate": "Pakai sandi", "mfa_reauthenticate": "Pakai kode dari aplikasi"}
        return [{**method, "description": words[method["id"]]} for method in super().get_reauthentication_methods(user)]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """The user name alone: allauth adds the Host header, and another allowed host would be a fresh start."""
        return credentials.get("username", "").casefold()


class StaffMFAAdapter(DefaultMFAAdapter):
    """The second factor, its secrets sealed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Aktifkan dulu verifikasi dua langkah.",
    }

    def get_totp_label(self, user: User) -> str:
        """The user name; an e-mail address would tell more to whoever sees the phone."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """See siptenan.accounts.sealing."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; when it cannot be opened, one that nobody knows: no code fits until an admin resets it."""
        try:
            return unseal(encrypted_text)
        except SealBrokenError:
            logger.error("a secret of the second factor cannot be opened: was SECRET_KEY changed without a fallback?")
            return base64.b32encode(secrets.token_bytes(20)).decode()
