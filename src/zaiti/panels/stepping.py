"""Stepping back from an application (回避), by one's own will or because one must; its sheet is void."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.panels.conflicts import conflict
from zaiti.panels.models import Panel, Recusal, Review, ScoreSheet, Seat
from zaiti.panels.notify import tell_officers
from zaiti.panels.totals import settle, unsettle

MUST = "依规回避"


def conflicted(panel: Panel) -> Iterator[tuple[Review, Seat, str]]:
    """Find who still judges, or has judged, what they are tied to, and how."""
    seats = list(panel.seats.select_related("expert__user"))
    back = set(Recusal.objects.filter(review__panel=panel).values_list("review", "seat"))
    sheets = ScoreSheet.objects.filter(review__panel=panel).exclude(state=ScoreSheet.State.VOID)
    gave = set(sheets.values_list("review", "seat"))
    for review in panel.reviews.with_units():
        for seat in seats:
            pair = (review.pk, seat.pk)
            judges = pair not in back and (seat.left_at is None or pair in gave)
            if judges and (why := conflict(seat.expert, review.application, getattr(review, "former", ()))):
                yield review, seat, why


def part(panel: Panel, *, by: User | None) -> list[Recusal]:
    """Make everybody step back from what they are tied to by now, and tell the officers."""
    panel.refresh_from_db(from_queryset=Panel.objects.select_for_update(no_key=True, of=("self",)))
    if panel.state == Panel.State.CLOSED:
        return []
    made = [
        step_back(review, seat, by=by, reason=f"{why}，{MUST}") for review, seat, why in conflicted(panel)
    ]
    for recusal in made:
        tell_officers(panel, "panels/mail/conflict.txt", recusal=recusal)
    return made


def step_back(review: Review, seat: Seat, *, by: User | None, reason: str) -> Recusal:
    """Put it on record, void the sheet, and total the others when all have signed."""
    recusal = Recusal.objects.create(review=review, seat=seat, reason=reason, by=by, at=clock.now())
    record("recuse", review, by=by, seat=seat.pk, reason=reason)
    void(seat.sheets.filter(review=review), by=by, reason=reason)
    settle(review, by=by)
    return recusal


def void(sheets: QuerySet[ScoreSheet], *, by: User | None, reason: str) -> None:
    """Make sheets count no more; a total they were part of is taken back."""
    for pk, review_id in sheets.exclude(state=ScoreSheet.State.VOID).values_list("pk", "review"):
        review = Review.objects.select_for_update(no_key=True, of=("self",)).get(pk=review_id)
        sheet = ScoreSheet.objects.get(pk=pk)
        counted = sheet.state == ScoreSheet.State.SIGNED and review.can("reopen_scoring")
        move(sheet, "void", by=by, reason=reason)
        if counted:
            unsettle(review, by=by, reason=reason)


def open_panels(about: Q) -> QuerySet[Panel]:
    """Panels not finished yet, always in the same order."""
    return Panel.objects.exclude(state=Panel.State.CLOSED).filter(about).order_by("pk").distinct()
