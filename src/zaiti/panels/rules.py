"""Who may keep the pool, run a panel, judge, and see what was scored."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds, serves
from zaiti.panels.models import Expert, Panel, Review, ScoreSheet, Seat
from zaiti.programmes.models import Cycle


def may_keep_pool(user: User) -> bool:
    """Officers of any bureau keep the one pool of the city."""
    return holds(user, Post.Role.OFFICER)


def may_keep(user: User, expert: Expert) -> bool:
    """Officers of the expert's own city."""
    return holds(user, Post.Role.OFFICER) and expert.city_id in user.city_ids()


def may_reach(user: User, expert: Expert) -> bool:
    """The officials of the expert's own district alone: who added them, or on whose panel they sit."""
    if expert.kept_by and expert.kept_by.level == Authority.Level.DISTRICT and serves(user, expert.kept_by):
        return True
    seats = expert.seats.filter(left_at=None).exclude(panel__cycle__state=Cycle.State.CLOSED)
    return seats.filter(panel__authority__in=user.authority_ids()).exists()


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
    """Seated experts judge until the panel closes, save what they stepped back from or are tied to."""
    return bool(judged(user, review))


def judged(user: User, review: Review) -> list[Review]:
    """Read a review anew with its panel: none unless this person judges it now."""
    return Review.objects.filter(pk=review.pk).select_related("panel").judged_by(user)


def owns(user: User, sheet: ScoreSheet) -> bool:
    """Tell whether this is the expert's own sheet."""
    return user.is_authenticated and sheet.seat.expert.user_id == user.pk
