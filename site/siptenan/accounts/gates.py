"""Which of Wagtail's screens open for whom, before Wagtail asks.

Wagtail was made for editors: it shows every page title, draft, image name and document to anybody who may
enter, lets him make workflow tasks, and lists what everybody did. So its screens are closed unless a line here
opens them. This only ever takes away: Wagtail's own checks still follow, and our own screens (whose URL names
do not begin with `wagtail`) ask for themselves. `tests/project/test_cms_access.py` tries every address.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem

from siptenan.accounts.permissions import Actor, edits_content, manages_staff, may_enter_cms

Gate = Callable[[Actor], bool]


def superuser(user: Actor) -> bool:
    """Superusers only."""
    return user.is_superuser


def nobody(user: Actor) -> bool:
    """Closed, whoever asks."""
    return False


# The longest beginning of a URL name decides. A room with officers of its own adds lines when it is loaded; those of
# bulk actions, which share one address, are `wagtail_bulk_action:` and the name of the app.
GATES: dict[str, Gate] = {
    "wagtail": edits_content,
    "wagtailadmin_account": may_enter_cms,
    "wagtailadmin_api:pages:action": nobody,  # no screen uses it, and it passes by the hooks that guard the screens
    "wagtailadmin_collections:": superuser,
    "wagtailadmin_dismissibles": may_enter_cms,
    # Who else is editing: each address asks by itself whether the user may change the thing.
    "wagtailadmin_editing_sessions:": may_enter_cms,
    "wagtailadmin_error_test": nobody,  # raises on purpose
    "wagtailadmin_home": may_enter_cms,
    "wagtailadmin_reports:site_history": manages_staff,
    "wagtailadmin_workflows:": superuser,
    "wagtail_modeladmin:": may_enter_cms,
    "wagtailforms:": nobody,  # tickets are in the inbox, which knows whose they are
    "wagtailsettings:": manages_staff,
    "wagtailsites:": superuser,
    "wagtailusers_groups:": superuser,  # groups are the table in accounts.roles
    "wagtailusers_users:": manages_staff,
}
BULK_ACTION = "wagtail_bulk_action"
# Reached without signing in: scripts, icons, translations, and what is switched off anyway.
OPEN = ("wagtailadmin_javascript_catalog", "wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_sprite")


def is_open(user: Actor, view_name: str) -> bool:
    """Whether the gates let the user through to the view; what they do not guard is open."""
    if not view_name.startswith("wagtail") or view_name.startswith(OPEN):
        return True
    return GATES[max((start for start in GATES if view_name.startswith(start)), key=len)](user)


class CmsGates:
    """Middleware: turn away who may not pass, as Wagtail does (a message on the dashboard, 403 to scripts)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """After the address was resolved; who is not signed in is sent to the sign-in by Wagtail."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not name.startswith("wagtail") or not request.path_info.startswith("/cms/"):
            return None
        if name == BULK_ACTION:
            name = f"{BULK_ACTION}:{kwargs.get('app_label', '')}"
        if may_enter_cms(request.user) and not is_open(request.user, name):
            return permission_denied(request)
        return None


def hide_closed_items(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hooks `construct_*_menu`: no link to a screen that would turn the user away."""
    menu_items[:] = [item for item in menu_items if is_open(request.user, _view_name(getattr(item, "url", "")))]


def _view_name(url: str) -> str:
    try:
        return resolve(str(url).partition("?")[0]).view_name
    except Resolver404:
        return ""
