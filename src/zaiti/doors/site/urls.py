"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

from zaiti.doors.site import draws, feed, guide, home, notices, objections, postings, register, search

app_name = "site"
urlpatterns: list[URLPattern | URLResolver] = [
    *home.urlpatterns,
    *search.urlpatterns,
    *notices.urlpatterns,
    *feed.urlpatterns,
    *postings.urlpatterns,
    *register.urlpatterns,
    *guide.urlpatterns,
    *draws.urlpatterns,
    *objections.urlpatterns,
]
