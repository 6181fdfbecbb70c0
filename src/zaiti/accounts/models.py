"""People, the organisations they apply for, and the authorities they serve."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zaiti.core.folding import searched
from zaiti.core.sealed import SealedField
from zaiti.core.text import Line, Lines
from zaiti.core.tones import DONE, Toned
from zaiti.ledger.moves import Move, Stateful

# `separation` says these in sentences; the database holds them when two administrators act at once.
POSTS_APART = """
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    SELECT city_id INTO above FROM accounts_authority WHERE id = NEW.authority_id;
    IF EXISTS (SELECT FROM accounts_user
               WHERE id = NEW.user_id AND (is_admin OR organisation_id IS NOT NULL))
       OR EXISTS (SELECT FROM accounts_post p JOIN accounts_authority a ON a.id = p.authority_id
                  WHERE p.user_id = NEW.user_id AND p.ended_at IS NULL AND p.id IS DISTINCT FROM NEW.id AND (
                      (p.role = 'auditor') <> (NEW.role = 'auditor')
                      OR p.authority_id = NEW.authority_id
                         AND ARRAY['officer', 'approver'] <@ ARRAY[p.role::text, NEW.role::text]
                      OR p.role = 'supervisor' AND NEW.role IN ('officer', 'reviewer', 'approver')
                         AND p.authority_id IN (NEW.authority_id, above)
                      OR NEW.role = 'supervisor' AND p.role IN ('officer', 'reviewer', 'approver')
                         AND NEW.authority_id IN (a.id, a.city_id)))
    THEN
        RAISE EXCEPTION 'posts_apart' USING ERRCODE = 'check_violation', CONSTRAINT = 'posts_apart';
    END IF;
    RETURN NEW;
"""
PERSON_APART = """
    IF (NEW.is_admin AND NEW.organisation_id IS NOT NULL)
       OR EXISTS (SELECT FROM accounts_post WHERE user_id = NEW.id AND ended_at IS NULL)
    THEN
        RAISE EXCEPTION 'posts_apart' USING ERRCODE = 'check_violation', CONSTRAINT = 'posts_apart';
    END IF;
    RETURN NEW;
"""
TAKES_A_DUTY = """(
    (NEW.is_admin AND NOT OLD.is_admin) OR (NEW.organisation_id IS NOT NULL AND OLD.organisation_id IS NULL)
)"""


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def within(self, ids: Iterable[int]) -> "AuthorityQuerySet":
        """These bureaus and the districts below them: of a city's, its whole tree."""
        some = list(ids)
        return self.filter(Q(pk__in=some) | Q(city__in=some))


class Authority(models.Model):
    """A bureau: the city's (市局) or a district's (区局). A city and its districts are a tree."""

    class Level(models.TextChoices):
        CITY = "city", _("city bureau")
        DISTRICT = "district", _("district bureau")

    code = models.SlugField(_("code"), max_length=30)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    name = Line(_("name"), max_length=80)
    district = Line(_("district"), max_length=40, blank=True)
    city = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="districts")
    place = Line(_("name of the place"), max_length=40, blank=True)  # 示例市, as letters and titles begin
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    doc_prefix = Line(_("document prefix"), max_length=20, blank=True)
    phone = Line(_("office telephone"), max_length=40, blank=True)
    address = Line(_("address"), max_length=200, blank=True)
    words = searched("name", "district")

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["level", "id"]
        verbose_name = _("authority")
        constraints = [
            # Districts of two cities may be called alike.
            models.UniqueConstraint(fields=["city", "code"], nulls_distinct=False, name="one_code_in_a_city")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def root_id(self) -> int:
        """The city in whose tree it stands."""
        return self.city_id or self.pk


class Organisation(Stateful):
    """A unit that may apply (申报单位), known by its unified social credit code."""

    class State(Toned):
        # Anyone can register any code; until it is shown that they may, the unit drafts and hands in nothing.
        PENDING = "pending", _("not confirmed yet")
        CONFIRMED = "confirmed", DONE, _("confirmed")

    OF_PEOPLE = frozenset({"legal_person"})  # masked in the ledger
    MOVES: ClassVar[dict[str, Move]] = {"confirm": Move({State.PENDING}, State.CONFIRMED)}

    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    name = Line(_("name of the unit"), max_length=120)
    kind = models.CharField(_("kind of unit"), max_length=40)  # the code that years give it [N1 二][N2 二]
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    legal_person = Line(_("legal representative"), max_length=60, blank=True)
    registered_address = Line(_("registered address"), max_length=200, blank=True)
    operating_address = Line(_("operating address"), max_length=200, blank=True)
    district = models.ForeignKey(
        Authority,
        models.PROTECT,
        verbose_name=_("district of the registered address"),
        null=True,
        limit_choices_to={"level": Authority.Level.DISTRICT},
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)
    words = searched("name", "uscc")

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name

    @property
    def confirmed(self) -> bool:
        """Whether it has been shown that its people may act for it."""
        return self.state == self.State.CONFIRMED


class User(AbstractUser):
    """A person; one account each, never shared."""

    class OrgRole(models.TextChoices):
        OWNER = "owner", _("owner")
        MEMBER = "member", _("member")

    first_name = None  # type: ignore[assignment]  # one name, as Chinese names are written
    last_name = None  # type: ignore[assignment]
    name = Line(_("name"), max_length=60)
    phone = SealedField(_("mobile number"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="members",
    )
    org_role = models.CharField(
        _("role in the organisation"), max_length=10, choices=OrgRole.choices, blank=True
    )
    is_admin = models.BooleanField(_("system administrator"), default=False)
    # When a post was first seen at work that asks for a second factor: the days of grace count from here.
    factor_asked_at = models.DateTimeField(_("second factor asked for at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo account"), default=False)
    words = searched("name", "username", "email")

    class Meta:
        verbose_name = _("user")
        triggers = [
            pgtrigger.Trigger(
                name="person_apart",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(TAKES_A_DUTY),
                func=PERSON_APART,
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def live_posts(self) -> "list[Post]":
        """The posts held today; read once for this object."""
        return self._live_posts

    @cached_property
    def _live_posts(self) -> "list[Post]":
        return list(self.posts.filter(ended_at=None).select_related("authority__city"))

    def forget_posts(self) -> None:
        """Have the posts read anew."""
        self.__dict__.pop("_live_posts", None)

    def authority_ids(self) -> list[int]:
        """The authorities this person works for (bureau posts alone: not supervisors, auditors)."""
        return [p.authority_id for p in self.live_posts() if p.role in Post.BUREAU]

    def bureaus(self, roles: "Collection[str] | None" = None) -> AuthorityQuerySet:
        """The bureaus whose work this person reads: those served, and the districts of a city's."""
        taken = Post.BUREAU if roles is None else roles
        return Authority.objects.within(p.authority_id for p in self.live_posts() if p.role in taken)

    def city_ids(self) -> list[int]:
        """The cities in whose trees this person holds a post."""
        return sorted({post.authority.root_id for post in self.live_posts()})


class Post(models.Model):
    """A role someone holds at an authority, in one cycle or in all."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("officer")
        REVIEWER = "reviewer", _("reviewer")
        APPROVER = "approver", _("approver")
        SUPERVISOR = "supervisor", _("supervisor")
        AUDITOR = "auditor", _("auditor")

    BUREAU = (Role.OFFICER, Role.REVIEWER, Role.APPROVER)

    user = models.ForeignKey(User, models.CASCADE, related_name="posts")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="posts"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "authority", "role"], condition=Q(ended_at=None), name="one_live_post"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="posts_apart",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.ended_at IS NULL"),
                declare=[("above", "bigint")],
                func=POSTS_APART,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.authority} {self.get_role_display()}"


class Invitation(models.Model):
    """An organisation's invitation to a colleague, good once and until it lapses."""

    OF_PEOPLE = frozenset({"name", "email"})  # masked in the ledger

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    name = Line(_("name"), max_length=60)
    email = models.EmailField(_("email"))
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    used_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return f"{self.organisation} → {self.name}"

    def is_live(self, now: datetime) -> bool:
        """Tell whether it still lets someone in."""
        return self.used_by_id is None and self.revoked_at is None and now < self.lapses_at


class FormerName(models.Model):
    """A name a unit bore until a moment; what was published under it keeps it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")
    name = Line(_("former name"), max_length=120)
    until = models.DateTimeField(_("renamed at"))
    reason = Lines(_("reason"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-until", "-id"]
        verbose_name = _("former name")

    def __str__(self) -> str:
        return self.name
