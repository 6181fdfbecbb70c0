"""The holiday table: a year's days month by month, imported, looked at, confirmed; single days changed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.clock.days import Day, as_told, forget_table
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.dossiers.actions import confirm_year
from zaiti.dossiers.terms import affected, waiting
from zaiti.programmes.actions import (
    add_holiday_year,
    draft_holiday_year,
    drop_holiday_draft,
    edit_special_day,
)
from zaiti.programmes.rules import may_keep_calendar
from zaiti.web.desk.access import at_desk, in_bureau, in_city_bureau
from zaiti.web.desk.plan.forms import DayForm, ImportForm, YearForm
from zaiti.web.ui.dates import weekday
from zaiti.web.ui.pages import Request, onward, page

A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Month:
    """One month of the strip."""

    first: date
    days: list[Day]

    @property
    def weeks(self) -> list[list[Day | None]]:
        """Its days in rows of seven, Monday first, with empty places before and after."""
        places = [*[None] * self.first.weekday(), *self.days]
        places += [None] * (-len(places) % 7)
        return [places[n : n + 7] for n in range(0, len(places), 7)]

    @property
    def working(self) -> int:
        """How many of its days are worked."""
        return sum(day.working for day in self.days)


@at_desk(in_bureau)
def calendar(request: Request, year: int | None = None) -> HttpResponse:
    """Show a year of the holiday table."""
    return _show(request, year or clock.today().year)


@require_POST
@at_desk(in_city_bureau)
def add_year(request: Request) -> HttpResponse:
    """Begin a year's table by hand."""
    form = YearForm(request.POST)
    if not form.is_valid():
        return _show(request, clock.today().year, status=422, add_form=form)
    added = add_holiday_year(form.cleaned_data["year"], by=request.user, source=form.cleaned_data["source"])
    messages.success(
        request,
        _("%(year)s is begun; enter its holidays and make-up days, then confirm it.") % {"year": added.year},
    )
    return onward(request, "desk:calendar_year", added.year)


@require_POST
@at_desk(in_city_bureau)
def import_year(request: Request) -> HttpResponse:
    """Read a year's arrangement, and show it before anything is counted by it."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        year = form.cleaned_data.get("year") or clock.today().year
        return _show(request, year, status=422, import_form=form)
    year, source = form.cleaned_data["year"], form.cleaned_data["source"]
    draft_holiday_year(year, by=request.user, source=source, days=form.found.rows)
    messages.success(request, _("Please compare it with the notice, then confirm it. Nothing counts before."))
    if missing := form.found.missing:
        messages.warning(request, _("Nothing is said of %s; is that right?") % "、".join(missing))
    return onward(request, "desk:calendar_year", year)


@require_POST
@at_desk(in_city_bureau)
def confirm(request: Request, year: int) -> HttpResponse:
    """Put a year's arrangement in force."""
    confirm_year(year, by=request.user)
    messages.success(request, _("%s is in force. The terms that waited for it have their day now.") % year)
    return onward(request, "desk:calendar_year", year)


@require_POST
@at_desk(in_city_bureau)
def drop(request: Request, year: int) -> HttpResponse:
    """Throw away what was not confirmed."""
    drop_holiday_draft(year, by=request.user)
    messages.success(request, _("The arrangement was thrown away; nothing was counted by it."))
    return onward(request, "desk:calendar_year", year)


@require_POST
@at_desk(in_city_bureau)
def edit_day(request: Request, year: int) -> HttpResponse:
    """Say whether a day is worked."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _show(request, year, status=422, day_form=form)
    given = form.cleaned_data
    edit_special_day(given["day"], by=request.user, working=given["working"], name=given["name"])
    messages.success(
        request,
        _("The holiday table is changed. Days already given stay; what it touches is listed here."),
    )
    return onward(request, "desk:calendar_year", given["day"].year)


def _show(request: Request, year: int, status: int = 200, **forms: Any) -> HttpResponse:
    forget_table()
    known = list(HolidayYear.objects.order_by("year"))
    here = next((row for row in known if row.year == year), None)
    special = _special(year, here)
    months = _months(year, special) if here else []
    facts = {"add_form": YearForm(), "day_form": DayForm(), "import_form": _import_form(year, here)} | forms
    return page(
        request,
        "desk/plan/calendar.html",
        status=status,
        year=year,
        here=here,
        months=months,
        total=sum(month.working for month in months),
        around=[row.year for row in known if abs(row.year - year) <= 3],
        weekdays=[weekday(A_MONDAY + timedelta(days=n)) for n in range(7)],
        special=[(day, working, name) for day, (working, name) in sorted(special.items())],
        today=clock.today(),
        affected=affected(request.user),
        waiting=waiting(),
        missing=clock.missing_year(),
        may_keep=may_keep_calendar(request.user),
        **facts,
    )


def _special(year: int, here: HolidayYear | None) -> dict[date, tuple[bool, str]]:
    """The days that differ from their weekday: as drafted, while that waits to be confirmed."""
    if here is not None and here.draft is not None:
        return {date.fromisoformat(day): (working, name) for day, working, name in here.draft}
    rows = SpecialDay.objects.filter(day__year=year).values_list("day", "working", "name")
    return {day: (working, name) for day, working, name in rows}


def _import_form(year: int, here: HolidayYear | None) -> ImportForm:
    return ImportForm(initial={"year": year if here is None else clock.missing_year() or year + 1})


def _months(year: int, special: dict[date, tuple[bool, str]]) -> list[Month]:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    told = [as_told(day, special) for day in days if day.year == year]
    return [Month(date(year, n, 1), [day for day in told if day.date.month == n]) for n in range(1, 13)]


urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/<int:year>/", calendar, name="calendar_year"),
    path("calendar/add/", add_year, name="calendar_add"),
    path("calendar/import/", import_year, name="calendar_import"),
    path("calendar/<int:year>/confirm/", confirm, name="calendar_confirm"),
    path("calendar/<int:year>/drop/", drop, name="calendar_drop"),
    path("calendar/<int:year>/day/", edit_day, name="calendar_day"),
]
