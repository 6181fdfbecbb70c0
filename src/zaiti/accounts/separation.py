"""Duties that one person never holds together: 三员分立, and who prepares never approves."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from zaiti.accounts.models import Post, User

Role = Post.Role


def hold(user: User) -> None:
    """Hold the person: what is read of their duties now stands until the transaction ends."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    user.forget_posts()


def clash(user: User, post: Post) -> str:
    """Say why the person can't be given this post, or nothing."""
    found = [*_clash_with_person(user), *filter(None, (_clash(post, held) for held in user.live_posts()))]
    return found[0] if found else ""


def clashes(user: User, posts: Iterable[Post]) -> list[str]:
    """Name every two duties of a person that exclude each other; some are older than the rule."""
    live = list(posts)
    between = filter(None, (_clash(one, other) for one, other in combinations(live, 2)))
    return list(dict.fromkeys([*(_clash_with_person(user) if live else []), *_apart(user), *between]))


def _clash_with_person(user: User) -> Iterator[str]:
    if user.organisation_id:
        yield _("Someone who acts for an applicant cannot hold an official post.")
    if user.is_admin:
        yield _("A system administrator cannot hold an official post.")
    if hasattr(user, "expert"):
        yield _("Someone in the expert pool cannot hold an official post.")


def _apart(user: User) -> Iterator[str]:
    """Who keeps the accounts has no part in cases."""
    if user.is_admin and (user.organisation_id or hasattr(user, "expert")):
        yield _("Who acts for an applicant, holds a post or is in the expert pool cannot keep the accounts.")


def _clash(one: Post, other: Post) -> str:
    roles = {one.role, other.role}
    if Role.AUDITOR in roles and len(roles) > 1:
        return _("An auditor holds no other post: whoever checks the records has no part in the procedure.")
    if one.authority_id == other.authority_id and roles == {Role.OFFICER, Role.APPROVER}:
        return _("Officer and approver of one bureau are two people: nobody approves what they prepared.")
    if _watches(one, other) or _watches(other, one):
        return _("A supervisor holds no post in a bureau whose draws the supervisor watches.")
    return ""


def _watches(one: Post, other: Post) -> bool:
    """A supervisor watches the draws of their own bureau and of the districts below it."""
    watched = (other.authority_id, other.authority.city_id)
    return one.role == Role.SUPERVISOR and other.role in Post.BUREAU and one.authority_id in watched
