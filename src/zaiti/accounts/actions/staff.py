"""Officials' accounts and the posts they hold, kept by the system administrator."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import may_administer, may_become_admin
from zaiti.accounts.second_factor import forget_if_free
from zaiti.accounts.separation import clash, hold
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.ledger.chain import record
from zaiti.ledger.turns import take_turn
from zaiti.outbox.notify import notify


@transaction.atomic
def create_first_admin(
    *, by: User | None, username: str, name: str, email: str = "", password: str | None = None
) -> User:
    """Make the first system administrator, from the server's own terminal: nobody is signed in yet."""
    require(by is None)
    take_turn("first administrator")
    if User.objects.filter(is_admin=True).exists():
        raise Refused(_("There is a system administrator already."))
    user = _account(username=username, name=name, email=email, password=password, is_admin=True)
    record("create_first_admin", user, by=by, username=username)
    return user


@transaction.atomic
def create_official(*, by: User, username: str, name: str, email: str, password: str | None = None) -> User:
    """Make an account for an official; without a password it is set by the reset mail."""
    require(may_administer(by))
    user = _account(username=username, name=name, email=email, password=password)
    record("create_account", user, by=by, username=username)
    return user


@transaction.atomic
def give_post(user: User, *, by: User, authority: Authority, role: str) -> Post:
    """Give a person a role at a bureau, unless another duty of theirs excludes it."""
    require(may_administer(by))
    hold(user)
    if no := clash(user, Post(user=user, authority=authority, role=role)):
        raise Refused(no)
    try:
        with transaction.atomic():
            post = Post.objects.create(user=user, authority=authority, role=role)
    except IntegrityError:
        raise Refused(_("This person holds the post already."))
    user.forget_posts()
    record("give_post", post, by=by, role=role, authority=authority.name)
    return post


@transaction.atomic
def end_post(post: Post, *, by: User) -> None:
    """End a post; what was done in it stays on record."""
    require(may_administer(by))
    post.refresh_from_db(from_queryset=Post.objects.select_for_update(no_key=True))
    if post.ended_at:
        raise Refused(_("This post has ended already."))
    post.ended_at = clock.now()
    post.save(update_fields=["ended_at"])
    forget_if_free(post.user)
    record("end_post", post, by=by)


@transaction.atomic
def make_admin(user: User, *, by: User) -> None:
    """Let another person keep accounts too, so that the city never hangs on one."""
    require(may_administer(by))
    hold(user)
    if not user.is_active:
        raise Refused(_("This account is suspended; restore it first."))
    if not may_become_admin(user):
        raise Refused(
            _("Who acts for an applicant, holds a post or is in the expert pool cannot keep the accounts.")
        )
    _switch(user, "is_admin", to=True)
    record("make_admin", user, by=by)


@transaction.atomic
def end_admin(user: User, *, by: User) -> None:
    """Take the keeping of accounts from another; who does it stays one, so there is always one."""
    take_turn("end of an administrator")  # two who dismiss each other come one after the other
    by.refresh_from_db(fields=["is_admin"])
    require(may_administer(by) and by != user)
    _switch(user, "is_admin", to=False)
    forget_if_free(user)
    record("end_admin", user, by=by)


@transaction.atomic
def suspend_user(user: User, *, by: User, reason: str) -> None:
    """Shut an account out."""
    require(may_administer(by) and by != user)
    reason = needed(reason, _("Say why the account is shut out; it goes on record."))
    _switch(user, "is_active", to=False)
    record("suspend_account", user, by=by, reason=reason)


@transaction.atomic
def restore_user(user: User, *, by: User) -> None:
    """Let an account in again."""
    require(may_administer(by))
    _switch(user, "is_active", to=True)
    record("restore_account", user, by=by)


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None) -> None:
    """Take away the second factor of someone who lost it; by=None is the server's own terminal."""
    require(by is None or (may_administer(by) and by != user))
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused(_("This account has no second factor."))
    record("reset_second_factor", user, by=by)
    notify(user, "accounts/mail/second_factor_reset.txt", about=user)


def _switch(user: User, flag: str, *, to: bool) -> None:
    if not User.objects.filter(pk=user.pk, **{flag: not to}).update(**{flag: to}):
        raise Refused(_("Nothing changes: the account is in that state already."))
    setattr(user, flag, to)


def _account(*, username: str, name: str, email: str, password: str | None, is_admin: bool = False) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(username, email, password, name=name, is_admin=is_admin)
    except IntegrityError:
        raise Refused(_("This user name is taken; choose another."))
