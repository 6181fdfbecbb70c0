"""Who may rank, decide and approve."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds
from zaiti.ranking.models import CandidateList


def may_rank(user: User, authority: Authority) -> bool:
    """The district's officers and reviewers make the ranking and write down the meeting's decision."""
    return holds(user, (Post.Role.OFFICER, Post.Role.REVIEWER), authority)


def may_approve(user: User, candidate_list: CandidateList) -> bool:
    """The district's approver, never the one who wrote the decision down."""
    approver = holds(user, Post.Role.APPROVER, candidate_list.authority)
    return approver and candidate_list.decided_by_id != user.pk
