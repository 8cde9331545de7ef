"""The WSGI entry point: `gunicorn siptenan.wsgi` with `site/` on the path and DJANGO_SETTINGS_MODULE set."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
