"""Who follows carriers up, and who takes recognition back."""

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.carriers.models import Carrier


def may_follow_up(user: User, carrier: Carrier) -> bool:
    """Officers and reviewers of the carrier's district, and of its city."""
    roles = [Post.Role.OFFICER, Post.Role.REVIEWER]
    city = carrier.authority.city
    return holds(user, roles, carrier.authority) or (city is not None and holds(user, roles, city))


def may_answer(user: User, carrier: Carrier) -> bool:
    """Members of the carrier's own organisation."""
    return user.is_authenticated and user.organisation_id == carrier.organisation_id


def may_intend(user: User, carrier: Carrier) -> bool:
    """Revocation is the city's alone (由市人力资源保障部门取消 [N2 五]); its officer opens it."""
    city = carrier.authority.city
    return city is not None and holds(user, Post.Role.OFFICER, city)
