"""The register of recognised carriers and what becomes of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Organisation, User
from zaiti.accounts.naming import with_former
from zaiti.core.folding import searched
from zaiti.core.text import Line, Lines
from zaiti.core.tones import ATTENTION, DONE, LATE, QUIET, Toned
from zaiti.countersigned.models import TWO_PEOPLE, Countersigned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful
from zaiti.notices.models import Publication
from zaiti.papers.models import Paper
from zaiti.programmes.models import CarrierType
from zaiti.ranking.models import Candidate


class CarrierQuerySet(models.QuerySet["Carrier"]):
    def manageable_by(self, user: User) -> "CarrierQuerySet":
        """One's own organisation's carriers; one's district's; all, for the city."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organisation=user.organisation_id) if user.organisation_id else Q(pk=None)
        return self.filter(own | Q(authority__in=user.bureaus()))


class Carrier(Stateful):
    """A recognised carrier (载体) under its certificate number, which is never used again."""

    TO_APPLICATION = "candidate__review__application"

    class State(Toned):
        ACTIVE = "active", _("active")
        RECTIFYING = "rectifying", ATTENTION, _("told to correct")
        REVOKING = "revoking", ATTENTION, _("revocation under way")
        REVOKED = "revoked", LATE, _("revoked")

    MOVES: ClassVar[dict[str, Move]] = {
        "tell_to_correct": Move({State.ACTIVE, State.RECTIFYING}, State.RECTIFYING),
        "corrected": Move({State.RECTIFYING}, State.ACTIVE),
        "intend_revocation": Move({State.ACTIVE, State.RECTIFYING}, State.REVOKING),
        "drop_revocation": Move({State.REVOKING}, State.ACTIVE),
        "revoke": Move({State.REVOKING}, State.REVOKED),
    }

    certificate_number = models.CharField(_("certificate number"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ACTIVE)
    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="carrier")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="carriers")
    carrier_type = models.ForeignKey(CarrierType, models.PROTECT, related_name="carriers")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("district"), related_name="carriers"
    )
    name = Line(_("name of the carrier"), max_length=120)
    unit = Line(_("recognised unit"), max_length=120)  # as it was called then
    year = models.PositiveSmallIntegerField(_("year of recognition"), db_index=True)
    recognised_on = models.DateField(_("recognised on"))
    revoked_on = models.DateField(_("revoked on"), null=True)
    certificate = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    words = searched("name", "unit", "certificate_number")

    objects = CarrierQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "certificate_number"]
        verbose_name = _("carrier")

    def __str__(self) -> str:
        return f"{self.name}（{self.certificate_number}）"

    def unit_words(self) -> str:
        """The unit for an official text: its name now, and the one it was recognised under."""
        return with_former(self.organisation, self.unit, "认定时名称")


class TrainingYear(models.Model):
    """What a carrier trained in one year, as reported and verified."""

    TO_APPLICATION = "carrier__candidate__review__application"

    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="training_years")
    year = models.PositiveSmallIntegerField(_("year"))
    sessions = models.PositiveIntegerField(_("courses held"))
    people = models.PositiveIntegerField(_("people trained"))
    last_training_on = models.DateField(_("last training on"), null=True)
    note = Line(_("note"), max_length=300, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("reported at"))
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(_("verified at"), null=True)

    class Meta:
        ordering = ["carrier", "-year"]
        verbose_name = _("training year")
        constraints = [models.UniqueConstraint(fields=["carrier", "year"], name="one_training_year")]

    def __str__(self) -> str:
        return f"{self.carrier} {self.year}"


class Ground(models.TextChoices):
    """Why a carrier is told to correct or is revoked [N2 五]; the codes of the policy pack."""

    NOT_PERFORMING = "not_performing", _("does not perform its duties")
    FRAUD = "fraud", _("recognition got by fraud or deceit")
    LOST_CONTACT = "lost_contact", _("lost contact")
    RELOCATED = "relocated", _("moved out of the city")
    UNABLE = "unable", _("unable to go on training")
    IDLE = "idle", _("three years in a row without training")


class Rectification(Stateful):
    """A notice to correct (通知改正) and its answer."""

    TO_APPLICATION = "carrier__candidate__review__application"

    class State(Toned):
        ISSUED = "issued", _("issued, waiting for an answer")
        ANSWERED = "answered", _("answered, waiting for a check")
        SETTLED = "settled", DONE, _("corrected")
        FAILED = "failed", LATE, _("not corrected")

    OPEN = (State.ISSUED, State.ANSWERED)
    MOVES: ClassVar[dict[str, Move]] = {
        "answer": Move({State.ISSUED}, State.ANSWERED),
        "settle": Move({State.ANSWERED}, State.SETTLED),
        "fail": Move({State.ISSUED, State.ANSWERED}, State.FAILED),
    }

    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="rectifications")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ISSUED)
    ground = models.CharField(
        _("ground"), max_length=16, choices=Ground.choices, default=Ground.NOT_PERFORMING
    )
    text = Lines(_("what must be corrected"))
    due = models.DateField(_("to be corrected by"))
    answer = Lines(_("answer"), blank=True)
    evidence = models.ManyToManyField(StoredFile, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)
    conclusion = Lines(_("conclusion"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("issued at"))
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        verbose_name = _("rectification")

    def __str__(self) -> str:
        return f"{self.carrier} {self.due}"


class Revocation(Countersigned):
    """The city takes recognition back: intended notice, defence, decision, announcement."""

    TO_APPLICATION = "carrier__candidate__review__application"

    class State(Toned):
        INTENDED = "intended", _("intended, waiting for the defence")
        DEFENDED = "defended", _("defence received")
        PREPARED = "prepared", _("decision waiting for approval")
        RETURNED = "returned", ATTENTION, _("sent back for another look")
        DECIDED = "decided", _("revoked")
        DROPPED = "dropped", QUIET, _("dropped")

    MOVES: ClassVar[dict[str, Move]] = {
        "defend": Move({State.INTENDED}, State.DEFENDED),
        "prepare": Move({State.INTENDED, State.DEFENDED, State.RETURNED}, State.PREPARED),
        "send_back": Move({State.PREPARED}, State.RETURNED),
        "decide": Move({State.PREPARED}, State.DECIDED),
        "drop": Move({State.INTENDED, State.DEFENDED, State.PREPARED, State.RETURNED}, State.DROPPED),
    }
    APPROVE = "decide"

    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="revocations")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.INTENDED)
    ground = models.CharField(_("ground"), max_length=16, choices=Ground.choices)
    facts = Lines(_("facts and evidence"))
    defence_due = models.DateField(_("defence by"))
    defence = Lines(_("statement and defence"), blank=True)
    defended_at = models.DateTimeField(null=True)
    decision = Lines(_("decision"), blank=True)
    reason = Lines(_("why it was dropped"), blank=True)
    decided_at = models.DateTimeField(null=True)
    at = models.DateTimeField(_("intended notice issued at"))
    notice = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        verbose_name = _("revocation")
        constraints = [TWO_PEOPLE]

    def __str__(self) -> str:
        return f"{self.carrier} {self.get_ground_display()}"

    def bureau(self) -> Authority:
        """Revocation is the city's alone (由市人力资源保障部门取消 [N2 五])."""
        return self.carrier.authority.city or self.carrier.authority


class InactivityCheck(models.Model):
    """The clock found training lying long back: first alerts, at last a check that a person settles."""

    TO_APPLICATION = "carrier__candidate__review__application"

    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="inactivity_checks")
    since = models.DateField(_("counted from"))
    months = models.PositiveSmallIntegerField(_("months since the last verified training"))
    to_settle = models.BooleanField(_("a person decides"), default=False)
    opened_at = models.DateTimeField(_("opened at"))
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("settled at"), null=True)
    conclusion = Lines(_("conclusion"), blank=True)

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("check of missing training")
        constraints = [
            models.UniqueConstraint(fields=["carrier", "since", "months"], name="one_check_per_mark")
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.months}"
