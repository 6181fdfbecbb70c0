"""From totals to the candidate list: order, pass line, ties, the quota's cut and the meeting's word."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Post, User
from zaiti.core.tones import DONE, LATE, Toned
from zaiti.countersigned.models import TWO_PEOPLE, Countersigned
from zaiti.ledger.moves import Move, Stateful
from zaiti.panels.models import Panel, Review
from zaiti.papers.models import Paper
from zaiti.programmes.models import CarrierType, Cycle, Quota

# States in which a candidate takes up a place of the quota.
HOLDS_A_PLACE = "'listed', 'posted', 'cleared', 'reported', 'recognised'"
# Two lists saved at once queue on the quota's row, so neither passes the places.
LIST_WITHIN_QUOTA = f"""
    SELECT places INTO allowed FROM programmes_quota
        WHERE cycle_id = NEW.cycle_id AND authority_id = NEW.authority_id
        AND carrier_type_id = NEW.carrier_type_id FOR NO KEY UPDATE;
    SELECT COUNT(*) INTO used FROM ranking_candidate
        WHERE cycle_id = NEW.cycle_id AND authority_id = NEW.authority_id
        AND carrier_type_id = NEW.carrier_type_id
        AND state IN ({HOLDS_A_PLACE}) AND id IS DISTINCT FROM NEW.id;
    IF used + 1 > COALESCE(allowed, 0) THEN
        RAISE EXCEPTION 'list_quota' USING ERRCODE = 'check_violation', CONSTRAINT = 'list_quota';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # built of our own words alone
QUOTA_ABOVE_LIST = f"""
    SELECT COUNT(*) INTO used FROM ranking_candidate
        WHERE cycle_id = NEW.cycle_id AND authority_id = NEW.authority_id
        AND carrier_type_id = NEW.carrier_type_id AND state IN ({HOLDS_A_PLACE});
    IF used > NEW.places THEN
        RAISE EXCEPTION 'list_quota' USING ERRCODE = 'check_violation', CONSTRAINT = 'list_quota';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # built of our own words alone


class CandidateListQuerySet(models.QuerySet["CandidateList"]):
    def visible_to(self, user: User) -> "CandidateListQuerySet":
        """The district's own; the city's all."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(authority__in=user.bureaus())


class CandidateList(Countersigned):
    """The ranking of one panel's applications and what the meeting made of it (候选名单)."""

    TO_APPLICATION = "candidates__review__application"

    class State(Toned):
        RANKED = "ranked", _("ranked, waiting for the meeting")
        DECIDED = "decided", _("decided, waiting for approval")
        APPROVED = "approved", DONE, _("approved")

    MOVES: ClassVar[dict[str, Move]] = {
        "decide": Move({State.RANKED}, State.DECIDED),
        "send_back": Move({State.DECIDED}, State.RANKED),
        "approve": Move({State.DECIDED}, State.APPROVED),
    }
    WRITERS = (Post.Role.OFFICER, Post.Role.REVIEWER)
    PREPARE, APPROVE = "decide", "approve"

    panel = models.OneToOneField(Panel, models.PROTECT, related_name="candidate_list")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="candidate_lists")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="candidate_lists")
    carrier_type = models.ForeignKey(CarrierType, models.PROTECT, related_name="candidate_lists")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RANKED)
    made_at = models.DateTimeField(_("made at"))
    meeting_on = models.DateField(_("meeting held on"), null=True)
    meeting_text = models.TextField(_("meeting's decision"), blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    objects = CandidateListQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__year", "authority", "carrier_type"]
        verbose_name = _("candidate list")
        constraints = [TWO_PEOPLE]

    def __str__(self) -> str:
        return f"{self.authority.district} · {self.carrier_type}"

    def bureau(self) -> Authority:
        """The district whose meeting decides."""
        return self.authority


class Candidate(Stateful):
    """One application's place in the ranking, and its way to recognition."""

    TO_APPLICATION = "review__application"

    class State(Toned):
        RANKED = "ranked", _("ranked")
        LISTED = "listed", _("on the candidate list")
        POSTED = "posted", _("posted")
        CLEARED = "cleared", DONE, _("publicity passed")
        REPORTED = "reported", DONE, _("reported to the city")
        RECOGNISED = "recognised", DONE, _("recognised")
        BLOCKED = "blocked", LATE, _("blocked by an upheld objection")

    PLACED = (State.LISTED, State.POSTED, State.CLEARED, State.REPORTED, State.RECOGNISED)
    MOVES: ClassVar[dict[str, Move]] = {
        "list": Move({State.RANKED}, State.LISTED),
        "unlist": Move({State.LISTED}, State.RANKED),
        "post": Move({State.LISTED}, State.POSTED),
        "clear": Move({State.POSTED}, State.CLEARED),
        "report": Move({State.CLEARED}, State.REPORTED),
        "take_back": Move({State.REPORTED}, State.CLEARED),
        "recognise": Move({State.REPORTED}, State.RECOGNISED),
        "block": Move({State.POSTED, State.CLEARED, State.REPORTED}, State.BLOCKED),
    }

    list = models.ForeignKey(CandidateList, models.CASCADE, related_name="candidates")
    review = models.OneToOneField(Review, models.PROTECT, related_name="candidate")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    carrier_type = models.ForeignKey(CarrierType, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RANKED)
    rank = models.PositiveSmallIntegerField(_("rank"))
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2)
    passes = models.BooleanField(_("reaches the pass line"))
    fails_because = models.CharField(_("what is below the line"), max_length=300, blank=True)
    tied = models.BooleanField(_("tied at the quota line"), default=False)
    tie_note = models.CharField(_("how the tie was broken"), max_length=300, blank=True)
    suggested = models.BooleanField(_("within the quota by rank"), default=False)
    deviation_reason = models.TextField(_("reason for the deviation"), blank=True)
    successor_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    named_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )  # a successor's; another posts it

    class Meta:
        ordering = ["list_id", "rank"]
        verbose_name = _("candidate")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ranked") | Q(passes=True), name="only_passing_are_listed"
            ),
            models.UniqueConstraint(fields=["list", "rank"], name="one_rank_each"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="list_within_quota",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition(f"NEW.state IN ({HOLDS_A_PLACE})"),
                declare=[("allowed", "integer"), ("used", "integer")],
                func=LIST_WITHIN_QUOTA,
            )
        ]

    def __str__(self) -> str:
        return str(self.review.application.organisation)


class GuardedQuota(Quota):
    """The quota as this room guards it: places that candidates hold can't be taken away."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="quota_above_list",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("places"),  # type: ignore[no-untyped-call]  # pgtrigger leaves it bare
                declare=[("used", "integer")],
                func=QUOTA_ABOVE_LIST,
            )
        ]
