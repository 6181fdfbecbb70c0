"""The accounts that the demo offers at sign-in."""

from dataclasses import dataclass

from zaiti.accounts.models import User


@dataclass(frozen=True)
class DemoAccount:
    """An account that the demo's sign-in page offers."""

    name: str
    username: str
    role: str


def demo_accounts() -> list[DemoAccount]:
    """List the demo's accounts with what each does."""
    people = User.objects.filter(is_demo=True, is_active=True).select_related("organisation")
    return [
        DemoAccount(str(p), p.username, _role(p))
        for p in people.prefetch_related("posts__authority").order_by("pk")
    ]


def _role(person: User) -> str:
    posts = [
        f"{post.authority} {post.get_role_display()}" for post in person.posts.all() if post.ended_at is None
    ]
    return "、".join(posts) or str(person.organisation or "")
