"""Sign-in in front of the CMS."""

from __future__ import annotations

from allauth.account.views import LoginView
from django.urls import reverse

from siptenan.accounts.permissions import may_enter_cms


class StaffLoginView(LoginView):
    """allauth's sign-in. Who is signed in but lost his role is told so; the CMS would send him back here for ever."""

    def get_authenticated_redirect_url(self) -> str:
        if not may_enter_cms(self.request.user):
            return reverse("account_inactive")
        return super().get_authenticated_redirect_url()
