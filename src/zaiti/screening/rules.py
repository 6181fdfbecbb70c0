"""Who may screen."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.applications.models import Application
from zaiti.screening.models import ExtraReturn


def may_screen(user: User, application: Application) -> bool:
    """Officers of the district it was handed in to, never for their own organisation."""
    own = user.is_authenticated and user.organisation_id == application.organisation_id
    return holds(user, Post.Role.OFFICER, application.authority) and not own


def may_decide_return(user: User, ask: ExtraReturn) -> bool:
    """A reviewer or an approver of the district, but not who asked, and never for their own organisation."""
    senior = holds(user, {Post.Role.REVIEWER, Post.Role.APPROVER}, ask.application.authority)
    return senior and user.pk != ask.asked_by_id and user.organisation_id != ask.application.organisation_id
