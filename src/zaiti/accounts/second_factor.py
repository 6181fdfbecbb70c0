"""Of whom a second factor is asked, and how long they may still do without."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings

from zaiti import clock
from zaiti.accounts.models import Post, User

GRACE = timedelta(days=7)  # from the first time someone comes in with the post [D; 等保三级 双因素]


def demanded_of(user: User) -> bool:
    """Administrators and approvers must have one; by setting all officials, in demo mode nobody."""
    if not user.is_authenticated or settings.SECOND_FACTOR == "none":
        return False
    roles = set(Post.Role) if settings.SECOND_FACTOR == "officials" else {Post.Role.APPROVER}
    return user.is_admin or any(post.role in roles for post in user.live_posts())


def has_one(user: User) -> bool:
    """Tell whether the person signs in with a second factor."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def due(user: User) -> datetime | None:
    """Give the moment from which nothing goes without; nothing where none is asked or one is there.

    The grace begins when the person is first seen.
    """
    if not demanded_of(user) or has_one(user):
        return None
    if user.factor_asked_at is None:
        user.factor_asked_at = clock.now()
        User.objects.filter(pk=user.pk, factor_asked_at=None).update(factor_asked_at=user.factor_asked_at)
    return user.factor_asked_at + GRACE


def forget_if_free(user: User) -> None:
    """Let the grace begin anew with the next post, once none asks for a second factor."""
    user.forget_posts()
    if user.factor_asked_at and not demanded_of(user):
        user.factor_asked_at = None
        user.save(update_fields=["factor_asked_at"])
