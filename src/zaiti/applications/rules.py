"""Who may work on an application, and who may read it."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds, in_city_above, is_applicant, serves
from zaiti.applications.models import Application, Renaming


def may_edit(user: User, application: Application) -> bool:
    """Members of the unit work on its applications."""
    return is_applicant(user) and user.organisation_id == application.organisation_id


def may_see(user: User, application: Application) -> bool:
    """The unit's members; and once it is handed in, its district and the city."""
    if may_edit(user, application):
        return True
    return application.submitted_at is not None and (
        serves(user, application.authority) or in_city_above(user, application.authority)
    )


def may_answer_renaming(user: User, renaming: Renaming) -> bool:
    """Officers of the district asked, never for their own unit."""
    own = user.organisation_id == renaming.organisation_id if user.is_authenticated else False
    return holds(user, Post.Role.OFFICER, renaming.authority) and not own
