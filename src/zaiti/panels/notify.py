"""What experts, supervisors and officers are told of a panel."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median

from zaiti import clock
from zaiti.accounts.models import Post
from zaiti.accounts.queries import holders
from zaiti.outbox.notify import notify
from zaiti.panels.models import Draw, Explanation, Panel, Review, ScoreSheet, Seat
from zaiti.panels.scoring import outliers, to_cent


def tell_draw(draw: Draw, seats: Iterable[Seat]) -> None:
    """Tell the experts who were drawn, and who watched."""
    notify([seat.expert.user for seat in seats], "panels/mail/seated.txt", about=draw.panel, panel=draw.panel)
    if draw.watched_by:
        notify(draw.watched_by, "panels/mail/watched.txt", about=draw, draw=draw)


def tell_leaving(seat: Seat) -> None:
    """Tell the expert who leaves, and the officers once too few are left."""
    notify(seat.expert.user, "panels/mail/left.txt", about=seat.panel, seat=seat)
    if seat.panel.state == Panel.State.PAUSED:
        tell_officers(seat.panel, "panels/mail/paused.txt")


def tell_officers(panel: Panel, template: str, **context: object) -> None:
    """Tell the district's officers of what they must see to."""
    officers = holders(panel.authority, Post.Role.OFFICER)
    notify(officers, template, about=panel, panel=panel, **context)


def tell_scoring(panel: Panel, reviews: Sequence[Review]) -> None:
    """Tell the panel's experts that scoring is open."""
    seats = panel.seats.filter(left_at=None).select_related("expert__user")
    experts = [seat.expert.user for seat in seats]
    notify(experts, "panels/mail/scoring.txt", about=panel, panel=panel, number=len(reviews))


def ask_outliers(sheets: Sequence[ScoreSheet], *, gap: Decimal) -> None:
    """Ask the experts whose sheets lie far from the others for a reason; the scores stay as they are."""
    totals = [sheet.total or Decimal() for sheet in sheets]
    middle = to_cent(median(totals))
    for sheet, outlying in zip(sheets, outliers(totals, gap=gap), strict=True):
        if not outlying:
            continue
        _asked, new = Explanation.objects.get_or_create(
            sheet=sheet, defaults={"median": middle, "asked_at": clock.now()}
        )
        if new:
            notify(sheet.seat.expert.user, "panels/mail/outlier.txt", about=sheet, sheet=sheet)
