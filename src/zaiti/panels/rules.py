"""Who may keep the pool, run a panel, judge, and see what was scored."""

from collections.abc import Iterable

from zaiti.accounts.models import Authority, Organisation, Post, User
from zaiti.accounts.rules import holds, serves
from zaiti.core.folding import fold
from zaiti.panels.models import Expert, Panel, Recusal, Review, ScoreSheet, Seat


def may_keep_pool(user: User) -> bool:
    """Officers of any bureau keep the one pool of the city."""
    return holds(user, Post.Role.OFFICER)


def may_form(user: User, authority: Authority) -> bool:
    """The district's officers form its panels."""
    return holds(user, Post.Role.OFFICER, authority)


def may_run(user: User, panel: Panel) -> bool:
    """The district's officers run its panels."""
    return may_form(user, panel.authority)


def may_watch(user: User, authority: Authority) -> bool:
    """Supervisors of the district or of its city watch draws."""
    return any(
        holds(user, Post.Role.SUPERVISOR, bureau)
        for bureau in (authority, authority.city)
        if bureau is not None
    )


def seat_of(user: User, panel: Panel) -> Seat | None:
    """Find the person's seat on the panel, unless it was left."""
    return panel.seats.filter(expert__user=user, left_at=None).first() if user.is_authenticated else None


def may_judge(user: User, review: Review) -> bool:
    """Seated experts judge, save what they have stepped back from."""
    seat = seat_of(user, review.panel)
    return seat is not None and not Recusal.objects.filter(review=review, seat=seat).exists()


def owns(user: User, sheet: ScoreSheet) -> bool:
    """Tell whether this is the expert's own sheet."""
    return user.is_authenticated and sheet.seat.expert.user_id == user.pk


def may_see_spread(user: User, review: Review) -> bool:
    """The district's officials see the panel's scores; the chair only once one's own sheet is signed."""
    if serves(user, review.panel.authority):
        return True
    seat = seat_of(user, review.panel)
    return seat is not None and seat.chair and review.sheets.filter(seat=seat, state="signed").exists()


def conflict(expert: Expert, units: Iterable[Organisation]) -> Organisation | None:
    """Find the applying unit that is the expert's own: by membership, by credit code or by name."""
    for unit in units:
        member = expert.user.organisation_id == unit.pk
        same_code = bool(expert.unit_uscc) and expert.unit_uscc == unit.uscc
        if member or same_code or fold(expert.unit) == fold(unit.name):
            return unit
    return None
