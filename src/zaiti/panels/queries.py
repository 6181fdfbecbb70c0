"""Reads of panels that pages and actions share."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value

from zaiti.accounts.models import FormerName
from zaiti.applications.models import Application
from zaiti.panels.conflicts import conflict
from zaiti.panels.drawing import Drawn, pool_line
from zaiti.panels.drawing import draw as draw_lines
from zaiti.panels.models import Draw, Expert, Panel, Recusal, Review, ScoreSheet, Seat
from zaiti.panels.scoring import to_cent
from zaiti.programmes.models import Criterion

State = Application.State
HELD = 200  # applications in hand at a time
# What is told of each of many applications before a panel.
TOLD = ("panel", "state", "total", "application__number", "application__organisation__name")


def before(panel: Panel) -> QuerySet[Application]:
    """The applications of the panel's call and type."""
    return Application.objects.filter(call=panel.call_id, carrier_type=panel.carrier_type_id)


def undecided(panel: Panel) -> QuerySet[Application]:
    """Applications that are still being screened."""
    return before(panel).filter(state__in=[State.SUBMITTED, State.RETURNED])


def waiting(panel: Panel) -> QuerySet[Application]:
    """Applications accepted since the panel was formed, and not yet before it."""
    return before(panel).filter(state=State.ACCEPTED, review=None).select_related("organisation")


def still_in(panel: Panel) -> QuerySet[Application]:
    """The applications that no expert of this panel may be tied to."""
    rows = before(panel).filter(state__in=[State.SUBMITTED, State.RETURNED, State.ACCEPTED])
    names = FormerName.objects.filter(organisation=OuterRef("organisation")).values("name")
    return rows.select_related("organisation__district__city").annotate(former=ArraySubquery(names))


def sort_pool(panel: Panel) -> tuple[list[Expert], list[tuple[Expert, str]]]:
    """Part the experts for this type: who may be drawn, in pool order, and who not, with why."""
    pool = Expert.objects.filter(city=panel.cycle.city_id, active=True)
    knowing = pool.filter(Q(types__contains=[panel.carrier_type.code]) | Q(types=[]))
    seated = set(panel.seats.values_list("expert", flat=True))
    applications, able, left_out = list(still_in(panel)), [], []
    for expert in knowing.select_related("user").order_by("pk"):
        why = next(
            (
                (one, said)
                for one in applications
                if (said := conflict(expert, one, getattr(one, "former", ())))
            ),
            None,
        )
        if expert.pk in seated:
            left_out.append((expert, "本评审组此前已抽取"))
        elif why:
            left_out.append((expert, f"{why[1]}（{why[0].organisation.name}），回避"))
        else:
            able.append(expert)
    return able, left_out


@dataclass(frozen=True)
class Scoring:
    """How far the scoring of one application is: who judges it, and who has signed."""

    review: Review
    judges: list[Seat]
    signed: list[Seat]

    @property
    def unsigned(self) -> list[Seat]:
        """Who still has to sign."""
        return [seat for seat in self.judges if seat not in self.signed]


def seats_of(panel_id: int) -> list[Seat]:
    """Every seat of a panel, left ones too."""
    return list(Seat.objects.filter(panel=panel_id).select_related("expert__user").order_by("pk"))


def seats_before(review: Review) -> list[Seat]:
    """Every seat of a review's panel; `stepped_back` is the reason of whoever stepped back from it."""
    own = Recusal.objects.filter(seat=OuterRef("pk"), review=review)
    seats = Seat.objects.filter(panel=review.panel_id).select_related("expert__user").order_by("pk")
    return list(seats.annotate(stepped_back=Subquery(own.values("reason")[:1])))


def told(panel: Panel) -> QuerySet[Review]:
    """The applications before a panel, with what a list tells of each."""
    return panel.reviews.select_related("application__organisation").only(*TOLD)


def scoring_of(review: Review) -> Scoring:
    """Tell of one application who judges it and who has signed."""
    return scorings(Review.objects.filter(pk=review.pk), seats_of(review.panel_id))[0]


def scorings(reviews: QuerySet[Review], seats: list[Seat]) -> list[Scoring]:
    """Tell of each of a panel's applications who judges it and who has signed."""
    signed = ScoreSheet.objects.filter(review=OuterRef("pk"), state=ScoreSheet.State.SIGNED)
    back = Recusal.objects.filter(review=OuterRef("pk"))
    rows = reviews.annotate(
        signed_seats=ArraySubquery(signed.order_by().values("seat")), back=ArraySubquery(back.values("seat"))
    )
    return [scoring(row, seats, signed=row.signed_seats, back=row.back) for row in rows]


def scoring(review: Review, seats: list[Seat], *, signed: Collection[int], back: Collection[int]) -> Scoring:
    """Judges are seated and not stepped back, or gone after signing."""
    judges = [seat for seat in seats if seat.pk not in back and (seat.left_at is None or seat.pk in signed)]
    return Scoring(review, judges, [seat for seat in judges if seat.pk in signed])


def states(panel: Panel) -> dict[str, int]:
    """How many of a panel's applications stand in each state."""
    return dict(panel.reviews.order_by().values_list("state").annotate(Count("pk")))


def places_open(panel: Panel, seated: int, found: Mapping[str, int]) -> int:
    """How many experts a draw would seat: up to the size, or to what the thinnest review still lacks."""
    unscored = sum(number for state, number in found.items() if state != Review.State.SCORED)
    fewest = _fewest_judges(panel, seated, unscored)
    lacking = 0 if fewest is None else panel.cycle.minimum_panel - fewest
    return max(panel.size - seated, lacking, 0)


def _fewest_judges(panel: Panel, seated: int, unscored: int) -> int | None:
    """How many judge the open review that has the fewest; only recusals and leaving set one apart."""
    reviews = panel.reviews.exclude(state=Review.State.SCORED).order_by()
    back = Recusal.objects.filter(review__in=reviews, seat__left_at=None)
    stepped = Recusal.objects.filter(review=OuterRef("review"), seat=OuterRef("seat"))
    gone = ScoreSheet.objects.filter(
        ~Exists(stepped), review__in=reviews, seat__left_at__isnull=False, state=ScoreSheet.State.SIGNED
    )
    apart = Counter[int]()
    one_less = back.order_by().values_list("review", Value(-1))
    for review, one in one_less.union(gone.order_by().values_list("review", Value(1)), all=True):
        apart[review] += one
    others = [0] * (unscored > len(apart))
    return min((seated + one for one in [*apart.values(), *others]), default=None)


def replay(draw: Draw) -> list[str]:
    """Repeat a draw from its record; name what does not hold, or nothing."""
    lines = [
        pool_line(n, expert=one["expert"], name=one["name"], unit=one["unit"], nonce=one["nonce"])
        for n, one in enumerate(draw.pool, start=1)
    ]
    again = draw_lines(lines, draw.seed, draw.places)
    faults = [] if lines == [one["line"] for one in draw.pool] else ["pool"]
    if [(one.line, one.key) for one in again] != [(one["line"], one["key"]) for one in draw.drawn]:
        faults.append("drawn")
    return faults


@dataclass(frozen=True)
class PublicDraw:
    """What anyone may know of a draw: enough to repeat it, nothing of who the experts are."""

    panel: Panel
    at: datetime
    method: str
    seed: str
    places: int
    left_out: int
    lines: list[str]
    drawn: list[Drawn]


def public_draw(draw: Draw) -> PublicDraw:
    """The public record of a draw."""
    drawn = [Drawn(one["line"], one["key"]) for one in draw.drawn]
    lines = [one["line"] for one in draw.pool]
    return PublicDraw(
        draw.panel, draw.at, draw.method, draw.seed, draw.places, len(draw.left_out), lines, drawn
    )


@dataclass(frozen=True)
class Opinion:
    """What each expert who signed gave, for one application or one criterion."""

    label: str
    most: Decimal
    points: list[tuple[str, Decimal]]  # (expert, points)

    @property
    def given(self) -> list[Decimal]:
        """The points alone."""
        return [points for _expert, points in self.points]

    @property
    def gap(self) -> Decimal:
        """How far the experts lie apart."""
        return max(self.given) - min(self.given) if self.points else Decimal()

    @property
    def scale(self) -> int | Decimal:
        """The most there is, a whole number where it is one."""
        return int(self.most) if self.most == int(self.most) else self.most

    @property
    def mean(self) -> Decimal | None:
        """What the experts gave on average, to 0.01."""
        return to_cent(sum(self.given, Decimal()) / len(self.given)) if self.points else None

    @property
    def median(self) -> Decimal | None:
        """What the expert in the middle gave."""
        return to_cent(median(self.given)) if self.points else None

    @property
    def share(self) -> Decimal:
        """The same, as a share of the points there are."""
        return self.gap / self.most if self.most else Decimal()


@dataclass(frozen=True)
class Spread:
    """Where the experts agree on one application, and where they don't; the widest apart first."""

    review: Review
    sheets: list[ScoreSheet]
    whole: Opinion
    criteria: list[Opinion]
    trimmed: bool


def widest_apart(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Put those first whose signed sheets lie widest apart."""
    signed = Q(sheets__state=ScoreSheet.State.SIGNED)
    gap = Max("sheets__total", filter=signed) - Min("sheets__total", filter=signed)
    return reviews.annotate(gap=gap).order_by(F("gap").desc(nulls_last=True), "application__number", "pk")


def spreads(reviews: QuerySet[Review]) -> list[Spread]:
    """Lay the signed sheets of each review side by side, in the order given."""
    return [_spread(row) for row in _with_sheets(reviews)]


def each_spread(reviews: QuerySet[Review]) -> Iterator[Spread]:
    """The same of any number, a few in hand at a time."""
    return (_spread(row) for row in _with_sheets(reviews).iterator(chunk_size=HELD))


def _with_sheets(reviews: QuerySet[Review]) -> QuerySet[Review]:
    sheets = ScoreSheet.objects.select_related("seat__expert__user", "paper", "explanation")
    rows = reviews.select_related("application__organisation", "panel__rubric", "panel__cycle")
    return rows.prefetch_related(
        Prefetch("sheets", sheets.prefetch_related("scores")), "panel__rubric__criteria"
    )


def sheet_fields(sheet: ScoreSheet) -> dict[str, Any]:
    """What stands in each field of a sheet: the opinion, and points and remark of each criterion."""
    scores = {score.criterion_id: score for score in sheet.scores.all()}
    fields: dict[str, Any] = {"comment": sheet.comment}
    for line in sheet.rubric.criteria.all():
        score = scores.get(line.pk)
        fields[f"points_{line.pk}"] = score.points if score else None
        fields[f"remark_{line.pk}"] = score.remark if score else ""
    return fields


def _spread(review: Review) -> Spread:
    sheets = [sheet for sheet in review.sheets.all() if sheet.state == ScoreSheet.State.SIGNED]
    lines = list(review.panel.rubric.criteria.all())
    most = sum((line.points for line in lines), Decimal())
    whole = Opinion("", most, [(sheet.seat.expert.user.name, sheet.total or Decimal()) for sheet in sheets])
    criteria = sorted((_opinion(line, sheets) for line in lines), key=lambda one: -one.share)
    return Spread(review, sheets, whole, criteria, len(sheets) >= review.panel.cycle.trim_from)


def _opinion(line: Criterion, sheets: list[ScoreSheet]) -> Opinion:
    given = [
        (sheet.seat.expert.user.name, score.points or Decimal())
        for sheet in sheets
        for score in sheet.scores.all()
        if score.criterion_id == line.pk
    ]
    return Opinion(line.name, line.points, given)
