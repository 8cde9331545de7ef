"""Short and well-known addresses of the public site."""

from __future__ import annotations

from django.urls import path

from home import views

urlpatterns = [
    path("k", views.short_address),
    path("k/", views.short_address, name="short-kalindri"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
]
