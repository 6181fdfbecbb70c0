"""A report and the announcement at a glance."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaiti.accounts.models import User
from zaiti.doors.desk.countersigned import signing
from zaiti.doors.desk.history import OVER, REPORT, RESULT, Happening, events, procedure
from zaiti.doors.desk.publicity_board import papers_of
from zaiti.programmes.models import Cycle
from zaiti.results import papers, rules
from zaiti.results.models import Announcement, Report
from zaiti.results.queries import accepted_names, is_late, names_in, recognised_names, silent_districts

REPORT_WORDS: dict[str, Happening] = {
    "prepare": (gettext_lazy("The report was prepared"), "active"),
    "return_to_officer": (gettext_lazy("The report was returned to its writer"), "attention"),
    "send": (gettext_lazy("The report was sent to the city"), "active"),
    "send_back": (gettext_lazy("The city sent the report back"), "attention"),
    "accept": (gettext_lazy("The city accepted the report"), "done"),
}
ANNOUNCEMENT_WORDS: dict[str, Happening] = {
    "prepare": (gettext_lazy("The announcement was prepared"), "active"),
    "send_back": (gettext_lazy("The announcement was sent back"), "attention"),
    "publish": (gettext_lazy("The announcement was published"), "done"),
}


def report_board(report: Report, user: User) -> dict[str, Any]:
    """What the page of a report shows to this person."""
    letters = papers_of(report.letter) + papers_of(report.listing)
    withdrawn = list(
        report.withdrawals.select_related("candidate__review__application__organisation", "paper__pdf")
    )
    letters += [paper for row in withdrawn for paper in papers_of(row.paper)]
    return {
        "title": _("Report of %(district)s") % {"district": report.authority.district},
        "names": names_in(report),
        "withdrawn": withdrawn,
        "late": is_late(report) and report.state != Report.State.ACCEPTED,
        "next": _next(report),
        **signing(report, user),
        "may_prepare": rules.may_prepare(user, report.authority) and report.can("prepare"),
        "may_answer": rules.may_answer(user, report) and report.can("accept"),
        "papers": letters,
        "steps": procedure(RESULT if report.state == Report.State.ACCEPTED else REPORT),
        "events": events(report, REPORT_WORDS, {"send": letters}),
    }


def announcement_board(cycle: Cycle, announcement: Announcement | None, user: User) -> dict[str, Any]:
    """What the page of a year's announcement shows to this person."""
    names = recognised_names(cycle) if cycle.state == Cycle.State.CLOSED else accepted_names(cycle)
    made = announcement or Announcement(cycle=cycle, title=papers.announcement_title(cycle))
    open_ = cycle.state == Cycle.State.OPEN
    letters = papers_of(announcement.paper) if announcement else []
    reports = Report.objects.filter(cycle=cycle, state=Report.State.SENT).select_related("authority", "cycle")
    return {
        "title": made.title,
        "announcement": made,
        "names": names,
        "silent": silent_districts(cycle),
        "unanswered": list(reports),
        "next": _next_announcement(cycle, made),
        "may_prepare": open_ and bool(names) and rules.may_announce(user, cycle) and made.can("prepare"),
        **signing(made, user),
        "papers": letters,
        "steps": procedure(OVER if made.state == Announcement.State.PUBLISHED else RESULT),
        "events": events(announcement, ANNOUNCEMENT_WORDS, {"publish": letters}) if announcement else [],
    }


def _next(report: Report) -> tuple[str, str]:
    bureau, city = str(report.authority), str(report.cycle.city)
    return {
        Report.State.DRAFT: (_("Prepare the report anew"), bureau),
        Report.State.PREPARED: (_("Send or return"), _("the approver of %(bureau)s") % {"bureau": bureau}),
        Report.State.SENT: (_("Accept or send back"), _("the reviewer of %(bureau)s") % {"bureau": city}),
        Report.State.SENT_BACK: (_("Prepare the report anew"), bureau),
    }.get(Report.State(report.state), ("", ""))


def _next_announcement(cycle: Cycle, announcement: Announcement) -> tuple[str, str]:
    city = str(cycle.city)
    return {
        Announcement.State.DRAFT: (_("Prepare the announcement"), city),
        Announcement.State.PREPARED: (
            _("Publish or send back"),
            _("the approver of %(bureau)s") % {"bureau": city},
        ),
    }.get(Announcement.State(announcement.state), ("", ""))
