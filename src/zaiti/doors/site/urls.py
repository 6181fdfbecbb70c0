"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

from zaiti.doors.site import objections

app_name = "site"
urlpatterns: list[URLPattern | URLResolver] = [*objections.urlpatterns]
