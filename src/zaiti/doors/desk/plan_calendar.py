"""The holiday table: a year's days as a strip, special days edited, a year added."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.clock.days import Day, forget_table
from zaiti.clock.models import HolidayYear, SpecialDay
from zaiti.doors.desk.access import at_desk, in_bureau, in_city_bureau
from zaiti.doors.desk.plan_forms import DayForm, YearForm
from zaiti.doors.ui.dates import weekday
from zaiti.doors.ui.pages import Request, onward, page
from zaiti.programmes.actions import add_holiday_year, edit_special_day
from zaiti.programmes.rules import may_keep_calendar

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
    return _show(request, year or clock.today().year, YearForm(), DayForm())


@require_POST
@at_desk(in_city_bureau)
def add_year(request: Request) -> HttpResponse:
    """Add a year to the table."""
    form = YearForm(request.POST)
    if not form.is_valid():
        return _show(request, clock.today().year, form, DayForm(), status=422)
    added = add_holiday_year(form.cleaned_data["year"], by=request.user, source=form.cleaned_data["source"])
    messages.success(
        request, _("%(year)s is added; enter its holidays and make-up days now.") % {"year": added.year}
    )
    return onward(request, "desk:calendar_year", added.year)


@require_POST
@at_desk(in_city_bureau)
def edit_day(request: Request, year: int) -> HttpResponse:
    """Say whether a day is worked."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _show(request, year, YearForm(), form, status=422)
    given = form.cleaned_data
    edit_special_day(given["day"], by=request.user, working=given["working"], name=given["name"])
    messages.success(request, _("The holiday table is changed; terms are counted anew from now on."))
    return onward(request, "desk:calendar_year", given["day"].year)


def _show(request: Request, year: int, add: YearForm, day: DayForm, status: int = 200) -> HttpResponse:
    forget_table()
    known = list(HolidayYear.objects.order_by("year"))
    here = next((row for row in known if row.year == year), None)
    months = _months(year) if here else []
    return page(
        request,
        "desk/calendar.html",
        status=status,
        year=year,
        here=here,
        months=months,
        total=sum(month.working for month in months),
        around=[row.year for row in known if abs(row.year - year) <= 3],
        weekdays=[weekday(A_MONDAY + timedelta(days=n)) for n in range(7)],
        special=SpecialDay.objects.filter(day__year=year),
        today=clock.today(),
        add_form=add,
        day_form=day,
        may_keep=may_keep_calendar(request.user),
    )


def _months(year: int) -> list[Month]:
    days = clock.strip(date(year, 1, 1), date(year, 12, 31))
    return [Month(date(year, n, 1), [day for day in days if day.date.month == n]) for n in range(1, 13)]


urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/<int:year>/", calendar, name="calendar_year"),
    path("calendar/add/", add_year, name="calendar_add"),
    path("calendar/<int:year>/day/", edit_day, name="calendar_day"),
]
