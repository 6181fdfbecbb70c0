"""The invented people and units of the replay and the demo; every one says 示例."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from stdnum.cn import uscc

from zaiti.accounts.actions import create_official, give_post, register_organisation
from zaiti.accounts.models import Authority, Post, User
from zaiti.mandates.actions import confirm_by_portal
from zaiti.panels.actions import add_expert
from zaiti.panels.models import Expert

ROLES = {
    Post.Role.OFFICER: "经办",
    Post.Role.REVIEWER: "审核",
    Post.Role.APPROVER: "签发",
}


@dataclass(frozen=True)
class Bureau:
    """One bureau's people."""

    authority: Authority
    officer: User
    reviewer: User
    approver: User


@dataclass(frozen=True)
class Unit:
    """An applicant as the story casts it."""

    key: str
    name: str
    type: str
    serial: int
    kind: str = "enterprise"


@dataclass
class Cast:
    """Everyone in the play."""

    admin: User
    city: Bureau
    supervisor: User
    auditor: User
    districts: dict[str, Bureau] = field(default_factory=dict)
    experts: list[Expert] = field(default_factory=list)
    applicants: dict[str, User] = field(default_factory=dict)


def found_city(authority: Authority) -> Cast:
    """Make the administrator, the city's people, the supervisor and the auditor."""
    admin = _person("admin", "系统管理员（示例）", is_admin=True, is_demo=True)
    city = staff_bureau(authority, by=admin, short="市局")
    return Cast(
        admin,
        city,
        _official(admin, authority, Post.Role.SUPERVISOR, f"{authority.code}.supervisor", "监督员（示例）"),
        _official(admin, authority, Post.Role.AUDITOR, f"{authority.code}.auditor", "审计员（示例）"),
    )


def staff_bureau(authority: Authority, *, by: User, short: str = "") -> Bureau:
    """Give a bureau an officer, a reviewer and an approver."""
    short = short or authority.district
    people = [
        _official(by, authority, role, f"{authority.code}.{role}", f"{short}{word}（示例）")
        for role, word in ROLES.items()
    ]
    return Bureau(authority, *people)


def _official(admin: User, authority: Authority, role: str, username: str, name: str) -> User:
    user = create_official(by=admin, username=username, name=name, email=f"{username}@example.com")
    User.objects.filter(pk=user.pk).update(is_demo=True, password=_hashed())
    give_post(user, by=admin, authority=authority, role=role)
    return user


def add_experts(cast: Cast, *, count: int, own_unit: Unit | None = None) -> None:
    """Fill the pool; the last expert works for an applicant when one is named."""
    first, final = len(cast.experts) + 1, len(cast.experts) + count
    for number in range(first, final + 1):
        last = number == final
        user = _person(f"expert{number}", f"专家{number:02d}（示例）", is_demo=number <= 3)
        unit = own_unit.name if last and own_unit else f"示例第{number}职业技术学院"
        cast.experts.append(
            add_expert(
                user, by=cast.city.officer, unit=unit, title="正高级讲师", specialities="智能制造、职业培训"
            )
        )


def found_unit(unit: Unit, district: Authority, *, vouched: bool = True) -> User:
    """Register an applicant's organisation; the unified sign-in vouches for the applicant, its owner."""
    owner = found_person(unit.key, f"{unit.name[:6]}联系人（示例）")
    code = credit_code(unit.serial)
    organisation = register_organisation(
        by=owner,
        uscc=code,
        name=unit.name,
        kind=unit.kind,
        district=district,
        legal_person="法定代表人（示例）",
        registered_address="深圳市示例路1号",
        operating_address="深圳市示例路1号",
    )
    if vouched:
        confirm_by_portal(organisation, by=owner, vouched=code)
    return owner


def found_person(username: str, name: str) -> User:
    """Make someone who comes in at the applicants' door."""
    return _person(username, name, email=f"{username}@example.com", is_demo=True)


def credit_code(serial: int) -> str:
    """An invented unified social credit code with a true check digit (GB 32100-2015)."""
    base = f"91440300MAXX{serial:05d}"
    return base + str(uscc.calc_check_digit(base))


def _person(username: str, name: str, **fields: Any) -> User:
    return User.objects.create(username=username, name=name, password=_hashed(), **fields)


@cache
def _hashed() -> str:
    return make_password(settings.DEMO_PASSWORD)
