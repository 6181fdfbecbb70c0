"""Who may screen."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.applications.models import Application


def may_screen(user: User, application: Application) -> bool:
    """Officers of the district it was handed in to, never for their own organisation."""
    own = user.is_authenticated and user.organisation_id == application.organisation_id
    return holds(user, Post.Role.OFFICER, application.authority) and not own
