"""The pool of experts (专家库)."""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds
from zaiti.accounts.separation import hold
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.panels.models import Expert
from zaiti.panels.rules import may_keep, may_keep_pool
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs.programme import usual
from zaiti.programmes.queries import type_choices


class PoolEntry(TypedDict, total=False):
    """What the pool says of an expert."""

    unit: Required[str]
    unit_uscc: str
    title: str
    specialities: str
    types: Sequence[str]


@transaction.atomic
def add_expert(user: User, *, by: User, **said: Unpack[PoolEntry]) -> Expert:
    """Put a person into the pool; without types named, for all of them."""
    require(may_keep_pool(by))
    hold(user)
    if user.is_admin or holds(user, list(Post.Role)):
        raise Refused(_("Officials and system administrators cannot judge applications."))
    if Expert.objects.filter(user=user).exists():
        raise Refused(_("This person is in the pool already."))
    bureau = _bureau_of(by)
    expert = Expert(user=user, kept_by=bureau, city_id=bureau.root_id, types=types_of(bureau.root_id))
    fill_in(expert, said)
    expert.save()
    record("add_expert", expert, by=by, types=expert.types)
    return expert


@transaction.atomic
def add_new_expert(
    *, by: User, username: str, name: str, email: str, password: str, **said: Unpack[PoolEntry]
) -> Expert:
    """Make an account for a person who has none, and put it into the pool."""
    require(may_keep_pool(by))
    try:
        with transaction.atomic():
            user = User.objects.create_user(username=username, email=email, password=password, name=name)
    except IntegrityError:
        raise Refused(_("This user name is taken. Choose another, or pick the account."))
    record("create_expert_account", user, by=by)
    return add_expert(user, by=by, **said)


@transaction.atomic
def retire_expert(expert: Expert, *, by: User) -> None:
    """Take an expert out of later draws; seats held stay held."""
    _switch(expert, by=by, active=False)


@transaction.atomic
def return_expert(expert: Expert, *, by: User) -> None:
    """Let a retired expert be drawn again."""
    _switch(expert, by=by, active=True)


def fill_in(expert: Expert, said: PoolEntry) -> None:
    """Write into an expert's row what is said of them; without types named, they stay as they are."""
    expert.unit, expert.unit_uscc = said["unit"].strip(), said.get("unit_uscc", "").strip().upper()
    expert.title, expert.specialities = said.get("title", "").strip(), said.get("specialities", "").strip()
    expert.types = list(said.get("types", ())) or expert.types


def _bureau_of(officer: User) -> Authority:
    return next(post.authority for post in officer.live_posts() if post.role == Post.Role.OFFICER)


def types_of(city: int) -> list[str]:
    """The codes of all types of a city's years."""
    named = [code for code, _name in type_choices(Cycle.objects.filter(city=city))]
    return named or [kind.code for kind in usual().types]


def _switch(expert: Expert, *, by: User, active: bool) -> None:
    require(may_keep(by, expert))
    if not Expert.objects.filter(pk=expert.pk, active=not active).update(active=active):
        raise Refused(_("Nothing changes: the expert is there already."))
    expert.active = active
    record("return_expert" if active else "retire_expert", expert, by=by)
