"""Addresses of the experts' door."""

from zaiti.web.jury import reviews, start
from zaiti.web.jury.sheets import views as sheets

app_name = "jury"
urlpatterns = [*start.urlpatterns, *reviews.urlpatterns, *sheets.urlpatterns]
