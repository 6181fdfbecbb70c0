"""The city's announcement of a year."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from zaiti.carriers.actions import announce
from zaiti.programmes.models import Cycle
from zaiti.results import actions, papers
from zaiti.results.models import Announcement
from zaiti.results.queries import accepted_names
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.desk.results.context import announcement_board
from zaiti.web.desk.results.forms import AnnouncementForm
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_city_bureau)
def show(request: Request, cycle: int) -> HttpResponse:
    """A year's announcement, made or to be made."""
    return _show(request, _year(request, cycle))


@require_POST
@at_desk(in_city_bureau)
def prepare(request: Request, cycle: int) -> HttpResponse:
    """Put all accepted names into the announcement."""
    year, form = _year(request, cycle), AnnouncementForm(request.POST)
    if not form.is_valid() or not form.carries_out(
        actions.prepare_announcement, year, by=request.user, **form.cleaned_data
    ):
        return _show(request, year, form)
    return onward(request, "desk:announcement", cycle)


@require_POST
@at_desk(in_city_bureau)
def send_back(request: Request, cycle: int) -> HttpResponse:
    """Send the announcement back to its writer."""
    year = _year(request, cycle)
    made, again = get_object_or_404(Announcement, cycle=year), partial(_show, request, year)
    refused = with_reason(request, actions.send_back_announcement, made, again)
    return refused or onward(request, "desk:announcement", cycle)


@require_POST
@at_desk(in_city_bureau)
def publish(request: Request, cycle: int) -> HttpResponse:
    """Publish the announcement: its names enter the register."""
    announcement = get_object_or_404(Announcement, cycle=_year(request, cycle))
    announce(announcement, by=request.user)
    return onward(request, "desk:announcement", cycle)


@at_desk(in_city_bureau)
def letter(request: Request, cycle: int) -> HttpResponse:
    """The announcement as it would be published now."""
    year = _year(request, cycle)
    announcement = get_object_or_404(Announcement, cycle=year)
    facts = papers.announcement_facts(announcement, accepted_names(year))
    return draft(papers.RESULT, authority=year.city, title=announcement.title, facts=facts)


def _year(request: Request, pk: int) -> Cycle:
    years = Cycle.objects.filter(city__in=request.user.authority_ids())
    return get_object_or_404(years.select_related("city"), pk=pk)


def _show(
    request: Request, cycle: Cycle, form: AnnouncementForm | None = None, *, reason: ReasonForm | None = None
) -> HttpResponse:
    made = Announcement.objects.filter(cycle=cycle).select_related(
        "cycle__city", "paper__pdf", "publication", "prepared_by"
    )
    announcement = made.first()
    facts = announcement_board(cycle, announcement, request.user)
    facts["form"] = form or AnnouncementForm(initial={"opening": facts["announcement"].opening})
    facts["reason_form"] = reason or ReasonForm()
    return page(
        request, "desk/results/announcement.html", status=422 if form or reason else 200, cycle=cycle, **facts
    )


urlpatterns = [
    path("results/announcements/<int:cycle>/", show, name="announcement"),
    path("results/announcements/<int:cycle>/prepare/", prepare, name="announcement_prepare"),
    path("results/announcements/<int:cycle>/send-back/", send_back, name="announcement_send_back"),
    path("results/announcements/<int:cycle>/publish/", publish, name="announcement_publish"),
    path("results/announcements/<int:cycle>/letter/", letter, name="announcement_letter"),
]
