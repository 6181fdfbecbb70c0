"""What the forms of a type say, as a spreadsheet."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zaiti.applications.tables import book_of
from zaiti.programmes.models import CarrierType
from zaiti.screening.queries import cases
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.http.downloads import XLSX, download
from zaiti.web.ui.pages import Request, page


@require_GET
@at_desk(in_bureau)
def offered(request: Request) -> HttpResponse:
    """Name the types of which the bureau has applications."""
    kinds = CarrierType.objects.filter(pk__in=cases(request.user).order_by().values("carrier_type"))
    kinds = kinds.select_related("cycle").order_by("-cycle__year", "order")
    return page(request, "desk/screening/answers.html", kinds=kinds)


@require_GET
@at_desk(in_bureau)
def answers(request: Request, kind: int) -> HttpResponse:
    """Give what the forms of one type say, a line for each application, a sheet for each table."""
    rows = cases(request.user).filter(carrier_type=kind).order_by("number")
    found = get_object_or_404(CarrierType, pk=kind, pk__in=rows.order_by().values("carrier_type"))
    return download(book_of(rows, found.name), f"{found.cycle.year}年{found.name}{_('answers')}.xlsx", XLSX)


urlpatterns = [
    path("screening/answers/", offered, name="screening_answers"),
    path("screening/answers/<int:kind>.xlsx", answers, name="screening_answers_of"),
]
