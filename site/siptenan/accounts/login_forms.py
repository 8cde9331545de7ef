"""The forms of the sign-in: allauth's rules, labels in Indonesian, no placeholders instead of labels."""

from __future__ import annotations

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache

from siptenan.accounts.models import User

CODE_LENGTH = 20  # characters; six or eight digits, and room for blanks between them


def _describe(field: forms.Field, label: str, help_text: str = "", **attrs: str) -> None:
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class StaffLoginForm(LoginForm):
    """User name and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["login"], "Nama pengguna", autocapitalize="none", spellcheck="false")
        _describe(self.fields["password"], "Sandi")


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more, before something is changed that protects the account."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["password"], "Sandi")


class _CodeForm(forms.Form):
    """A code works once, for as long as it could be valid.

    allauth remembers used codes for one period only, which is too short with a tolerance, and does not
    remember the one that switched the second factor on.
    """

    hint = "6 angka dari aplikasi autentikator, atau satu kode pemulihan."
    user: User

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["code"], "Kode", self.hint, inputmode="numeric", maxlength=str(CODE_LENGTH))

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]  # of the form that this one is mixed into
        seconds = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"siptenan.mfa.used.{self.user.pk}.{normalize_user_code(code)}", True, seconds):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_CodeForm, mfa_forms.AuthenticateForm):
    """The code after the password."""


class ConfirmCodeForm(_CodeForm, mfa_forms.ReauthenticateForm):
    """A code instead of the password, before something is changed that protects the account."""


class ActivateForm(_CodeForm, ActivateTOTPForm):
    """The first code of the app proves that it was set up."""

    hint = "6 angka dari aplikasi autentikator."
