"""Addresses of the experts' door."""

from zaiti.doors.jury import reviews, sheets, start

app_name = "jury"
urlpatterns = [*start.urlpatterns, *reviews.urlpatterns, *sheets.urlpatterns]
