"""Reads of people that several rooms share."""

from zaiti.accounts.models import Authority, Post, User


def holders(authority: Authority, *roles: Post.Role) -> list[User]:
    """List who holds one of these posts at an authority today."""
    posts = Post.objects.filter(authority=authority, role__in=roles, ended_at=None)
    return list(User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("pk"))


def code_in_numbers(bureau: Authority) -> str:
    """The code that numbers begin with; a later namesake has its city's before it."""
    first = Authority.objects.filter(code=bureau.code).order_by("pk")[0]
    return bureau.code if first == bureau or bureau.city is None else f"{bureau.city.code}-{bureau.code}"
