"""An organisation's application: its form, its materials and their versions, its submissions."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import Authority, Organisation, User
from zaiti.applications.answered import is_asked, with_renewed, with_sums
from zaiti.applications.answering import Value
from zaiti.core.folding import searched
from zaiti.core.sealed import sealed, unsealed
from zaiti.core.text import Line
from zaiti.core.tones import ATTENTION, DONE, LATE, QUIET, Toned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful
from zaiti.notices.models import Call
from zaiti.papers.models import Paper
from zaiti.programmes.models import CarrierType, FormVersion, MaterialRequirement
from zaiti.programmes.packs.form import Entry, Form
from zaiti.programmes.packs.plain_form import CALLED_BY

MOST_SHOWN = 12  # page pictures of one part


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> "ApplicationQuerySet":
        """One's own unit's; those handed in to the district one serves, or to those of its city."""
        if not user.is_authenticated:
            return self.none()
        handed_in = Q(submitted_at__isnull=False)
        seen = handed_in & Q(call__authority__in=user.bureaus())
        if user.organisation_id:
            seen |= Q(organisation=user.organisation_id)
        return self.filter(seen)


class Application(Stateful):
    """One unit's application for one carrier type in one district's call."""

    TO_APPLICATION = "pk"

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        SUBMITTED = "submitted", _("submitted")
        WITHDRAWN = "withdrawn", QUIET, _("withdrawn")
        RETURNED = "returned", ATTENTION, _("returned for correction")
        ACCEPTED = "accepted", DONE, _("accepted")
        DECLINED = "declined", LATE, _("not accepted")

    HANDED_IN = (State.SUBMITTED, State.RETURNED, State.ACCEPTED)
    MOVES: ClassVar[dict[str, Move]] = {
        "submit": Move({State.DRAFT}, State.SUBMITTED),
        "withdraw": Move({State.SUBMITTED}, State.WITHDRAWN),
        "reopen": Move({State.WITHDRAWN}, State.DRAFT),
        "return": Move({State.SUBMITTED}, State.RETURNED),
        "resubmit": Move({State.RETURNED}, State.SUBMITTED),
        "accept": Move({State.SUBMITTED}, State.ACCEPTED),
        "decline": Move({State.SUBMITTED, State.RETURNED}, State.DECLINED),
    }

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    carrier_type = models.ForeignKey(CarrierType, models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, db_index=True
    )
    number = models.CharField(_("application number"), max_length=40, unique=True, null=True)
    words = searched("number")
    contact = models.ForeignKey(User, models.PROTECT, verbose_name=_("contact"), related_name="+")
    created_at = models.DateTimeField(_("started at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    answer_due = models.DateField(_("to be answered by"), null=True)  # 5 working days [D; 行政许可法 32]
    # Of the correction that waits for its answer, if any; the database keeps both (screening.Correction).
    correction_due = models.DateField(null=True, editable=False)
    correction_lapsed = models.BooleanField(default=False, editable=False)
    due = models.GeneratedField(
        expression=Case(
            When(state=State.SUBMITTED, then="answer_due"), When(state=State.RETURNED, then="correction_due")
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    # Of the form (申报表) what lists, registers and visits call it by; all answers stand in `answers`.
    carrier_name = Line(_("name of the carrier"), max_length=120, blank=True)
    training_address = Line(_("training site"), max_length=200, blank=True)
    named = models.JSONField(default=dict)  # whom the form names, by what they are there
    # What may stand in one application of the type a year, as it was handed in: “entry:folded words”.
    claims = ArrayField(models.CharField(max_length=260), default=list)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    # The entries that a correction notice names; they alone can be changed while it is returned.
    open_fields = models.JSONField(_("entries to correct"), default=list)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("application")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "carrier_type", "organisation"], name="one_application_per_type"
            )
        ]
        indexes = [
            GinIndex(fields=["claims"], name="claimed_once"),
            models.Index(fields=["call", "state"], include=["answer_due"], name="call_state"),
            models.Index(fields=["due", "submitted_at", "id"], name="soonest_due"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.carrier_type}"

    @property
    def authority(self) -> Authority:
        """The district it was handed in to."""
        return self.call.authority

    @property
    def term(self) -> clock.Due | None:
        """Until when it waits for an answer or a correction."""
        waits = self.state in (self.State.SUBMITTED, self.State.RETURNED)
        return self.due or (clock.TO_COME if waits else None)

    @property
    def asked(self) -> list[Entry]:
        """The entries of its form that are asked, as the answers stand."""
        said = self.answers.said
        return [entry for entry in self.answers.shape.entries if is_asked(entry, said)]

    @property
    def form_fields(self) -> list[str]:
        """The codes of those that somebody fills in."""
        return [entry.code for entry in self.asked if entry.kind != "sum"]

    def label(self, field: str) -> str:
        """Name an entry of the form."""
        return next((entry.name for entry in self.answers.shape.entries if entry.code == field), field)

    def answer(self, field: str) -> Value:
        """What an entry says."""
        return self.answers.said.get(field)


class Answers(models.Model):
    """What the form says, by its entries; apart from the application, or lists would carry it in each row."""

    application = models.OneToOneField(Application, models.CASCADE, primary_key=True, related_name="answers")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    given: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]  # the stubs type no JSON
    # The version its writer last saw, until they have saved on the one that took its place.
    before = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    # While it is corrected, only what was reopened is asked as a newer version asks it: entries by code.
    renewed: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]  # the stubs type no JSON
    # Answers that a newer version has no room for, by code, each with its entry as it was asked.
    aside: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]  # the stubs type no JSON

    class Meta:
        verbose_name = _("answers")

    def __str__(self) -> str:
        return str(self.application_id)

    @property
    def shape(self) -> Form:
        """The form as this application is asked it."""
        return with_renewed(self.form.shape, self.renewed) if self.renewed else self.form.shape

    @property
    def said(self) -> dict[str, Value]:
        """Every answer in the clear, with what is worked out from them."""
        hidden = {entry.code for entry in self.shape.entries if entry.sealed}
        opened = {
            code: unsealed(value) if value and code in hidden else value for code, value in self.given.items()
        }
        return with_sums(self.shape, opened)

    @property
    def code(self) -> str:
        """What is printed on each page of the form: whose it is, its version, a print of what it says."""
        said = json.dumps(self.said, sort_keys=True, ensure_ascii=False)
        print_ = hashlib.sha256(said.encode()).hexdigest()[:8].upper()
        return f"ZT{self.application_id}-{self.form.number}-{print_}"

    def put(self, values: Mapping[str, Value]) -> None:
        """Keep these answers, sealed where the form says so; the row is not saved yet."""
        hidden = {entry.code for entry in self.shape.entries if entry.sealed}
        self.given = self.given | {
            code: sealed(value) if value and code in hidden else value for code, value in values.items()
        }
        for code in CALLED_BY:
            if code in values:
                setattr(self.application, code, values[code] or "")
        for entry in self.shape.entries:
            if entry.kind == "person" and entry.code in values:
                self.application.named[entry.name] = values[entry.code] or ""


class Material(models.Model):
    """One slot of one application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="materials")
    requirement = models.ForeignKey(MaterialRequirement, models.PROTECT, related_name="+")
    open_for_correction = models.BooleanField(default=False)
    explanation = Line(_("explanation"), max_length=300, blank=True)

    class Meta:
        ordering = ["requirement__order"]
        verbose_name = _("material")
        constraints = [
            models.UniqueConstraint(fields=["application", "requirement"], name="one_material_per_slot")
        ]

    def __str__(self) -> str:
        return str(self.requirement)


class MaterialVersion(models.Model):
    """One upload to a slot; the latest that is not taken back counts, the others stay on record."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(_("pages"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("taken back at"), null=True)
    # What the file was made of, where it was no single PDF.
    originals = models.ManyToManyField(StoredFile, verbose_name=_("originals"), related_name="+")
    # What the applicant says of a finding of the pre-check, by the finding's key.
    explanations = models.JSONField(_("explanations of findings"), default=dict)

    class Meta:
        ordering = ["material_id", "-number"]
        verbose_name = _("material version")
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="one_version_number")]

    def __str__(self) -> str:
        facts = {"material": self.material, "number": self.number}
        return str(_("%(material)s (version %(number)s)") % facts)


class DroppedFile(models.Model):
    """A file that waits until somebody places it or lets it go: without a place, or as a part of one."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="dropped")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # What the PDF was made of; the file itself where nothing can be made of it (OFD).
    original = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(_("pages"))  # none before a PDF is made
    at = models.DateTimeField(_("uploaded at"))
    requirement = models.ForeignKey(MaterialRequirement, models.CASCADE, null=True, related_name="+")
    place = models.PositiveIntegerField(default=0)  # among the parts of one material
    problem = models.CharField(_("problem"), max_length=300, blank=True)  # why no PDF could be made

    class Meta:
        ordering = ["place", "id"]
        verbose_name = _("file without a place")

    def __str__(self) -> str:
        return self.file.original_name

    @property
    def attached(self) -> bool:
        """Whether it is kept beside the PDF as it is."""
        return self.original_id == self.file_id

    @property
    def being_made(self) -> bool:
        """Whether a job has yet to make a PDF of it."""
        return not self.pages and not self.problem and self.original_id is None

    @property
    def shown(self) -> range:
        """The pages whose pictures are shown before it is put in place."""
        return range(1, min(self.pages, MOST_SHOWN) + 1)


class Submission(models.Model):
    """One handing-in, with the receipt's list of files and their hashes."""

    TO_APPLICATION = "application"

    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    number = models.CharField(_("receipt number"), max_length=60, unique=True)
    at = models.DateTimeField(_("recorded at"))
    arrived_at = models.DateTimeField(_("arrived at"), default=clock.now)  # at the server, before any queue
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    form = models.JSONField(default=dict)  # as handed in; what rests sealed is masked here
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    files = models.JSONField(default=list)  # [{material, name, version, pages, size, sha256}]
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("submission")

    def __str__(self) -> str:
        return self.number


class BoundCopy(models.Model):
    """All that one receipt lists as one volume (装订册): made by a job when somebody first asks for it."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="bound_copy")
    asked_at = models.DateTimeField(_("asked at"))
    done = models.PositiveIntegerField(_("pages bound"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # The material that could not be bound, where one could not.
    broken = models.CharField(_("could not be bound"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("bound copy")

    def __str__(self) -> str:
        return str(self.submission)

    @property
    def waiting(self) -> bool:
        """Whether the job has yet to end."""
        return self.file_id is None and not self.broken
