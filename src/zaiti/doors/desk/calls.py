"""Pages of this subject."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
