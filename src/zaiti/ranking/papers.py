"""What the score summary says."""

from django.utils.translation import gettext_lazy as _

from zaiti.papers import kinds
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.ranking.queries import places, present

LIST = "ranking.candidatelist"
SUMMARY = kinds.add(
    "ranking",
    "summary",
    _("score summary"),
    word="汇",
    title="{year}年度{type}评审得分汇总表及候选名单",
    made_by=[(LIST, "make_list"), (LIST, "decide"), (LIST, "approve")],
)


def summary_title(candidate_list: CandidateList) -> str:
    """The paper's title."""
    return SUMMARY.title.format(year=candidate_list.cycle.year, type=candidate_list.carrier_type.name)


def summary_facts(candidate_list: CandidateList) -> dict[str, object]:
    """The ranking, the meeting's word and each departure with its reason."""
    rows = present(candidate_list)
    rubric = candidate_list.panel.rubric
    return {
        "type": candidate_list.carrier_type.name,
        "places": places(candidate_list),
        "pass_line": f"{rubric.pass_line.normalize():f}",
        "share": f"{rubric.category_min_ratio:.0%}",
        "sample": rubric.sample,
        "meeting_on": candidate_list.meeting_on,
        "meeting_text": candidate_list.meeting_text,
        "rows": [_row(row) for row in rows],
        "departures": [
            {"name": str(row), "listed": row.state != Candidate.State.RANKED, "reason": row.deviation_reason}
            for row in rows
            if row.deviation_reason
        ],
        "notes": [
            {"name": str(row), "note": row.tie_note or row.fails_because} for row in rows if _noted(row)
        ],
        "decided_by": str(candidate_list.prepared_by or ""),
        "approved_by": str(candidate_list.approved_by or ""),
    }


def _row(row: Candidate) -> list[str]:
    listed = row.state != Candidate.State.RANKED
    conclusion = "列入候选名单" if listed else "未列入" if row.passes else "未达合格线"
    return [str(row.rank), row.review.application.number or "", str(row), f"{row.total:.2f}", conclusion]


def _noted(row: Candidate) -> bool:
    return bool(row.tie_note or row.fails_because)
