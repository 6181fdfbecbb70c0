"""Form checks of what was handed in: marks, corrections, acceptance or refusal, paper copies."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application, Material, MaterialVersion, Submission
from zaiti.core.tones import ATTENTION, DONE, LATE, Toned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful
from zaiti.papers.models import Paper

# What an application waits for stands beside it, so that lists are ordered by an index.
OPEN_CORRECTION = """
    UPDATE applications_application SET correction_due = open.due, correction_lapsed = open.lapsed
    FROM (SELECT min(due) AS due, coalesce(bool_or(lapsed_at IS NOT NULL), false) AS lapsed
        FROM screening_correction
        WHERE application_id = COALESCE(NEW.application_id, OLD.application_id) AND answered_at IS NULL
    ) AS open
    WHERE id = COALESCE(NEW.application_id, OLD.application_id);
    RETURN NULL;
"""


class Check(models.Model):
    """What the officer found of one material."""

    class Mark(Toned):
        IN_ORDER = "in_order", DONE, _("in order")
        MISSING = "missing", ATTENTION, _("missing")
        NOT_IN_FORM = "not_in_form", ATTENTION, _("not in form")

    material = models.OneToOneField(Material, models.CASCADE, related_name="check_mark")
    # The upload that was looked at; the mark counts only while it is the current one.
    version = models.ForeignKey(MaterialVersion, models.CASCADE, null=True, related_name="+")
    mark = models.CharField(_("mark"), max_length=12, choices=Mark.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("check")
        constraints = [
            models.CheckConstraint(condition=Q(mark="in_order") | ~Q(reason=""), name="fault_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.material}: {self.get_mark_display()}"


class FieldCheck(models.Model):
    """A fault in one entry of the form; it counts for the handing-in that was looked at, and no later one."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="field_checks")
    field = models.CharField(_("entry"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # empty: taken back
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("check of an entry")
        constraints = [models.UniqueConstraint(fields=["submission", "field"], name="one_check_per_entry")]

    def __str__(self) -> str:
        return f"{self.submission} {self.field}"


class ScanReport(models.Model):
    """What the engine read in a file: once for its bytes, the engine's version and the unit's name."""

    class Verdict(Toned):
        """What the engine's findings come to, the gravest first."""

        FAIL = "fail", ATTENTION, _("pre-check: faults found")
        UNSURE = "unsure", ATTENTION, _("pre-check: a person must look")
        WARN = "warn", ATTENTION, _("pre-check: please look")
        PASS = "pass", DONE, _("pre-check: nothing found")

    sha256 = models.CharField("SHA-256", max_length=64)
    engine = models.CharField(_("engine"), max_length=20)
    name = models.CharField(_("the unit's name"), max_length=200)
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    done = models.PositiveIntegerField(_("pages read"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    # What pages show of it: {"verdict", "sizes", "verdicts", "findings", "seals", "looks_like", "uscc"}.
    summary = models.JSONField(_("summary"), default=dict)
    report = models.JSONField(_("report"), null=True)

    class Meta:
        verbose_name = _("pre-check")
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "engine", "name"], name="one_reading_per_file_and_engine"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.engine}"


class Judgement(models.Model):
    """What an officer found where the pre-check had said something; the checks are tuned by these."""

    version = models.ForeignKey(MaterialVersion, models.CASCADE, related_name="+")
    engine = models.CharField(_("engine"), max_length=20)
    kind = models.CharField(_("kind of check"), max_length=20)
    said = models.CharField(_("the pre-check's verdict"), max_length=10)
    fault = models.BooleanField(_("the officer found a fault"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("judgement")
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="one_judgement_per_check")]

    def __str__(self) -> str:
        return f"{self.version} {self.kind}"


class Correction(models.Model):
    """One return with everything that is wrong (一次性告知)."""

    TO_APPLICATION = "application"

    application = models.ForeignKey(Application, models.CASCADE, related_name="corrections")
    reasons = models.TextField(_("reasons"))
    materials = models.ManyToManyField(Material, related_name="corrections")
    fields = models.JSONField(_("entries of the form"), default=list)
    issued_at = models.DateTimeField(_("issued at"))
    due = models.DateField(_("to be corrected by"), null=True)  # None: the holiday table doesn't reach it
    answered_at = models.DateTimeField(_("answered at"), null=True)
    lapsed_at = models.DateTimeField(_("lapsed at"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="open_correction",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("due", "answered_at", "lapsed_at")  # type: ignore[no-untyped-call]  # untyped there
                | pgtrigger.Delete,
                func=OPEN_CORRECTION,
            )
        ]
        ordering = ["issued_at"]
        verbose_name = _("correction")

    def __str__(self) -> str:
        return f"{self.application} {self.due or clock.TO_COME}"


class ExtraReturn(Stateful):
    """One more return than the year allows: an officer asks with a reason, a senior decides."""

    TO_APPLICATION = "application"

    class State(Toned):
        ASKED = "asked", ATTENTION, _("asked for")
        APPROVED = "approved", DONE, _("granted")
        REFUSED = "refused", LATE, _("refused")

    MOVES: ClassVar[dict[str, Move]] = {
        "approve": Move({State.ASKED}, State.APPROVED),
        "refuse": Move({State.ASKED}, State.REFUSED),
    }

    application = models.ForeignKey(Application, models.CASCADE, related_name="extra_returns")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    why = models.TextField(_("why once more"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        verbose_name = _("further return")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="asked"), name="one_further_return_asked_for"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.asked_at:%Y-%m-%d}"


class Ruling(models.Model):
    """Acceptance or refusal, with its notice."""

    TO_APPLICATION = "application"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DEEMED = "deemed", _("deemed accepted, as the time to answer ran out")
        DECLINED = "declined", _("not accepted")

    application = models.OneToOneField(Application, models.CASCADE, related_name="ruling")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("ruling")

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class PaperCopy(models.Model):
    """Bound copies as received at the counter, compared with the electronic ones."""

    TO_APPLICATION = "application"

    application = models.OneToOneField(Application, models.CASCADE, related_name="paper_copy")
    received_at = models.DateTimeField(_("received at"))
    copies = models.PositiveSmallIntegerField(_("copies"))
    pages = models.PositiveIntegerField(_("pages"))
    has_contents = models.BooleanField(_("has a table of contents"))
    cover_code = models.CharField(_("cover code"), max_length=40, blank=True)
    matches = models.BooleanField(_("same as the electronic copy"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("paper copy")

    def __str__(self) -> str:
        return str(self.application)
