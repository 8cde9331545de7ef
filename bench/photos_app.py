"""The address that takes photos in pieces, alone: what a worker of the site does when a photo arrives."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

settings.ROOT_URLCONF = __name__
application = get_wsgi_application()

from forms.models import FormPage, Upload  # noqa: E402 - models exist once Django is set up
from forms.questions import Question  # noqa: E402 - as above
from forms.views.uploads import upload_view  # noqa: E402 - as above
from siptenan import urls as site_urls  # noqa: E402, F401 - all of the site is loaded, as in a real worker

FormPage.questions = lambda page: (Question(key="foto", label="Foto", type="photo"),)


@csrf_exempt
def take(request: HttpRequest, page: int) -> HttpResponse:
    """Take a piece for that form."""
    return upload_view(request, FormPage.objects.get(pk=page))


def count(request: HttpRequest) -> HttpResponse:
    """How many photos are stored."""
    return HttpResponse(str(Upload.objects.count()))


urlpatterns = [path("<int:page>/", take), path("", count)]
