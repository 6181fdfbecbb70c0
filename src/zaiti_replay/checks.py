"""What must be true at the end of the replay."""

from collections import Counter
from collections.abc import Callable

from zaiti import clock
from zaiti.applications.models import Application, MaterialVersion, Submission
from zaiti.carriers.models import Carrier
from zaiti.ledger.chain import first_break
from zaiti.ledger.deeds import DEEDS
from zaiti.ledger.models import Entry
from zaiti.panels.drawing import draw
from zaiti.panels.models import Draw, Recusal
from zaiti.papers.models import Paper
from zaiti.publicity.models import Objection, Posting
from zaiti.ranking.models import Candidate
from zaiti.screening.models import Correction, Ruling
from zaiti_replay.play import World

PLACES = {"base": 3, "studio": 2, "station": 1}  # Luohu 2024 [N2 三]


def recognised(world: World) -> dict[str, int]:
    """Count the carriers of the year by type."""
    codes = Carrier.objects.filter(carrier_type__cycle=world.cycle).values_list(
        "carrier_type__code", flat=True
    )
    return {kind.code: Counter(codes)[kind.code] for kind in world.cycle.types.all()}


def _late(world: World) -> bool:
    late = world.applications["base7"]
    late.refresh_from_db()
    kept = MaterialVersion.objects.filter(material__application=late).exists()
    return bool(world.notes["refused_to_submit"]["base7"]) and late.state == Application.State.DRAFT and kept


def _others_in(world: World) -> bool:
    refusals = world.notes["refused_to_submit"]
    return not any(said for key, said in refusals.items() if key != "base7")


def _own_unit_left_out(world: World) -> bool:
    draws = Draw.objects.filter(panel__cycle=world.cycle)
    return any(one.left_out for one in draws)


def _draws_replay(world: World) -> bool:
    return all(
        [row.line for row in draw([line["line"] for line in one.pool], one.seed, one.places)]
        == [row["line"] for row in one.drawn]
        for one in Draw.objects.filter(panel__cycle=world.cycle)
    )


def _publicity_long_enough(world: World) -> bool:
    postings = list(Posting.objects.filter(cycle=world.cycle))
    return bool(postings) and all(
        p.last_day == clock.add_working_days(p.posted_at.date(), world.pack.publicity_days)
        and p.closed_at is not None
        and p.closed_at >= clock.end_of_day(p.last_day)
        for p in postings
    )


def _receipts_hold(world: World) -> bool:
    submissions = list(Submission.objects.filter(application__call__cycle=world.cycle))
    kept = set(MaterialVersion.objects.values_list("file__sha256", flat=True))
    listed = {file["sha256"] for one in submissions for file in one.files}
    return len(submissions) == 14 and bool(listed) and listed <= kept


def _tie_broken(world: World) -> bool:
    tied = list(Candidate.objects.filter(cycle=world.cycle, carrier_type__code="base").order_by("rank")[2:4])
    return tied[0].total == tied[1].total and any(row.tie_note for row in tied)


def _papers_made(world: World) -> bool:
    return Paper.objects.exists() and not Paper.objects.filter(pdf=None).exists()


def _deeds_declared(_world: World) -> bool:
    done = Entry.objects.order_by().values_list("thing_type", "verb").distinct()
    return all(verb in DEEDS.get(kind, {}) for kind, verb in done)


Check = tuple[str, Callable[[World], bool]]
# What must hold of whatever year is played.
FOR_ANY: list[Check] = [
    ("抽取可以重演", _draws_replay),
    ("公示不少于规定的工作日", _publicity_long_enough),
    ("公文全部生成", _papers_made),
    ("记下的每一个动作都有说法", _deeds_declared),
    ("审计链完整", lambda world: first_break() is None),
]
CHECKS: list[Check] = [
    ("认定 3 家基地、2 家工作室、1 家工作站", lambda world: recognised(world) == PLACES),
    (
        "从未超过 6 家",
        lambda world: bool(world.notes["cap_refused"]) and Carrier.objects.count() <= world.cycle.cap,
    ),
    ("18:00:00 的提交被拒绝，草稿和文件保留", _late),
    ("截止前的提交全部收到", _others_in),
    ("回执所列文件与存档一致", _receipts_hold),
    ("一次补正", lambda world: Correction.objects.filter(answered_at__isnull=False).count() == 1),
    ("一家不予受理", lambda world: Ruling.objects.filter(outcome="declined").count() == 1),
    ("抽取时本单位专家回避", _own_unit_left_out),
    ("抽取可以重演", _draws_replay),
    ("一位专家申请回避", lambda world: Recusal.objects.count() == 1),
    ("讨论前不能打分", lambda world: bool(world.notes["early_score"])),
    ("名额线上的并列按公布的顺序排定", _tie_broken),
    ("公示不少于 5 个工作日", _publicity_long_enough),
    ("公示期满前不能结束", lambda world: bool(world.notes["early_close"])),
    ("有异议的候选不能报送", lambda world: bool(world.notes["blocked_report"])),
    ("一项异议成立", lambda world: Objection.objects.filter(state=Objection.State.UPHELD).count() == 1),
    ("公文全部生成", _papers_made),
    ("记下的每一个动作都有说法", _deeds_declared),
    ("审计链完整", lambda world: first_break() is None),
]
