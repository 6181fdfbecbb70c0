"""Who may post, handle objections, and see who raised them."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds, serves
from zaiti.publicity.models import Objection, PostingCorrection


def may_post(user: User, authority: Authority) -> bool:
    """Anyone of the district's bureau; the lists were approved by two persons before."""
    return serves(user, authority)


def may_correct(user: User, authority: Authority) -> bool:
    """The district's officers; another person publishes it."""
    return holds(user, PostingCorrection.WRITERS, authority)


def may_turn_away(user: User, objection: Objection) -> bool:
    """Not to admit an objection at all takes a reviewer or an approver."""
    return holds(user, (Post.Role.REVIEWER, Post.Role.APPROVER), objection.posting.authority)


def may_see_objector(user: User, objection: Objection) -> bool:
    """Only those who handle the case in the posting district learn who raised it."""
    return serves(user, objection.posting.authority)
