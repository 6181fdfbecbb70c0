"""What the posting and the letters to an objector say; never who the objector is."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.core.markdown import fill
from zaiti.notices.models import Call
from zaiti.papers import kinds
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Objection, Posted, Posting
from zaiti.publicity.queries import names_of, posted_names
from zaiti.ranking.models import Candidate

OBJECTION = "publicity.objection"
POSTING = kinds.add(
    "publicity",
    "posting",
    _("candidate list posting"),
    word="示",
    title="{bureau}关于{year}年度{recognised}认定候选名单{what}",
    made_by=[("ranking.candidate", "post"), ("publicity.posting", "post")],
)
RECEIPT = kinds.add(
    "publicity",
    "objection_receipt",
    _("objection receipt"),
    word="异收",
    title="异议收件回执",
    made_by=[(OBJECTION, "lodge")],
    for_city=False,  # those of the first years name evidence, and so its sender
)
ANSWER = kinds.add(
    "publicity",
    "objection_answer",
    _("objection answer"),
    word="异复",
    title="关于异议办理情况的答复",
    made_by=[(OBJECTION, "uphold"), (OBJECTION, "reject"), (OBJECTION, "turn_away")],
)


def posting_title(
    cycle: Cycle, authority: Authority, *, correction: bool = False, names: Iterable[Candidate] = ()
) -> str:
    """The posting's title; one of successors alone says so."""
    successors = [row.named_by_id is not None for row in names]
    who = "（递补）" if successors and all(successors) else ""
    what = who + ("公示的更正" if correction else "的公示")
    return POSTING.title.format(
        bureau=authority.name, year=cycle.year, recognised=cycle.recognised, what=what
    )


def posting_facts(
    cycle: Cycle, authority: Authority, names: Iterable[tuple[Candidate, date, bool]], *, reason: str = ""
) -> dict[str, Any]:
    """The names, the term, where to object; `names` are (candidate, last day, changed)."""
    names = list(names)
    stands = posted_names(candidate for candidate, _day, changed in names if not changed)
    rows = [_row(number, *name, stands.get(name[0].pk)) for number, name in enumerate(names, 1)]
    return {
        "year": cycle.year,
        "basis": cycle.basis,
        "recognised": cycle.recognised,
        "names": rows,
        "days": cycle.publicity_days,
        "posted_on": clock.today(),
        "starts_on": clock.add_working_days(clock.today(), 1),  # the day of posting is not counted
        "last_day": max(row["last_day"] for row in rows),
        "reason": reason,
        "contact": _contact(cycle, authority),
        "authority": authority.name,
    }


def corrected_names(posting: Posting, changed: Iterable[Candidate]) -> list[tuple[Candidate, date, bool]]:
    """The names of its correction as of today, without those that an upheld objection has taken off."""
    last_day = clock.add_working_days(clock.today(), posting.cycle.publicity_days)
    rows = names_of(posting).exclude(candidate__state=Candidate.State.BLOCKED)
    stands = {row.candidate_id: (row.candidate, row.last_day, False) for row in rows}
    return list((stands | {row.pk: (row, last_day, True) for row in changed}).values())


def posting_body(facts: dict[str, Any]) -> str:
    """The public text, in Markdown."""
    template = "publicity/texts/correction.md" if facts["reason"] else "publicity/texts/posting.md"
    return fill(template, facts)


def receipt_facts(objection: Objection) -> dict[str, Any]:
    """What the receipt of an objection says."""
    files = [{"name": file.name, "sha256": file.sha256} for file in objection.evidence.order_by("pk")]
    return _case(objection) | {
        "received_at": localtime(objection.received_at).isoformat(),
        "recorded_at": localtime(objection.recorded_at).isoformat(),
        "due": objection.due,
        "days": objection.posting.cycle.objection_days,
        "files": files,
    }


def answer_facts(objection: Objection) -> dict[str, Any]:
    """What the answer says; the wording is the handling officer's."""
    conclusion = {
        Objection.State.UPHELD: "异议成立",
        Objection.State.REJECTED: "异议不成立",
        Objection.State.NOT_ADMITTED: "不予受理",
    }.get(Objection.State(objection.state), "异议成立" if objection.upholds else "异议不成立")
    return _case(objection) | {
        "received_at": localtime(objection.received_at).isoformat(),
        "conclusion": conclusion,
        "answer": objection.answer,
    }


def posted_as(objection: Objection) -> str:
    """The unit objected to, under the name it was posted under."""
    row = objection.posting.names.filter(candidate=objection.candidate_id).first()
    return row.unit if row else str(objection.candidate)


def _case(objection: Objection) -> dict[str, Any]:
    posting = objection.posting
    return {
        "objection": objection.number,
        "candidate": posted_as(objection),
        "type": objection.candidate.carrier_type.name,
        "posting": posting.publication.title,
        "contact": _contact(posting.cycle, posting.authority),
    }


def _row(
    number: int, candidate: Candidate, last_day: date, changed: bool, stands: Posted | None
) -> dict[str, Any]:
    """What is posted already keeps its name; the rest bears the one of today."""
    application = candidate.review.application
    unit = stands.unit if stands else application.organisation.name
    carrier = application.carrier_name or application.organisation.name
    return {
        "number": number,
        "type": candidate.carrier_type.name,
        "unit": unit,
        "carrier": stands.carrier_name if stands else carrier,
        "last_day": last_day,
        "changed": changed,
    }


def _contact(cycle: Cycle, authority: Authority) -> dict[str, str]:
    """The office named in the district's call, else the bureau itself."""
    call = Call.objects.filter(cycle=cycle, authority=authority).first()
    return {
        "office": (call and call.contact_office) or authority.name,
        "phone": (call and call.contact_phone) or authority.phone,
        "address": (call and call.contact_address) or authority.address,
    }
