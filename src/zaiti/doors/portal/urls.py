"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

from zaiti.doors.portal import (
    applications,
    authorisation,
    calls,
    carriers,
    inbox,
    joining,
    materials,
    renaming,
    scans,
    start,
    units,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    *start.urlpatterns,
    *units.urlpatterns,
    *authorisation.urlpatterns,
    *renaming.urlpatterns,
    *joining.urlpatterns,
    *calls.urlpatterns,
    *applications.urlpatterns,
    *materials.urlpatterns,
    *scans.urlpatterns,
    *carriers.urlpatterns,
    *inbox.urlpatterns,
]
