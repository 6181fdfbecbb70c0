"""A report and the announcement at a glance."""

from typing import Any

from django.utils.translation import gettext as _

from zaiti.accounts.models import User
from zaiti.dossiers.affairs import announcement_next, announcement_steps, report_next, report_steps
from zaiti.dossiers.story import documents
from zaiti.dossiers.timeline import history
from zaiti.programmes.models import Cycle
from zaiti.results import papers, rules
from zaiti.results.models import Announcement, Report
from zaiti.results.queries import accepted_names, is_late, names_in, recognised_names, silent_districts
from zaiti.web.desk.countersigned import signing


def report_board(report: Report, user: User) -> dict[str, Any]:
    """What the page of a report shows to this person."""
    withdrawn = list(
        report.withdrawals.select_related("candidate__review__application__organisation", "paper__pdf")
    )
    letters = [report.letter, report.listing, *(row.paper for row in withdrawn)]
    return {
        "title": _("Report of %(district)s") % {"district": report.authority.district},
        "names": names_in(report),
        "withdrawn": withdrawn,
        "late": is_late(report) and report.state != Report.State.ACCEPTED,
        **signing(report, user),
        "may_prepare": rules.may_prepare(user, report.authority) and report.can("prepare"),
        "may_answer": rules.may_answer(user, report) and report.can("accept"),
        "papers": documents(*letters),
        "steps": report_steps(report),
        "whereabouts": report_next(report),
        "events": history(report, *withdrawn, papers=letters),
    }


def announcement_board(cycle: Cycle, announcement: Announcement | None, user: User) -> dict[str, Any]:
    """What the page of a year's announcement shows to this person."""
    names = recognised_names(cycle) if cycle.state == Cycle.State.CLOSED else accepted_names(cycle)
    made = announcement or Announcement(cycle=cycle, title=papers.announcement_title(cycle))
    open_ = cycle.state == Cycle.State.OPEN
    reports = Report.objects.filter(cycle=cycle, state=Report.State.SENT).select_related("authority", "cycle")
    return {
        "title": made.title,
        "announcement": made,
        "names": names,
        "silent": silent_districts(cycle),
        "unanswered": list(reports),
        "may_prepare": open_ and bool(names) and rules.may_announce(user, cycle) and made.can("prepare"),
        **signing(made, user),
        "papers": documents(made.paper),
        "steps": announcement_steps(made),
        "whereabouts": announcement_next(made),
        "events": history(announcement, papers=[announcement.paper]) if announcement else [],
    }
