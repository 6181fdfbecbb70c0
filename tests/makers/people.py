"""People, organisations and authorities with dull defaults."""

import itertools

from django.utils import timezone
from stdnum.cn import uscc

from zaiti.accounts.models import Authority, Organisation, Post, User

_serial = itertools.count(1)


def city() -> Authority:
    """The city bureau; the same one each time."""
    return Authority.objects.get_or_create(
        code="sz", defaults={"level": "city", "name": "示例市人力资源局", "doc_prefix": "示市"}
    )[0]


def district(code: str = "luohu") -> Authority:
    """A district bureau of the city; the same one each time for a code."""
    return Authority.objects.get_or_create(
        code=code,
        defaults={
            "level": "district",
            "name": f"示例{code}区人力资源局",
            "district": f"示例{code}区",
            "city": city(),
            "uscc": "114403035731270177" if code == "luohu" else credit_code(),
            "doc_prefix": f"示{code}",
        },
    )[0]


def user(name: str = "", **fields: object) -> User:
    """A person without any role."""
    number = next(_serial)
    return User.objects.create_user(
        username=f"user{number}",
        name=name or f"示例人{number}",
        password="a-long-Passw0rd",
        email="",
        **fields,
    )


def holder(role: str, authority: Authority | None = None) -> User:
    """A person who holds one post; at the district by default."""
    person = user()
    Post.objects.create(user=person, authority=authority or district(), role=role)
    return person


def now_approves(person: User, authority: Authority) -> User:
    """Let a person's posts end and give them the approver's, as when they rise."""
    person.posts.update(ended_at=timezone.now())
    Post.objects.create(user=person, authority=authority, role=Post.Role.APPROVER)
    person.forget_posts()
    return person


def credit_code() -> str:
    """A new, valid unified social credit code."""
    base = f"91440300MA5{next(_serial):06d}"[:17]
    return base + uscc.calc_check_digit(base)


def organisation(name: str = "", **fields: object) -> Organisation:
    """A unit that may apply."""
    number = next(_serial)
    return Organisation.objects.create(
        **{
            "uscc": credit_code(),
            "name": name or f"示例单位{number}有限公司",
            "kind": "enterprise",
            "district": district(),
            "state": "confirmed",
        }
        | fields
    )


def applicant(unit: Organisation | None = None) -> User:
    """The owner of an organisation's account."""
    return user(organisation=unit or organisation(), org_role=User.OrgRole.OWNER)
