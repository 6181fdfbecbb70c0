"""Reads of reports and of the list to be announced, shared by pages and actions."""

from django.db.models import QuerySet

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.programmes.models import Cycle
from zaiti.publicity.queries import open_objections
from zaiti.ranking.models import Candidate
from zaiti.results.models import Report

UNANSWERED = (Report.State.PREPARED, Report.State.SENT)
ROWS = ("review__application__organisation", "carrier_type", "authority", "list", "successor_of")


def reportable(cycle: Cycle, authority: Authority) -> QuerySet[Candidate]:
    """Names that passed publicity, have no open objection, and stand in no report under way."""
    passed = Candidate.objects.filter(cycle=cycle, authority=authority, state=Candidate.State.CLEARED)
    disputed = open_objections(passed).values("candidate")
    under_way = Report.objects.filter(state__in=UNANSWERED).values("candidates")
    free = passed.exclude(pk__in=disputed).exclude(pk__in=under_way.filter(candidates__isnull=False))
    return free.select_related(*ROWS).order_by("carrier_type__order", "rank")


def names_in(report: Report) -> list[Candidate]:
    """The names of a report, by type and rank."""
    return list(report.candidates.select_related(*ROWS).order_by("carrier_type__order", "rank"))


def is_late(report: Report) -> bool:
    """Tell whether a report is past the city's last day; unsent, whether it would be now."""
    deadline = report.cycle.report_deadline
    return deadline is not None and (report.sent_at or clock.now()) >= clock.end_of_day(deadline)


def accepted_names(cycle: Cycle) -> list[Candidate]:
    """All names of reports that the city has accepted, by type, district and rank."""
    rows = Candidate.objects.filter(
        cycle=cycle, state=Candidate.State.REPORTED, reports__state=Report.State.ACCEPTED
    )
    order = ("carrier_type__order", "authority__id", "rank")
    return list(rows.select_related(*ROWS).distinct().order_by(*order))


def recognised_names(cycle: Cycle) -> list[Candidate]:
    """All names the city has recognised this year, in the announcement's order."""
    rows = Candidate.objects.filter(cycle=cycle, state=Candidate.State.RECOGNISED)
    return list(rows.select_related(*ROWS).order_by("carrier_type__order", "authority__id", "rank"))


def silent_districts(cycle: Cycle) -> list[Authority]:
    """Districts of the year from which the city has accepted no report."""
    heard = Report.objects.filter(cycle=cycle, state=Report.State.ACCEPTED).values("authority")
    return list(cycle.districts.exclude(pk__in=heard))
