"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

from zaiti.web.portal import calls, carriers, inbox, start
from zaiti.web.portal.applications import materials, scans, tables
from zaiti.web.portal.applications import views as applications
from zaiti.web.portal.units import authorisation, joining, renaming
from zaiti.web.portal.units import views as units

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
    *tables.urlpatterns,
    *carriers.urlpatterns,
    *inbox.urlpatterns,
]
