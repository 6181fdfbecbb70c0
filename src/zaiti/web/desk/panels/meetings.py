"""Site visits and discussions, put on record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from zaiti.core import require
from zaiti.panels.actions import record_minutes, record_visit
from zaiti.panels.rules import may_run
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.panels.access import find_panel, find_review
from zaiti.web.desk.panels.forms import MinutesForm, VisitForm
from zaiti.web.ui.pages import Request, page


@at_desk(in_bureau)
def visit(request: Request, pk: int) -> HttpResponse:
    """Put a site visit on record."""
    review = find_review(request, pk)
    require(may_run(request.user, review.panel))
    form = VisitForm(request.POST or None, request.FILES or None, review=review)
    if request.method == "POST" and form.is_valid():
        photos = [(photo.name or "", photo.file) for photo in form.cleaned_data.pop("photos")]
        record_visit(review, by=request.user, photos=photos, **form.cleaned_data)
        messages.success(request, _("The site visit is on record."))
        return redirect("desk:panel", review.panel_id)
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/panels/visit.html", review=review, form=form, status=status)


@at_desk(in_bureau)
def minutes(request: Request, pk: int) -> HttpResponse:
    """Put a discussion on record, which opens the scoring."""
    panel = find_panel(request, pk)
    require(may_run(request.user, panel))
    form = MinutesForm(request.POST or None, panel=panel)
    if request.method == "POST" and form.is_valid():
        record_minutes(panel, by=request.user, **form.cleaned_data)
        messages.success(request, _("The discussion is on record and scoring is open; the experts are told."))
        return redirect("desk:panel", pk)
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/panels/minutes.html", panel=panel, form=form, status=status)


urlpatterns = [
    path("panels/reviews/<int:pk>/visit/", visit, name="review_visit"),
    path("panels/<int:pk>/minutes/", minutes, name="panel_minutes"),
]
