"""What experts are written to about, and where they see it."""

from zaiti.accounts.models import User
from zaiti.panels.models import Panel, ScoreSheet
from zaiti.web.ui.subjects import Shown, add


def is_expert(user: User) -> bool:
    """Tell whether the person is in the pool."""
    return hasattr(user, "expert")


add(Panel, Shown("jury:start", may=is_expert))
add(ScoreSheet, Shown("jury:sheet", lambda user: ScoreSheet.objects.filter(seat__expert__user=user)))
