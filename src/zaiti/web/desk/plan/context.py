"""Find a year of the city one works for."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from zaiti.programmes.models import Cycle, Quota
from zaiti.web.ui.pages import Request


def find_cycles(request: Request) -> QuerySet[Cycle]:
    """The years of the city bureaus the person serves."""
    return Cycle.objects.filter(city__in=request.user.authority_ids()).select_related("city")


def find_cycle(request: Request, pk: int) -> Cycle:
    """One of them; others are not found."""
    return get_object_or_404(find_cycles(request), pk=pk)


def with_plan(cycles: QuerySet[Cycle]) -> QuerySet[Any]:
    """Years with the number of their districts and the places given out."""
    given = Quota.objects.filter(cycle=OuterRef("pk")).order_by().values("cycle").annotate(n=Sum("places"))
    return cycles.annotate(
        given=Coalesce(Subquery(given.values("n")), 0), district_count=Count("districts", distinct=True)
    )
