"""Who may report, answer a report, and announce."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds
from zaiti.programmes.models import Cycle
from zaiti.results.models import Announcement, Report


def may_prepare(user: User, authority: Authority) -> bool:
    """The district's officers and reviewers prepare its report."""
    return holds(user, Report.WRITERS, authority)


def may_answer(user: User, report: Report) -> bool:
    """The city's reviewer accepts a report or sends it back."""
    return holds(user, Post.Role.REVIEWER, report.cycle.city)


def may_announce(user: User, cycle: Cycle) -> bool:
    """The city's officers and reviewers prepare the announcement."""
    return holds(user, Announcement.WRITERS, cycle.city)
