"""What the report, the list, the withdrawal and the announcement say."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.naming import with_former
from zaiti.core.markdown import fill
from zaiti.papers import kinds
from zaiti.programmes.models import Cycle
from zaiti.programmes.queries import policy
from zaiti.publicity.models import Posted
from zaiti.publicity.queries import posted_names
from zaiti.ranking.models import Candidate
from zaiti.results.models import Announcement, Report
from zaiti.results.queries import names_in

SENT = [("ranking.candidate", "report"), ("results.report", "send")]
REPORT = kinds.add(
    "results",
    "report",
    _("report letter"),
    word=kinds.LETTER,
    title="关于{more}报送{year}年度{recognised}认定候选名单的函",
    made_by=SENT,
)
REPORT_LIST = kinds.add(
    "results",
    "report_list",
    _("reported list"),
    word="单",
    title="{year}年度{recognised}认定候选名单（{district}）",
    made_by=SENT,
)
WITHDRAWAL = kinds.add(
    "results",
    "withdrawal",
    _("withdrawal letter"),
    word=kinds.LETTER,
    title="关于撤回{unit}{year}年度认定候选资格的函",
    made_by=[("ranking.candidate", "block"), ("results.withdrawal", "withdraw")],
)
RESULT = kinds.add(
    "results",
    "result",
    _("result announcement"),
    word="告",
    title="{city}关于公布{year}年度新认定{recognised}名单的公告",
    made_by=[("ranking.candidate", "recognise"), ("results.announcement", "publish")],
)


def report_title(report: Report) -> str:
    """The letter's title; a further report says so."""
    earlier = report.authority.reports.filter(cycle=report.cycle, sent_at__isnull=False).exclude(pk=report.pk)
    more = "补充" if earlier.exists() else ""
    return REPORT.title.format(more=more, year=report.cycle.year, recognised=report.cycle.recognised)


def report_facts(report: Report) -> dict[str, Any]:
    """The letter: how the names came about, how many of each type, when they were posted."""
    names = names_in(report)
    postings = Posted.objects.filter(candidate__in=names, candidate__state__in=_PASSED).select_related(
        "posting"
    )
    spans = {
        (clock.add_working_days(localtime(n.posting.posted_at).date(), 1), n.last_day)
        for n in postings
        if n.posting.state != "replaced"
    }
    return {
        "to": report.cycle.city.name,
        "place": policy(report.cycle).called(report.authority.code),
        "year": report.cycle.year,
        "basis": report.cycle.basis,
        "recognised": report.cycle.recognised,
        "counts": counts(names),
        "total": len(names),
        "opinion": report.opinion,
        "posted": [{"from": start, "to": end} for start, end in sorted(spans)],
        "days": report.cycle.publicity_days,
    }


def list_title(report: Report) -> str:
    """The list's title."""
    return REPORT_LIST.title.format(
        year=report.cycle.year, recognised=report.cycle.recognised, district=report.authority.district
    )


def list_facts(report: Report) -> dict[str, Any]:
    """The list that goes with the letter."""
    names = names_in(report)
    units = unit_words(names)
    return {"rows": [_reported(number, row, units[row.pk]) for number, row in enumerate(names, 1)]}


def withdrawal_facts(candidate: Candidate, report: Report, reason: str) -> dict[str, Any]:
    """The letter that takes one name back."""
    return {
        "to": report.cycle.city.name,
        "year": report.cycle.year,
        "recognised": report.cycle.recognised,
        "report": report.letter.number if report.letter else "",
        "name": unit_words([candidate])[candidate.pk],
        "type": candidate.carrier_type.name,
        "reason": reason,
        "days": report.cycle.publicity_days,
    }


def announcement_title(cycle: Cycle) -> str:
    """The announcement's title."""
    return RESULT.title.format(city=cycle.city.name, year=cycle.year, recognised=cycle.recognised)


def announcement_facts(announcement: Announcement, names: list[Candidate]) -> dict[str, Any]:
    """The announcement: opening words and the names by type."""
    numbered, units = list(enumerate(names, 1)), unit_words(names)
    return {
        "year": announcement.cycle.year,
        "basis": announcement.cycle.basis,
        "recognised": announcement.cycle.recognised,
        "opening": announcement.opening,
        "total": len(names),
        "counts": counts(names),
        "listing": f"{announcement.cycle.year}年度新认定{announcement.cycle.recognised}名单",
        "authority": announcement.cycle.city.name,
        "made_on": clock.today(),
        "groups": [
            {"type": kind, "rows": [_announced(n, row, units[row.pk]) for n, row in rows]}
            for kind, rows in groupby(numbered, key=lambda row: row[1].carrier_type.name)
        ],
    }


def announcement_body(facts: dict[str, Any]) -> str:
    """The public text, in Markdown."""
    return fill("results/texts/result.md", facts)


def unit_words(names: Iterable[Candidate]) -> dict[int, str]:
    """Each unit's name now and, if it was posted under another, that one with the day it changed."""
    names = list(names)
    posted = posted_names(names)
    units = {row.pk: row.review.application.organisation for row in names}
    then = {row.pk: posted[row.pk].unit if row.pk in posted else "" for row in names}
    return {key: with_former(unit, then[key], "公示时名称") for key, unit in units.items()}


def counts(names: Iterable[Candidate]) -> list[dict[str, Any]]:
    """How many names of each type, in the types' order."""
    found: dict[str, int] = {}
    for row in names:
        found[row.carrier_type.name] = found.get(row.carrier_type.name, 0) + 1
    return [{"type": kind, "count": count} for kind, count in found.items()]


_PASSED = (Candidate.State.CLEARED, Candidate.State.REPORTED, Candidate.State.RECOGNISED)


def _reported(number: int, row: Candidate, words: str) -> list[str]:
    application = row.review.application
    unit = application.organisation
    carrier = application.carrier_name or unit.name
    return [str(number), row.carrier_type.name, words, carrier, unit.uscc, f"{row.total:.2f}"]


def _announced(number: int, row: Candidate, words: str) -> list[str]:
    application = row.review.application
    carrier = application.carrier_name or application.organisation.name
    return [str(number), carrier, words, row.authority.district]
