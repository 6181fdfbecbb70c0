"""Addresses of this door."""

from django.urls import URLPattern, URLResolver, include, path

from zaiti.web.api import docs
from zaiti.web.api.v1 import api

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [*docs.urlpatterns, path("v1/", include(api.urls[0]))]
