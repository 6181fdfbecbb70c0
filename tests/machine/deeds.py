"""Every deed of a year as a function of the little world: who should do it, and what it does.

A deed gives nothing to do (`Nothing`) when its object is not there yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from tests import make
from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.applications import actions as applying
from zaiti.applications.models import Application
from zaiti.carriers import actions as registering
from zaiti.notices import actions as noticing
from zaiti.notices.models import Amendment, Call
from zaiti.panels import actions as judging
from zaiti.panels.models import Panel, Review, ScoreSheet
from zaiti.programmes import actions as planning
from zaiti.programmes.models import CarrierType, Cycle, Quota
from zaiti.publicity import actions as posting
from zaiti.publicity.models import Objection, Posting, PostingCorrection
from zaiti.ranking import actions as ranking
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.results import actions as reporting
from zaiti.results.models import Announcement, Report
from zaiti.screening import actions as screening
from zaiti.screening.tasks import deem_overdue, lapse_corrections

PAGE = make.pdf()


class Nothing(Exception):
    """There is nothing yet to do this to."""


def one(rows: Any, turn: int = 0) -> Any:
    """Take one of the rows, or give up."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Nothing
    return found[turn % len(found)]


@dataclass
class Little:
    """One city, one district, one type with two places, three units, a pool of five."""

    cycle: Cycle
    authority: Authority
    kind: CarrierType
    people: dict[str, User]
    turn: int = 0

    def application(self, **filters: Any) -> Application:
        return one(Application.objects.filter(call__cycle=self.cycle, **filters), self.turn)

    def panel(self) -> Panel:
        return one(Panel.objects.filter(cycle=self.cycle))

    def review(self, **filters: Any) -> Review:
        return one(Review.objects.filter(panel__cycle=self.cycle, **filters), self.turn)

    def listed(self) -> CandidateList:
        return one(CandidateList.objects.filter(cycle=self.cycle))

    def objection(self) -> Objection:
        return one(Objection.objects.all(), self.turn)


@dataclass(frozen=True)
class Deed:
    """A deed, and who is meant to do it."""

    role: str
    do: Callable[[Little, User], object]


def _set_quotas(world: Little, by: User) -> None:
    places = {(world.authority.pk, world.kind.pk): world.turn % 6}
    planning.set_quotas(world.cycle, by=by, places=places)


def _draft_call(world: Little, by: User) -> None:
    opens = clock.now()
    noticing.draft_call(
        world.cycle,
        world.authority,
        by=by,
        opens_at=opens,
        closes_at=opens + timedelta(days=10),
        types=[world.kind],
        contact_phone="0755-00000000",
    )


def _call(world: Little) -> Call:
    return one(Call.objects.filter(cycle=world.cycle))


def _extend(world: Little, by: User) -> None:
    call = _call(world)
    closes_at = call.closes_at + timedelta(days=world.turn % 5)
    noticing.prepare_extension(call, by=by, closes_at=closes_at, reason="系统故障")


def _amendment(world: Little) -> Amendment:
    return one(Amendment.objects.filter(publication__cycle=world.cycle))


def _start(world: Little, by: User) -> None:
    application = applying.start_application(_call(world), world.kind, by=by)
    make.filled(application)
    for slot in application.carrier_type.materials.filter(required=True):
        applying.upload_material(application, slot, by=by, content=BytesIO(PAGE), original_name="a.pdf")


def _own(world: Little, by: User) -> Application:
    return one(Application.objects.filter(organisation=by.organisation_id or 0))


def _mark(world: Little, by: User, mark: str) -> None:
    for material in world.application().materials.all():
        screening.mark_material(material, by=by, mark=mark, reason="" if mark == "in_order" else "缺页")


def _answer(world: Little, by: User) -> None:
    application = _own(world, by)
    for material in application.materials.filter(open_for_correction=True):
        applying.upload_material(
            application, material.requirement, by=by, content=BytesIO(PAGE + b"%"), original_name="b.pdf"
        )
    screening.answer_correction(application, by=by)


def _visit(world: Little, by: User) -> None:
    review = world.review()
    judging.record_visit(
        review,
        by=by,
        visited_at=clock.now(),
        place="示例地点",
        visitors=list(review.panel.seats.filter(left_at=None)),
        findings="一致。",
    )


def _discuss(world: Little, by: User) -> None:
    panel = world.panel()
    judging.record_minutes(
        panel,
        by=by,
        reviews=list(panel.reviews.filter(state=Review.State.VISITED)) or list(panel.reviews.all()),
        held_at=clock.now(),
        place="示例会议室",
        present=list(panel.seats.filter(left_at=None)),
        text="逐一讨论。",
    )


def _score(world: Little, by: User) -> None:
    for review in Review.objects.filter(panel__cycle=world.cycle):
        sheet = judging.open_sheet(review, by=by)
        share = Decimal("0.95") - Decimal("0.05") * (review.pk % 3)
        points = {
            line.pk: (line.points * share).quantize(Decimal("0.1")) for line in sheet.rubric.criteria.all()
        }
        judging.save_scores(sheet, by=by, points=points, comment="同意。")
        judging.sign_sheet(sheet, by=by)


def _score_again(world: Little, by: User) -> None:
    sheet = one(ScoreSheet.objects.all(), world.turn)
    points = {line.pk: Decimal(1) for line in sheet.rubric.criteria.all()}
    judging.save_scores(sheet, by=by, points=points)


def _seats(world: Little) -> list[User]:
    seats = world.panel().seats.filter(left_at=None)
    return [seat.expert.user for seat in seats.select_related("expert__user")]


def _score_all(world: Little, by: User) -> None:
    for expert in _seats(world):
        _score(world, expert)


def _decide(world: Little, by: User, everyone: bool = False) -> None:
    made = world.listed()
    rows = made.candidates.all() if everyone else made.candidates.filter(suggested=True)
    ranking.decide_list(
        made,
        by=by,
        meeting_on=clock.today(),
        meeting_text="同意。",
        listed=set(rows.values_list("pk", flat=True)),
        reasons={row.pk: "情况特殊。" for row in rows} if everyone else {},
    )


def _post(world: Little, by: User) -> None:
    rows = list(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.LISTED))
    posting.post_candidates(world.cycle, world.authority, by=by, candidates=rows)


def _posting(world: Little) -> Posting:
    return one(Posting.objects.filter(cycle=world.cycle), world.turn)


def _correct_posting(world: Little, by: User) -> None:
    old = one(Posting.objects.filter(cycle=world.cycle, state=Posting.State.OPEN))
    names = [name.candidate for name in old.names.all()]
    posting.prepare_posting_correction(old, by=by, reason="单位名称有误", candidates=names[:1])


def _posting_correction(world: Little) -> PostingCorrection:
    return one(PostingCorrection.objects.filter(posting__cycle=world.cycle), world.turn)


def _object(world: Little, by: User | None) -> None:
    made = _posting(world)
    posting.lodge_objection(
        made,
        one(made.candidates.all(), world.turn),
        by=None,
        name="异议人（示例）",
        identity_number="11010519491231002X",
        phone="0755-00000000",
        text="材料不实。",
    )


def _prepare_report(world: Little, by: User) -> None:
    rows = list(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.CLEARED))
    reporting.prepare_report(world.cycle, world.authority, by=by, candidates=rows, opinion="无异议。")


def _report(world: Little) -> Report:
    return one(Report.objects.filter(cycle=world.cycle), world.turn)


def _announcement(world: Little) -> Announcement:
    return one(Announcement.objects.filter(cycle=world.cycle))


def _leave(world: Little, by: User) -> None:
    judging.leave_seat(one(world.panel().seats), by=by, reason="生病", keep_scores=True)


def _propose(world: Little, by: User) -> None:
    posting.propose_answer(world.objection(), by=by, upholds=bool(world.turn % 2), answer="经查。")


def _blocked(world: Little) -> Candidate:
    return one(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.BLOCKED))


# The straight way through a year; each deed by whom it belongs to.
WAY = [
    Deed("officer", _draft_call),
    Deed("officer", lambda w, by: noticing.prepare_call(_call(w), by=by)),
    Deed("approver", lambda w, by: noticing.publish_call(_call(w), by=by)),
    *(Deed(f"unit{n}", _start) for n in range(3)),
    *(Deed(f"unit{n}", lambda w, by: applying.submit(_own(w, by), by=by)) for n in range(3)),
    *(Deed("officer", lambda w, by, n=n: (_aim(w, n), _mark(w, by, "in_order"))) for n in range(3)),
    *(
        Deed("officer", lambda w, by, n=n: (_aim(w, n), screening.accept(w.application(), by=by)))
        for n in range(3)
    ),
    Deed("wait", lambda w, by: None),
    Deed("officer", lambda w, by: judging.form_panel(_call(w), w.kind, by=by, size=3)),
    Deed("officer", lambda w, by: judging.draw_experts(w.panel(), by=by)),
    *(Deed("officer", lambda w, by, n=n: (_aim(w, n), _visit(w, by))) for n in range(3)),
    Deed("officer", _discuss),
    Deed("experts", _score_all),
    Deed("officer", lambda w, by: judging.finish_panel(w.panel(), by=by)),
    Deed("officer", lambda w, by: ranking.make_list(w.panel(), by=by)),
    Deed("officer", _decide),
    Deed("approver", lambda w, by: ranking.approve_list(w.listed(), by=by)),
    Deed("officer", _post),
    Deed("wait", lambda w, by: None),
    Deed("officer", lambda w, by: posting.close_posting(_posting(w), by=by)),
    Deed("officer", _prepare_report),
    Deed("approver", lambda w, by: reporting.send_report(_report(w), by=by)),
    Deed("city reviewer", lambda w, by: reporting.accept_report(_report(w), by=by)),
    Deed("city officer", lambda w, by: reporting.prepare_announcement(w.cycle, by=by)),
    Deed("city approver", lambda w, by: registering.announce(_announcement(w), by=by)),
]

# What somebody may try at any time beside the way.
STRAY = [
    Deed("city officer", _set_quotas),
    Deed("city officer", lambda w, by: planning.change_cap(w.cycle, by=by, cap=w.turn % 6)),
    Deed("approver", lambda w, by: noticing.send_back_call(_call(w), by=by, reason="请修改。")),
    Deed("officer", _extend),
    Deed("approver", lambda w, by: noticing.publish_amendment(_amendment(w), by=by)),
    Deed("approver", lambda w, by: noticing.send_back_amendment(_amendment(w), by=by, reason="请改。")),
    Deed("unit0", lambda w, by: applying.withdraw(_own(w, by), by=by)),
    Deed("unit0", lambda w, by: applying.reopen(_own(w, by), by=by)),
    Deed("officer", lambda w, by: _mark(w, by, "not_in_form")),
    Deed("officer", lambda w, by: screening.return_for_correction(w.application(), by=by, reasons="缺页。")),
    Deed("unit1", _answer),
    Deed("officer", lambda w, by: screening.decline(w.application(), by=by, reason="不属于申报对象。")),
    Deed("clock", lambda w, by: deem_overdue()),
    Deed("clock", lambda w, by: lapse_corrections()),
    Deed("officer", lambda w, by: judging.admit(w.application(), by=by)),
    Deed("expert", _score),
    Deed("expert", _score_again),
    Deed(
        "officer",
        lambda w, by: judging.leave_seat(one(w.panel().seats), by=by, reason="生病", keep_scores=True),
    ),
    Deed("officer", lambda w, by: judging.recuse(w.review(), one(w.panel().seats), by=by, reason="师生关系")),
    Deed("reviewer", lambda w, by: _decide(w, by, everyone=True)),
    Deed("approver", lambda w, by: ranking.send_back_list(w.listed(), by=by, reason="请再议。")),
    Deed(
        "approver",
        lambda w, by: posting.take_down(_posting(w).publication, by=by, reason="公示期满。"),
    ),
    Deed("officer", _correct_posting),
    Deed("approver", lambda w, by: posting.publish_posting_correction(_posting_correction(w), by=by)),
    Deed(
        "approver",
        lambda w, by: posting.send_back_posting_correction(_posting_correction(w), by=by, reason="请改。"),
    ),
    Deed("citizen", _object),
    Deed("officer", lambda w, by: posting.take_up(w.objection(), by=by)),
    Deed(
        "officer",
        lambda w, by: posting.propose_answer(w.objection(), by=by, upholds=bool(w.turn % 2), answer="经查。"),
    ),
    Deed("approver", lambda w, by: reporting.settle_objection(w.objection(), by=by)),
    Deed("officer", lambda w, by: ranking.name_successor(_blocked(w), by=by, reason="依次递补。")),
    Deed("city reviewer", lambda w, by: reporting.send_back_report(_report(w), by=by, reason="请补正。")),
]


def _aim(world: Little, turn: int) -> None:
    world.turn = turn


def found() -> Little:
    """Make the little world: nothing has happened but the year's opening."""
    cycle = make.cycle(cap=3)
    authority = make.district()
    kind = make.carrier_type("base", cycle)
    make.quota(2, authority=authority, carrier_type=kind)
    city = make.city()
    people = {role: make.holder(role, authority) for role in ("officer", "reviewer", "approver")}
    people |= {f"city {role}": make.holder(role, city) for role in ("officer", "reviewer", "approver")}
    people |= {f"unit{n}": make.applicant() for n in range(3)}
    people |= {"expert": make.experts(6)[0].user, "stranger": make.user()}
    return Little(cycle, authority, kind, people)


def places_left(world: Little) -> int:
    """The district's places now."""
    return Quota.objects.get(cycle=world.cycle, authority=world.authority, carrier_type=world.kind).places
