"""Addresses of the bureaus' door, by subject."""

from zaiti.doors.desk import (
    audit,
    calls,
    carriers,
    panels,
    people,
    plan,
    publicity,
    ranking,
    renamings,
    results,
    screening,
    screening_returns,
    start,
    system,
    system_failed,
    units,
)

app_name = "desk"
urlpatterns = [
    *start.urlpatterns,
    *plan.urlpatterns,
    *calls.urlpatterns,
    *units.urlpatterns,
    *screening.urlpatterns,
    *renamings.urlpatterns,
    *screening_returns.urlpatterns,
    *panels.urlpatterns,
    *ranking.urlpatterns,
    *publicity.urlpatterns,
    *results.urlpatterns,
    *carriers.urlpatterns,
    *audit.urlpatterns,
    *people.urlpatterns,
    *system.urlpatterns,
    *system_failed.urlpatterns,
]
