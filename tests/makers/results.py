"""Reports and announcements with dull defaults."""

from typing import Any

from tests.makers.people import city, holder
from tests.makers.publicity import cleared
from zaiti.ranking.models import Candidate
from zaiti.results.actions import accept_report, prepare_announcement, prepare_report, send_report
from zaiti.results.models import Announcement, Report


def report(
    state: str = Report.State.PREPARED, *, names: list[Candidate] | None = None, **list_fields: Any
) -> Report:
    """A district's report of its cleared names: prepared, sent or accepted."""
    rows = names or cleared(**list_fields)
    cycle, authority = rows[0].cycle, rows[0].authority
    made = prepare_report(cycle, authority, by=holder("officer", authority), candidates=rows)
    if state in (Report.State.SENT, Report.State.ACCEPTED):
        send_report(made, by=holder("approver", authority))
    if state == Report.State.ACCEPTED:
        accept_report(made, by=holder("reviewer", city()))
    return made


def announcement(**list_fields: Any) -> Announcement:
    """An announcement that waits for approval, of one accepted report."""
    made = report(Report.State.ACCEPTED, **list_fields)
    return prepare_announcement(made.cycle, by=holder("officer", city()))
