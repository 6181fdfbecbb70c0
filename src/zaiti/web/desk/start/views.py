"""The start page: what is due today and by when, for the posts one holds."""

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import in_city
from zaiti.applications.models import Renaming
from zaiti.mandates.models import Mandate
from zaiti.programmes.models import Cycle
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.plan.progress import Progress, district_progress
from zaiti.web.desk.start.city import city_dues, follow_up_dues
from zaiti.web.desk.start.due import Due, district_dues
from zaiti.web.ui.pages import Request, page


@at_desk()
def start(request: Request) -> HttpResponse:
    """Show what waits for this person, soonest first."""
    rows = progress_for(request.user)
    dues = sorted(dues_of(request.user, rows), key=lambda due: (due.last_day, due.what))
    urgent = [due for due in dues if due.late or due.today]
    later = [due for due in dues if not (due.late or due.today)]
    return page(
        request,
        "desk/start/index.html",
        urgent=urgent,
        later=later,
        late=late_districts(request.user, rows),
        today=clock.today(),
        missing=clock.missing_year() if in_bureau(request.user) else None,
        posts=request.user.live_posts(),
    )


def progress_for(user: User) -> list[Progress]:
    """Where the districts one looks after stand, in the years under way."""
    if not in_bureau(user):
        return []
    cycles = Cycle.objects.filter(state=Cycle.State.OPEN, city__in=user.city_ids())
    return district_progress(cycles, None if in_city(user) else user.authority_ids())


def dues_of(user: User, rows: list[Progress]) -> list[Due]:
    """All that waits for a person, by their posts."""
    if not in_bureau(user):
        return []
    dues = [due for row in rows for due in district_dues(row, roles_at(user, row.authority), user.pk)]
    if in_city(user):
        dues += city_dues(user, city_roles(user), rows)
    return [*dues, *letter_dues(user), *renaming_dues(user), *follow_up_dues(user)]


def letter_dues(user: User) -> list[Due]:
    """Units that wait to be confirmed: until then they can't hand in."""
    waiting = Mandate.objects.to_decide(user).filter(state=Mandate.State.WAITING).count()
    return [Due(waiting, _("Units to confirm"), reverse("desk:units"))] if waiting else []


def renaming_dues(user: User) -> list[Due]:
    """Units that ask for a new name: until it is answered they can't go on under it."""
    waiting = Renaming.objects.to_answer(user).count()
    what = _("New names of units to answer")
    return [Due(waiting, what, f"{reverse('desk:renamings')}?state=asked")] if waiting else []


def late_districts(user: User, rows: list[Progress]) -> list[Progress]:
    """The districts that a city officer may remind, with what is late."""
    return [row for row in rows if row.late] if Post.Role.OFFICER in city_roles(user) else []


def roles_at(user: User, authority: Authority) -> set[str]:
    """The posts one holds at a bureau."""
    return {post.role for post in user.live_posts() if post.authority_id == authority.pk}


def city_roles(user: User) -> set[str]:
    """The posts one holds at a city bureau."""
    return {post.role for post in user.live_posts() if post.authority.level == Authority.Level.CITY}


urlpatterns = [path("", start, name="start")]
