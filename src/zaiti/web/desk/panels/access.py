"""Who watches draws, and which panels an official finds."""

from django.shortcuts import get_object_or_404

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.panels.models import Panel, Review, Seat
from zaiti.web.ui.pages import Request


def watches(user: User) -> bool:
    """Supervisors watch draws; officials see those of their own bureau."""
    return holds(user, (*Post.BUREAU, Post.Role.SUPERVISOR))


def find_panel(request: Request, pk: int) -> Panel:
    """Find a panel this official may see."""
    panels = Panel.objects.visible_to(request.user)
    related = ("authority__city", "cycle", "call", "carrier_type", "rubric", "made_by")
    return get_object_or_404(panels.select_related(*related), pk=pk)


def find_review(request: Request, pk: int) -> Review:
    """Find a review this official may see."""
    related = (
        "panel__authority__city",
        "panel__cycle",
        "panel__carrier_type",
        "panel__rubric",
        "application__organisation",
        "visit__paper",
    )
    return get_object_or_404(Review.objects.visible_to(request.user).select_related(*related), pk=pk)


def find_seat(request: Request, pk: int) -> Seat:
    """Find a seat on a panel this official may see."""
    seats = Seat.objects.filter(panel__in=Panel.objects.visible_to(request.user))
    related = ("panel__authority", "panel__cycle", "panel__carrier_type", "expert__user")
    return get_object_or_404(seats.select_related(*related), pk=pk)
