"""The yardstick: a Django view that validates four fields and inserts one row. No middleware, nothing else."""

from __future__ import annotations

import environ
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {**environ.Env.db_url_config(environ.Env().str("DATABASE_URL")), "CONN_MAX_AGE": 600}},
)

import django  # noqa: E402 - the settings come first

django.setup()


class Question(models.Model):
    """One row a send."""

    business = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    address = models.CharField(max_length=255)
    text = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "bench_bare_question"

    def __str__(self) -> str:
        return self.business


class QuestionForm(forms.Form):
    business = forms.CharField(max_length=255)
    name = forms.CharField(max_length=255)
    address = forms.CharField(max_length=255)
    text = forms.CharField(max_length=5000, widget=forms.Textarea)


def send(request: HttpRequest) -> HttpResponse:
    """Validate, insert, redirect."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    Question.objects.create(**form.cleaned_data)
    return HttpResponseRedirect("/thanks/")


urlpatterns = [path("send/", send)]

application = WSGIHandler()
