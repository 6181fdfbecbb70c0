"""The districts' reports to the city, and the city's one announcement."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Post, User
from zaiti.core.tones import ATTENTION, DONE, QUIET, Toned
from zaiti.countersigned.models import TWO_PEOPLE, Countersigned
from zaiti.ledger.moves import Move
from zaiti.notices.models import Publication
from zaiti.papers.models import Paper
from zaiti.programmes.models import Cycle
from zaiti.ranking.models import Candidate


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """The district's own; the city's all but drafts."""
        if not user.is_authenticated:
            return self.none()
        sent = Q(authority__in=user.bureaus()) & ~Q(state=Report.State.DRAFT)
        return self.filter(Q(authority__in=user.authority_ids()) | sent)


class Report(Countersigned):
    """A district's written report of its candidates (报送). Successors go in a further report."""

    TO_APPLICATION = "candidates__review__application"

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        PREPARED = "prepared", _("waiting for approval")
        SENT = "sent", _("sent to the city")
        SENT_BACK = "sent_back", ATTENTION, _("sent back by the city")
        ACCEPTED = "accepted", DONE, _("accepted by the city")

    MOVES: ClassVar[dict[str, Move]] = {
        "prepare": Move({State.DRAFT, State.SENT_BACK}, State.PREPARED),
        "return_to_officer": Move({State.PREPARED}, State.DRAFT),
        "send": Move({State.PREPARED}, State.SENT),
        "send_back": Move({State.SENT}, State.SENT_BACK),
        "accept": Move({State.SENT}, State.ACCEPTED),
    }
    WRITERS = (Post.Role.OFFICER, Post.Role.REVIEWER)
    SEND_BACK, APPROVE = "return_to_officer", "send"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="reports")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    candidates = models.ManyToManyField(Candidate, related_name="reports")
    opinion = models.TextField(_("the district's opinion"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)
    letter = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    listing = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("report to the city")
        constraints = [TWO_PEOPLE]

    def __str__(self) -> str:
        return f"{self.authority.district} {self.cycle}"

    def bureau(self) -> Authority:
        """The district that reports."""
        return self.authority


class Withdrawal(models.Model):
    """A letter that takes a name back after the report, when an objection was upheld."""

    TO_APPLICATION = "candidate__review__application"

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="withdrawal")
    report = models.ForeignKey(Report, models.PROTECT, related_name="withdrawals")
    reason = models.TextField(_("reason"))
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("withdrawal letter")

    def __str__(self) -> str:
        return str(self.candidate)


class Announcement(Countersigned):
    """The city's one list from all districts (结果发布)."""

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        PREPARED = "prepared", _("waiting for approval")
        PUBLISHED = "published", DONE, _("published")

    MOVES: ClassVar[dict[str, Move]] = {
        "prepare": Move({State.DRAFT}, State.PREPARED),
        "send_back": Move({State.PREPARED}, State.DRAFT),
        "publish": Move({State.PREPARED}, State.PUBLISHED),
    }
    WRITERS = (Post.Role.OFFICER, Post.Role.REVIEWER)
    APPROVE = "publish"

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="announcement")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    opening = models.TextField(_("opening words"), blank=True)
    publication = models.OneToOneField(Publication, models.PROTECT, null=True, related_name="announcement")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["-cycle__year"]
        verbose_name = _("announcement")
        constraints = [TWO_PEOPLE]

    def __str__(self) -> str:
        return self.title

    def bureau(self) -> Authority:
        """The city that announces."""
        return self.cycle.city
