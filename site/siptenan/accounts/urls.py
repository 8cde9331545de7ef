"""Sign-in and account addresses below /cms/, in front of Wagtail's own.

Wagtail's sign-in, which counts no wrong passwords and asks for no second factor, lies at the same address and
so can never be reached. Of allauth's addresses only those that are needed stand here: no sign-up, no
password by e-mail, no e-mail addresses.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from siptenan.accounts.views import StaffLoginView

security = [
    path("", mfa.index, name="mfa_index"),
    path("aktifkan/", totp.activate_totp, name="mfa_activate_totp"),
    path("matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("kode-pemulihan/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("kode-pemulihan/baru/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kode-pemulihan/unduh/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = decorate_urlpatterns(
    [
        path("login/", StaffLoginView.as_view(), name="account_login"),
        path("login/kode/", mfa.authenticate, name="mfa_authenticate"),
        path("logout/", account.logout, name="account_logout"),
        path("akun/tidak-aktif/", account.account_inactive, name="account_inactive"),
        path("akun/konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
        path("akun/konfirmasi/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
        path("akun/keamanan/", include(security)),
    ],
    never_cache,
)
