"""From the ranking to the register and what follows."""

from datetime import datetime, timedelta

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.carriers import actions as registering
from zaiti.carriers.models import Carrier
from zaiti.publicity import actions as posting
from zaiti.publicity.models import Posting
from zaiti.ranking import actions as ranking
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.results import actions as reporting
from zaiti.results.models import Report
from zaiti_replay.luohu.story import BY_KEY, HOME, OBJECTED, PANELS, Row, refusal
from zaiti_replay.play import World, moment


def rank(world: World) -> list[Row]:
    """Order, pass line, the tie and the quota's cut; the meeting follows them."""
    bureau = world.bureau(HOME)
    rows: list[Row] = []
    for code in PANELS:
        with clock.at(moment("2024-09-13", 9)):
            made = ranking.make_list(world.panels[HOME, code], by=bureau.officer)
        with clock.at(moment("2024-09-13", 15)):
            _decide(made, bureau.officer)
        with clock.at(moment("2024-09-14", 10)):
            ranking.approve_list(made, by=bureau.approver)
        for row in made.candidates.order_by("rank"):
            note = row.tie_note or row.fails_because
            rows.append(
                (
                    str(made.carrier_type),
                    str(row.rank),
                    str(row),
                    str(row.total),
                    row.get_state_display(),
                    note,
                )
            )
    return rows


def _decide(made: CandidateList, officer: User) -> None:
    ranking.decide_list(
        made,
        by=officer,
        meeting_on=clock.today(),
        meeting_text="会议听取评审情况汇报，同意按评审排名确定候选名单。（示例）",
        listed=set(made.candidates.filter(suggested=True).values_list("pk", flat=True)),
        reasons={},
    )


def post(world: World) -> list[Row]:
    """Five working days of publicity; an objection comes in; a close before its day is refused."""
    bureau = world.bureau(HOME)
    listed = list(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.LISTED))
    with clock.at(moment("2024-09-18", 9)):
        made = posting.post_candidates(world.cycle, bureau.authority, by=bureau.officer, candidates=listed)
    world.notes["posting"] = made
    _object(world, made)
    with clock.at(moment(made.last_day, 23, 59, 59)):
        world.notes["early_close"] = refusal(lambda: posting.close_posting(made, by=bureau.officer))
    with clock.at(clock.end_of_day(made.last_day) + timedelta(hours=9)):
        posting.close_posting(made, by=bureau.officer)
    return [
        (str(c), c.get_state_display())
        for c in Candidate.objects.filter(postings=made).order_by("list", "rank")
    ]


def _object(world: World, made: Posting) -> None:
    candidate = Candidate.objects.get(review__application=world.applications[OBJECTED.key])
    with clock.at(moment("2024-09-24", 11)):
        world.notes["objection"] = posting.lodge_objection(
            made,
            candidate,
            by=None,
            name="异议人（示例）",
            identity_number="11010519491231002X",  # the worked example of GB 11643-1999
            phone="0755-00000000",
            text="该单位培训台账与实际不符，附名册比对。（示例）",
        )


def report(world: World) -> list[Row]:
    """The cleared names go to the city; the objected one may not."""
    bureau, city = world.bureau(HOME), world.cast.city
    blocked = Candidate.objects.get(review__application=world.applications[OBJECTED.key])
    with clock.at(moment("2024-09-27", 10)):
        world.notes["blocked_report"] = refusal(
            lambda: reporting.prepare_report(
                world.cycle, bureau.authority, by=bureau.officer, candidates=[blocked], opinion="（示例）"
            )
        )
    first = _send(world, moment("2024-09-27", 11))
    _uphold(world)
    successor = _succeed(world)
    second = _send(world, moment("2024-10-22", 10))
    with clock.at(moment("2024-10-23", 15)):
        for made in (first, second):
            reporting.accept_report(made, by=city.reviewer)
    return [
        *((str(c), "第一次报送") for c in first.candidates.all()),
        (str(blocked), "异议成立，取消候选资格"),
        (str(successor), "递补、单独公示后报送"),
    ]


def _send(world: World, at: datetime) -> Report:
    bureau = world.bureau(HOME)
    cleared = list(Candidate.objects.filter(cycle=world.cycle, state=Candidate.State.CLEARED))
    with clock.at(at):
        made = reporting.prepare_report(
            world.cycle,
            bureau.authority,
            by=bureau.officer,
            candidates=cleared,
            opinion="经公示无异议或异议不成立，现予报送。",
        )
        reporting.send_report(made, by=bureau.approver)
    return made


def _uphold(world: World) -> None:
    bureau, objection = world.bureau(HOME), world.notes["objection"]
    with clock.at(moment("2024-09-29", 10)):
        posting.take_up(objection, by=bureau.officer)
    with clock.at(moment("2024-10-09", 10)):
        posting.propose_answer(
            objection, by=bureau.officer, upholds=True, answer="经核查，台账与实际不符，异议成立。（示例）"
        )
        reporting.settle_objection(objection, by=bureau.approver)


def _succeed(world: World) -> Candidate:
    bureau = world.bureau(HOME)
    blocked = Candidate.objects.get(review__application=world.applications[OBJECTED.key])
    with clock.at(moment("2024-10-10", 9)):
        successor = ranking.name_successor(blocked, by=bureau.officer, reason="按评审排名依次递补。")
        own = posting.post_candidates(
            world.cycle, bureau.authority, by=bureau.approver, candidates=[successor]
        )
    with clock.at(clock.end_of_day(own.last_day) + timedelta(hours=9)):
        posting.close_posting(own, by=bureau.officer)
    world.notes["successor_posting"] = own
    return successor


def announce(world: World) -> list[Row]:
    """The city's one list; carriers enter the register."""
    city = world.cast.city
    with clock.at(moment("2024-11-14", 10)):
        made = reporting.prepare_announcement(world.cycle, by=city.officer)
    with clock.at(moment("2024-11-15", 10)):
        carriers = registering.announce(made, by=city.approver)
    return [(c.certificate_number, c.name, str(c.carrier_type)) for c in carriers]


def follow_up(world: World) -> list[Row]:
    """A year later: training reported, one carrier told to correct, and it does."""
    bureau = world.bureau(HOME)
    carrier = Carrier.objects.get(organisation__name=BY_KEY["station2"].name)
    owner = world.cast.applicants["station2"]
    with clock.at(moment("2025-03-03")):
        told = registering.tell_to_correct(
            carrier,
            by=bureau.officer,
            ground="not_performing",
            text="本年度培训台账未按时报送，请改正。（示例）",
            due=moment("2025-03-31").date(),
        )
    with clock.at(moment("2025-03-20")):
        registering.answer_rectification(told, by=owner, answer="已补报台账并建立月报制度。（示例）")
        row = registering.report_training(carrier, by=owner, year=2024, sessions=12, people=260)
    with clock.at(moment("2025-03-25")):
        registering.verify_training(row, by=bureau.officer)
        registering.settle_rectification(told, by=bureau.officer, conclusion="经核查，已改正。（示例）")
    carrier.refresh_from_db()
    return [(carrier.certificate_number, carrier.name, carrier.get_state_display())]
