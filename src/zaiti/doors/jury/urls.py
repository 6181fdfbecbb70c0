"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

app_name = "jury"
urlpatterns: list[URLPattern | URLResolver] = []
