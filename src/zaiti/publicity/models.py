"""Public posting of candidates for five working days, and objections to them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.identity import Kind
from zaiti.accounts.models import Authority, Post, User
from zaiti.core.folding import searched
from zaiti.core.sealed import SealedField
from zaiti.core.text import Line, Lines
from zaiti.core.tones import LATE, QUIET, Toned
from zaiti.countersigned.models import TWO_PEOPLE, Change, Countersigned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful
from zaiti.notices.models import Publication
from zaiti.papers.models import Paper
from zaiti.programmes.models import Cycle
from zaiti.ranking.models import Candidate


class Posting(Stateful):
    """One public posting (公示); its first day is not counted and its last day is a working day."""

    TO_APPLICATION = "candidates__review__application"

    class State(Toned):
        OPEN = "open", _("being posted")
        REPLACED = "replaced", QUIET, _("replaced by a correction")
        CLOSED = "closed", QUIET, _("ended")

    MOVES: ClassVar[dict[str, Move]] = {
        "replace": Move({State.OPEN}, State.REPLACED),
        "close": Move({State.OPEN}, State.CLOSED),
    }

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="postings")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="postings")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    candidates = models.ManyToManyField(Candidate, through="Posted", related_name="postings")
    posted_at = models.DateTimeField(_("posted at"))
    days = models.PositiveSmallIntegerField(_("working days"))
    last_day = models.DateField(_("last day"))
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="posting")
    reason = models.TextField(_("why it was corrected"), blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["-posted_at"]
        verbose_name = _("posting")

    def __str__(self) -> str:
        return f"{self.authority.district} {self.posted_at:%Y-%m-%d}"


class Posted(models.Model):
    """One name on a posting, with its own last day: a correction restarts the days of what it changes."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="names")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="posted")
    unit = Line(_("applicant as posted"), max_length=120)
    carrier_name = Line(_("carrier as posted"), max_length=120)
    words = searched("unit", "carrier_name")
    last_day = models.DateField(_("last day"))
    changed = models.BooleanField(_("changed by the correction"), default=False)

    class Meta:
        ordering = ["posting", "candidate__carrier_type__order", "candidate__rank"]
        constraints = [models.UniqueConstraint(fields=["posting", "candidate"], name="posted_once")]

    def __str__(self) -> str:
        return self.unit


class PostingCorrection(Change):
    """A correction of a posting, by two people; published, it is a posting with a paper of its own."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="corrections")
    candidates = models.ManyToManyField(Candidate, related_name="+")
    reason = Lines(_("why it was corrected"))
    published = models.OneToOneField(Posting, models.PROTECT, null=True, related_name="correction")

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("correction of a posting")
        constraints = [
            TWO_PEOPLE,
            models.UniqueConstraint(
                fields=["posting"], condition=Q(state="prepared"), name="one_posting_correction_waiting"
            ),
        ]

    def __str__(self) -> str:
        return str(self.posting)

    def bureau(self) -> Authority:
        """The district that posted the names."""
        return self.posting.authority


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: User) -> "ObjectionQuerySet":
        """The posting district's bureau; the city."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(posting__authority__in=user.bureaus())


class Objection(Countersigned):
    """A real-name objection to one posted candidate; who raised it is kept secret."""

    TO_APPLICATION = "candidate__review__application"

    class State(Toned):
        RECEIVED = "received", _("received")
        HANDLING = "handling", _("being looked into")
        PROPOSED = "proposed", _("answer waiting for approval")
        UPHELD = "upheld", LATE, _("upheld")
        REJECTED = "rejected", QUIET, _("not upheld")
        NOT_ADMITTED = "not_admitted", QUIET, _("not admitted")

    OPEN = (State.RECEIVED, State.HANDLING, State.PROPOSED)
    BY_THE_PUBLIC = frozenset({"lodge"})  # no record ties an account to an objection
    MOVES: ClassVar[dict[str, Move]] = {
        "take_up": Move({State.RECEIVED}, State.HANDLING),
        "turn_away": Move({State.RECEIVED}, State.NOT_ADMITTED),
        "propose": Move({State.HANDLING}, State.PROPOSED),
        "send_back": Move({State.PROPOSED}, State.HANDLING),
        "uphold": Move({State.PROPOSED}, State.UPHELD),
        "reject": Move({State.PROPOSED}, State.REJECTED),
    }
    WRITERS = (Post.Role.OFFICER, Post.Role.REVIEWER)
    PREPARE = "propose"

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="objections")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="objections")
    number = models.CharField(_("objection number"), max_length=60, unique=True)
    token = models.CharField(
        max_length=64, unique=True
    )  # lets the objector follow the case without an account
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.RECEIVED)
    name = SealedField(_("your name"))
    identity_kind = models.CharField(
        _("identity document"), max_length=12, choices=Kind.choices, default=Kind.RESIDENT
    )
    identity_number = SealedField(_("identity number"))
    phone = SealedField(_("telephone"))
    email = SealedField(_("email"), blank=True)
    unit = SealedField(_("your unit"), blank=True)
    text = SealedField(_("objection and facts"))
    evidence = models.ManyToManyField(StoredFile, related_name="+")
    received_at = models.DateTimeField(_("received at"))
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    due = models.DateField(_("to be answered by"), null=True)  # None: the holiday table doesn't reach it
    upholds = models.BooleanField(_("proposed: uphold"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    receipt = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    answer_paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name = _("objection")
        constraints = [TWO_PEOPLE]
        indexes = [
            models.Index(
                fields=["candidate"],
                condition=Q(state__in=["received", "handling", "proposed"]),
                name="open_objections",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def bureau(self) -> Authority:
        """The district that posted the name."""
        return self.posting.authority

    def approval(self) -> str:
        """The answer is approved as it is proposed."""
        return "uphold" if self.upholds else "reject"
