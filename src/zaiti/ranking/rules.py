"""Who may rank and write the decision down."""

from zaiti.accounts.models import Authority, User
from zaiti.accounts.rules import holds
from zaiti.ranking.models import CandidateList


def may_rank(user: User, authority: Authority) -> bool:
    """The district's officers and reviewers make the ranking and write down the meeting's decision."""
    return holds(user, CandidateList.WRITERS, authority)
