"""The WSGI entry point: `gunicorn siptenan.wsgi` with `site/` on the path and DJANGO_SETTINGS_MODULE set."""

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()


def load_what_requests_need() -> None:
    """Import now what Django would import in the first request, which some visitor would wait for.

    With gunicorn's --preload that happens once for all workers.
    """
    from siptenan.common.national_holidays import knows_joint_leave

    _ = get_resolver().url_patterns
    knows_joint_leave(2026)  # any year: the library reads all its countries when it is first asked


load_what_requests_need()
