"""Find calls and texts one works on."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from zaiti.accounts.models import Authority, Post
from zaiti.notices.models import Amendment, Call, Publication
from zaiti.programmes.models import Cycle
from zaiti.web.ui.pages import Request


def worked_on(request: Request) -> QuerySet[Call]:
    """Calls of the districts one serves; all of them, for the city."""
    seen = Call.objects.visible_to(request.user).select_related(
        "cycle__city", "authority", "prepared_by", "publication__paper__pdf"
    )
    return seen.filter(authority__in=request.user.bureaus())


def find_call(request: Request, pk: int) -> Call:
    """One of them; others are not found."""
    return get_object_or_404(worked_on(request), pk=pk)


def texts_of(request: Request) -> QuerySet[Publication]:
    """Texts that the bureaus one serves have published; all districts' too, for the city."""
    ids = request.user.authority_ids()
    return Publication.objects.filter(Q(authority__in=ids) | Q(authority__city__in=ids)).select_related(
        "authority", "cycle", "replaced_by", "by", "taken_down_by"
    )


def changes_of(text: Publication) -> QuerySet[Amendment]:
    """What was changed of a text or waits to be, the latest first."""
    return text.changes.select_related("prepared_by", "published")


def to_begin(request: Request) -> list[tuple[Cycle, Authority]]:
    """Years under way in which a district one is officer of has no call yet."""
    mine = {p.authority_id: p.authority for p in request.user.live_posts() if p.role == Post.Role.OFFICER}
    begun = Call.objects.filter(cycle=OuterRef("cycle"), authority=OuterRef("authority"))
    owed = Cycle.districts.through.objects.filter(
        ~Exists(begun), cycle__state=Cycle.State.OPEN, authority__in=mine
    ).select_related("cycle")
    return [(row.cycle, mine[row.authority_id]) for row in owed.order_by("-cycle__year")]
