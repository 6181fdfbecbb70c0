"""A year in preparation."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, User
from zaiti.core.text import Line, Lines
from zaiti.core.tones import ATTENTION, DONE, QUIET, Toned
from zaiti.countersigned.models import TWO_PEOPLE, Countersigned
from zaiti.ledger.moves import Move
from zaiti.programmes.models import Cycle


class YearDraftQuerySet(models.QuerySet["YearDraft"]):
    def visible_to(self, user: User) -> "YearDraftQuerySet":
        """Those of the city bureaus one serves."""
        return self.filter(city__in=user.authority_ids())

    def in_preparation(self) -> "YearDraftQuerySet":
        """Neither opened, nor in force, nor given up."""
        return self.filter(state__in=YearDraft.IN_PREPARATION)


class YearDraft(Countersigned):
    """What will be a year's pack: an officer of the city prepares it, an approver opens the year from it.

    With `corrects`, the corrected forms of a year that is under way.
    """

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        PREPARED = "prepared", _("waiting for approval")
        SENT_BACK = "sent_back", ATTENTION, _("sent back")
        OPENED = "opened", DONE, _("year opened")
        CORRECTED = "corrected", DONE, _("form corrected")
        ABANDONED = "abandoned", QUIET, _("abandoned")

    MOVES: ClassVar[dict[str, Move]] = {
        "prepare": Move({State.DRAFT, State.SENT_BACK}, State.PREPARED),
        "send_back": Move({State.PREPARED}, State.SENT_BACK),
        "open": Move({State.PREPARED}, State.OPENED),
        "correct": Move({State.PREPARED}, State.CORRECTED),
        "abandon": Move({State.DRAFT, State.SENT_BACK}, State.ABANDONED),
    }
    APPROVE = "open"
    IN_PREPARATION = (State.DRAFT, State.PREPARED, State.SENT_BACK)

    city = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("city bureau"), related_name="year_drafts"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    origin = Line(_("made from"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    # Shaped as a pack; each item of a list has a name of its own (`_id`), and fields may still be empty.
    facts = models.JSONField(_("policy pack"), default=dict)
    # Fields that were carried over and wait for an officer's word, by path.
    to_confirm = models.JSONField(_("to be confirmed"), default=list)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    begun_at = models.DateTimeField(_("begun at"))
    cycle = models.OneToOneField(Cycle, models.PROTECT, null=True, related_name="made_from")
    corrects = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="form_corrections")
    reason = Lines(_("why the form is corrected"), max_length=2000, blank=True)

    objects = YearDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]
        verbose_name = _("year in preparation")
        constraints = [
            TWO_PEOPLE,
            models.UniqueConstraint(
                fields=["corrects"],
                condition=models.Q(state__in=["draft", "prepared", "sent_back"]),
                name="one_form_correction",
            ),
        ]

    def __str__(self) -> str:
        return str(self.facts.get("title") or self.year)

    def approval(self) -> str:
        """The year is opened; the forms of one under way are corrected."""
        return "correct" if self.corrects_id else self.APPROVE

    @property
    def called(self) -> str:
        """What it is."""
        return str(_("correction of a form") if self.corrects_id else _("year in preparation"))

    def bureau(self) -> Authority:
        """The city bureau that makes the year."""
        return self.city


class AbandonmentQuerySet(models.QuerySet["Abandonment"]):
    def visible_to(self, user: User) -> "AbandonmentQuerySet":
        """Those of the city bureaus one serves."""
        return self.filter(cycle__city__in=user.authority_ids())


class Abandonment(Countersigned):
    """An opened year that is given up before anybody handed in."""

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        PREPARED = "prepared", _("waiting for approval")
        SENT_BACK = "sent_back", ATTENTION, _("sent back")
        ABANDONED = "abandoned", QUIET, _("year abandoned")

    MOVES: ClassVar[dict[str, Move]] = {
        "prepare": Move({State.DRAFT, State.SENT_BACK}, State.PREPARED),
        "send_back": Move({State.PREPARED}, State.SENT_BACK),
        "decide": Move({State.PREPARED}, State.ABANDONED),
    }
    APPROVE = "decide"

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="abandonment")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    reason = Lines(_("why the year is abandoned"), max_length=2000)

    objects = AbandonmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("abandoning of a year")
        constraints = [TWO_PEOPLE]

    def __str__(self) -> str:
        return str(self.cycle)

    def bureau(self) -> Authority:
        """The city bureau whose year it is."""
        return self.cycle.city


class Change(models.Model):
    """One save of a year in preparation, as steps that can be taken back."""

    draft = models.ForeignKey(YearDraft, models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    verb = models.CharField(max_length=20)
    steps = models.JSONField(default=list)
    # Fields that the save confirmed, and those that wait for confirming again since.
    confirmed = models.JSONField(default=list)
    waiting = models.JSONField(default=list)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a year in preparation")

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.pk}"


class Remark(models.Model):
    """What somebody says of a field or a part, until it is settled."""

    draft = models.ForeignKey(YearDraft, models.CASCADE, related_name="remarks")
    path = models.CharField(_("field"), max_length=300)
    text = Lines(_("comment"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("comment on a year in preparation")

    def __str__(self) -> str:
        return self.text
