"""Experts: the pool, the draw, visits, discussion and scores."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, FormerName, Post, User
from zaiti.accounts.rules import in_city
from zaiti.applications.models import Application
from zaiti.core.tones import ATTENTION, DONE, QUIET, Toned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful
from zaiti.notices.models import Call
from zaiti.panels.conflicts import conflict
from zaiti.panels.triggers import SCORES_CLOSED, SHEET_CLOSED
from zaiti.papers.models import Paper
from zaiti.programmes.models import CarrierType, Criterion, Cycle, Rubric


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, user: User) -> "ExpertQuerySet":
        """The pool of the city in which one works."""
        return self.filter(city__in=user.city_ids())


class Expert(models.Model):
    """One expert of the pool (专家库)."""

    user = models.OneToOneField(User, models.PROTECT, related_name="expert")
    unit = models.CharField(_("unit"), max_length=120)
    unit_uscc = models.CharField(_("unit's credit code"), max_length=18, blank=True)
    title = models.CharField(_("professional title"), max_length=80, blank=True)
    specialities = models.CharField(_("specialities"), max_length=200, blank=True)
    types = ArrayField(models.CharField(max_length=40), verbose_name=_("carrier types"), default=list)
    active = models.BooleanField(_("in the pool"), default=True)
    kept_by = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+")  # who added them
    city = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("city bureau"), related_name="experts")

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("expert")

    def __str__(self) -> str:
        return f"{self.user.name}（{self.unit}）"


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: User) -> "PanelQuerySet":
        """The district's own, the city's all, and the panels an expert sits on until they close."""
        if not user.is_authenticated:
            return self.none()
        if in_city(user):
            return self.filter(authority__in=user.bureaus())
        seated = Q(seats__expert__user=user, seats__left_at=None) & ~Q(state=Panel.State.CLOSED)
        return self.filter(Q(authority__in=user.authority_ids()) | seated).distinct()


class Panel(Stateful):
    """The experts who judge one type in one district, this year."""

    class State(Toned):
        FORMING = "forming", _("being formed")
        WORKING = "working", _("at work")
        PAUSED = "paused", ATTENTION, _("paused, too few experts")
        CLOSED = "closed", QUIET, _("finished")

    MOVES: ClassVar[dict[str, Move]] = {
        "seat": Move({State.FORMING, State.PAUSED, State.WORKING}, State.WORKING),
        "pause": Move({State.WORKING}, State.PAUSED),
        "finish": Move({State.WORKING}, State.CLOSED),
    }

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="panels")
    call = models.ForeignKey(Call, models.PROTECT, related_name="panels")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="panels")
    carrier_type = models.ForeignKey(CarrierType, models.PROTECT, related_name="panels")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="panels")
    size = models.PositiveSmallIntegerField(_("number of experts"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.FORMING)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__year", "authority", "carrier_type"]
        verbose_name = _("panel")
        constraints = [models.UniqueConstraint(fields=["call", "carrier_type"], name="one_panel_per_type")]

    def __str__(self) -> str:
        return f"{self.authority.district} · {self.carrier_type}"


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, user: User) -> "DrawQuerySet":
        """The district's own and the city's all, for their officials and for their supervisors."""
        if not user.is_authenticated:
            return self.none()
        roles = (*Post.BUREAU, Post.Role.SUPERVISOR)
        return self.filter(panel__authority__in=user.bureaus(roles))


class Draw(models.Model):
    """One draw anyone can replay: seed, pool and order are kept as they were."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="draws")
    at = models.DateTimeField(_("time"))
    seed = models.CharField(_("seed"), max_length=64)
    method = models.CharField(_("method"), max_length=60)
    pool = models.JSONField(_("pool"))  # [{expert, name, unit, nonce, line}] in pool order
    left_out = models.JSONField(_("left out"))  # [{expert, name, unit, reason}]
    drawn = models.JSONField(_("drawn"))  # [{expert, name, unit, line, key}] in drawn order
    places = models.PositiveSmallIntegerField(_("places"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    watched_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("draw")

    def __str__(self) -> str:
        return f"{self.panel} {self.at:%Y-%m-%d %H:%M}"


class Seat(models.Model):
    """One expert's place on a panel."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="seats")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats")
    chair = models.BooleanField(_("chair"), default=False)
    left_at = models.DateTimeField(_("left at"), null=True)
    left_reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        ordering = ["panel_id", "id"]
        verbose_name = _("seat")
        constraints = [models.UniqueConstraint(fields=["panel", "expert"], name="one_seat_each")]

    def __str__(self) -> str:
        return str(self.expert)


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> "ReviewQuerySet":
        """The district's own, the city's all, and those an expert judges now."""
        if not user.is_authenticated:
            return self.none()
        if user.live_posts():
            return self.filter(panel__authority__in=user.bureaus())
        return self.filter(pk__in=[review.pk for review in self.judged_by(user)])

    def with_units(self) -> "ReviewQuerySet":
        """Read along what tells who is tied to an application."""
        names = FormerName.objects.filter(organisation=OuterRef("application__organisation")).values("name")
        rows = self.select_related("application__organisation__district__city")
        return rows.annotate(former=ArraySubquery(names))

    def judged_by(self, user: User) -> "list[Review]":
        """What an expert judges now: seated, the panel not closed, not stepped back and not tied to it."""
        if not hasattr(user, "expert"):
            return []
        held = Seat.objects.filter(expert=user.expert, left_at=None).exclude(panel__state=Panel.State.CLOSED)
        rows = self.filter(panel__in=held.values("panel")).exclude(recusals__seat__in=held).with_units()
        return [row for row in rows if not conflict(user.expert, row.application, getattr(row, "former", ()))]


class Review(Stateful):
    """One accepted application before its panel."""

    TO_APPLICATION = "application"

    class State(Toned):
        OPEN = "open", _("waiting for the site visit")
        VISITED = "visited", _("visited, waiting for the discussion")
        DISCUSSED = "discussed", _("discussed, open for scoring")
        SCORED = "scored", _("scored")

    MOVES: ClassVar[dict[str, Move]] = {
        "visit": Move({State.OPEN}, State.VISITED),
        "discuss": Move({State.VISITED}, State.DISCUSSED),
        "total": Move({State.DISCUSSED}, State.SCORED),
        "reopen_scoring": Move({State.SCORED}, State.DISCUSSED),
    }

    application = models.OneToOneField(Application, models.PROTECT, related_name="review")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="reviews")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2, null=True)
    category_totals = models.JSONField(default=dict)  # {category: "12.50"}

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["panel_id", "application__number"]
        verbose_name = _("review")

    def __str__(self) -> str:
        return str(self.application)


class Recusal(models.Model):
    """An expert steps back from one application (回避); the sheet for it is void."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: the rule itself
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("recusal")
        constraints = [models.UniqueConstraint(fields=["review", "seat"], name="one_recusal_each")]

    def __str__(self) -> str:
        return f"{self.seat} ↛ {self.review}"


class SiteVisit(models.Model):
    """What was seen on the spot (实地考察)."""

    TO_APPLICATION = "review__application"

    review = models.OneToOneField(Review, models.CASCADE, related_name="visit")
    visited_at = models.DateTimeField(_("visited at"))
    place = models.CharField(_("place"), max_length=200)
    visitors = models.ManyToManyField(Seat, related_name="visits", verbose_name=_("experts present"))
    findings = models.TextField(_("what was found"))
    photos = models.ManyToManyField(StoredFile, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("site visit")

    def __str__(self) -> str:
        return f"{self.review} {self.visited_at:%Y-%m-%d}"


class Minutes(models.Model):
    """The panel's discussion, without which no scoring opens (在充分讨论基础上 [N1 四（四）][N2])."""

    TO_APPLICATION = "reviews__application"

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="minutes")
    reviews = models.ManyToManyField(Review, related_name="minutes")
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=200)
    present = models.ManyToManyField(Seat, related_name="+", verbose_name=_("experts present"))
    text = models.TextField(_("what was discussed"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["held_at"]
        verbose_name = _("discussion minutes")

    def __str__(self) -> str:
        return f"{self.panel} {self.held_at:%Y-%m-%d}"


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def visible_to(self, user: User) -> "ScoreSheetQuerySet":
        """The expert's own; for the district, those that are signed or void. Nobody else's business."""
        if not user.is_authenticated:
            return self.none()
        closed = Q(state__in=["signed", "void"], review__panel__authority__in=user.authority_ids())
        return self.filter(Q(seat__expert__user=user) | closed)


class ScoreSheet(Stateful):
    """One expert's scores of one application, bound to the rubric's version."""

    TO_APPLICATION = "review__application"

    class State(Toned):
        DRAFT = "draft", QUIET, _("being scored")
        SIGNED = "signed", DONE, _("signed")
        VOID = "void", QUIET, _("void")

    MOVES: ClassVar[dict[str, Move]] = {
        "sign": Move({State.DRAFT}, State.SIGNED),
        "void": Move({State.DRAFT, State.SIGNED}, State.VOID),
    }

    review = models.ForeignKey(Review, models.CASCADE, related_name="sheets")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sheets")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="sheets")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    comment = models.TextField(_("opinion"), blank=True)
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2, null=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "seat_id"]
        verbose_name = _("score sheet")
        constraints = [models.UniqueConstraint(fields=["review", "seat"], name="one_sheet_each")]
        triggers = [
            pgtrigger.Trigger(
                name="sheet_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["signed", "void"]),
                func=SHEET_CLOSED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.seat}"


class Score(models.Model):
    """Points for one criterion."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__order"]
        verbose_name = _("score")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_each"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_below_zero"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="scores_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("sheet_state", "text")],
                func=SCORES_CLOSED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Explanation(models.Model):
    """Why a signed sheet lies far from the others: asked of the expert; the sheet stays as it is."""

    sheet = models.OneToOneField(ScoreSheet, models.CASCADE, related_name="explanation")
    median = models.DecimalField(_("median of the panel"), max_digits=6, decimal_places=2)
    asked_at = models.DateTimeField(_("asked at"))
    text = models.TextField(_("reason"), blank=True)
    given_at = models.DateTimeField(_("given at"), null=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("reason for an outlying sheet")

    def __str__(self) -> str:
        return str(self.sheet)
