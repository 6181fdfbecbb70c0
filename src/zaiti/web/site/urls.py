"""Addresses of this door."""

from django.urls import URLPattern, URLResolver

from zaiti.web.site import cities, feed, guide, home, log, search
from zaiti.web.site.draws import views as draws
from zaiti.web.site.howto import views as howto
from zaiti.web.site.notices import views as notices
from zaiti.web.site.objections import views as objections
from zaiti.web.site.postings import views as postings
from zaiti.web.site.register import views as register

app_name = "site"
urlpatterns: list[URLPattern | URLResolver] = [
    *home.urlpatterns,
    *cities.urlpatterns,
    *search.urlpatterns,
    *notices.urlpatterns,
    *feed.urlpatterns,
    *postings.urlpatterns,
    *register.urlpatterns,
    *guide.urlpatterns,
    *howto.urlpatterns,
    *draws.urlpatterns,
    *objections.urlpatterns,
    *log.urlpatterns,
]
