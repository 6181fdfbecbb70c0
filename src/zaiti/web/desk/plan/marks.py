"""How far a district is at each step of the year, and when that is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.core import Refused
from zaiti.core.tones import ACTIVE, ATTENTION, DONE, LATE, QUIET
from zaiti.web.ui.dates import iso

NONE = "—"


@dataclass(frozen=True)
class Mark:
    """One step of a district: how far it is, its tone and, when late, what to tell the district."""

    name: str
    said: str
    tone: str
    note: str = ""
    reminder: str = ""
    due: date | None = None

    @property
    def late(self) -> bool:
        """Tell whether the city should remind the district of it."""
        return bool(self.reminder)


def marks_of(progress: Any) -> list[Mark]:
    """The six steps of one district: called, applied, accepted, reviewed, posted, reported."""
    return [step(progress) for step in (_called, _applied, _accepted, _reviewed, _posted, _reported)]


def _called(at: Any) -> Mark:
    name, due = _("Called"), at.cycle.call_deadline
    if at.is_called:
        on = timezone.localtime(at.called_at).date()
        late = _("after the deadline") if due and on > due else ""
        return Mark(name, iso(on), ATTENTION if late else DONE, late)
    if due and clock.today() > due:
        reminder = f"你区申报通知应于{_cn(due)}前发布，目前尚未发布，请抓紧办理。"
        return Mark(name, _("not published"), LATE, _by(due), reminder, due)
    said = {"draft": _("in draft"), "prepared": _("waiting for approval")}.get(at.call_state, _("not begun"))
    return Mark(name, said, ACTIVE if at.call_state else QUIET, _by(due))


def _applied(at: Any) -> Mark:
    name = _("Applied")
    if not at.is_called:
        return Mark(name, NONE, QUIET)
    closes = _("until %(day)s") % {"day": iso(at.closes_at)}
    return Mark(name, str(at.applied), DONE if at.window_is_over else ACTIVE, closes)


def _accepted(at: Any) -> Mark:
    name, said = _("Accepted"), f"{at.accepted}/{at.applied}"
    if not at.applied:
        return Mark(name, NONE, QUIET)
    if at.overdue:
        reminder = f"你区有{at.overdue}件申报超过受理审查期限，请尽快办结。"
        return Mark(name, said, LATE, _("%(n)s overdue") % {"n": at.overdue}, reminder, at.answer_due)
    open_ones = at.waiting + at.returned
    note = _("%(n)s open") % {"n": open_ones} if open_ones else ""
    return Mark(name, said, ACTIVE if open_ones or not at.window_is_over else DONE, note)


def _reviewed(at: Any) -> Mark:
    name, said = _("Reviewed"), f"{at.scored}/{at.accepted}"
    if not at.window_is_over or not at.accepted:
        return Mark(name, NONE, QUIET)
    if at.scored >= at.accepted:
        return Mark(name, said, DONE)
    if _too_late_to_post(at):
        return Mark(name, said, LATE, "", "你区专家评审尚未完成，请抓紧组织。")
    return Mark(name, said, ACTIVE if at.reviews else QUIET)


def _posted(at: Any) -> Mark:
    name = _("Posted")
    if at.open_postings:
        return Mark(name, _("being posted"), ACTIVE, _("until %(day)s") % {"day": iso(at.posted_until)})
    if at.postings and not at.to_post:
        return Mark(name, _("ended"), DONE)
    if at.has_nothing or not at.is_called:
        return Mark(name, NONE, QUIET)
    if _too_late_to_post(at):
        days = at.cycle.publicity_days
        reminder = f"候选名单须公示{days}个工作日，按报送期限倒排已经逾期，请立即公示并说明情况。"
        return Mark(name, _("not posted"), LATE, "", reminder)
    return Mark(name, _("not posted"), ATTENTION if at.to_post else QUIET)


def _reported(at: Any) -> Mark:
    name, due = _("Reported"), at.cycle.report_deadline
    if at.reports_sent:
        on = timezone.localtime(at.sent_at).date() if at.sent_at else None
        late = _("after the deadline") if due and on and on > due else ""
        return Mark(name, iso(on) if on else _("sent"), ATTENTION if late else DONE, late)
    if at.has_nothing:
        return Mark(name, _("nothing to report"), QUIET)
    if due and clock.today() > due:
        return Mark(
            name,
            _("not sent"),
            LATE,
            _by(due),
            f"你区候选名单应于{_cn(due)}前书面报送，目前尚未报送，请尽快报送。",
            due,
        )
    return Mark(name, _("not sent"), QUIET, _by(due))


def _too_late_to_post(at: Any) -> bool:
    due = at.cycle.report_deadline
    if due is None or at.postings:
        return False
    try:
        return bool(clock.add_working_days(clock.today(), at.cycle.publicity_days) > due)
    except Refused:
        return False


def _by(due: Any) -> str:
    return _("by %(day)s") % {"day": iso(due)} if due else ""


def _cn(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
