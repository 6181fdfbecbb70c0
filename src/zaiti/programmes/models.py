"""A year's recognition: cap, quotas, types, rubrics and material lists, loaded from a policy pack."""

from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core.folding import searched
from zaiti.core.text import Lines
from zaiti.core.tones import QUIET, Toned
from zaiti.ledger.moves import Move, Stateful
from zaiti.programmes.packs.form import Entry, Form
from zaiti.programmes.packs.references import filled

# Two officers saving at once queue on the cycle's row, so the sum either sees is whole.
QUOTA_WITHIN_CAP = """
    SELECT cap INTO allowed FROM programmes_cycle WHERE id = NEW.cycle_id FOR NO KEY UPDATE;
    SELECT COALESCE(SUM(places), 0) INTO used FROM programmes_quota
        WHERE cycle_id = NEW.cycle_id AND id IS DISTINCT FROM NEW.id;
    IF used + NEW.places > allowed THEN
        RAISE EXCEPTION 'quota_cap' USING ERRCODE = 'check_violation', CONSTRAINT = 'quota_cap';
    END IF;
    RETURN NEW;
"""
CAP_ABOVE_QUOTAS = """
    SELECT COALESCE(SUM(places), 0) INTO used FROM programmes_quota WHERE cycle_id = NEW.id;
    IF used > NEW.cap THEN
        RAISE EXCEPTION 'quota_cap' USING ERRCODE = 'check_violation', CONSTRAINT = 'quota_cap';
    END IF;
    RETURN NEW;
"""
# What experts judge by stands as it was published.
RUBRIC_FROZEN = """
    SELECT frozen_at INTO since FROM programmes_rubric WHERE id = COALESCE(NEW.rubric_id, OLD.rubric_id);
    IF since IS NOT NULL THEN
        RAISE EXCEPTION 'frozen_rubric' USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_rubric';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class Programme(models.Model):
    """What a city recognises year by year (项目), above its years."""

    city = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("city bureau"), related_name="programmes"
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=60)
    title = models.CharField(_("public title"), max_length=120)
    certificate = models.CharField(_("certificate numbers"), max_length=80)

    class Meta:
        ordering = ["id"]
        verbose_name = _("programme")
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="one_programme_per_code")]

    def __str__(self) -> str:
        return self.name

    def certified(self, year: int, letters: str) -> str:
        """A certificate's number, with a mark where its place in the series will stand."""
        given = {"city": self.city.code.upper(), "year": str(year), "type": letters}
        text = self.certificate
        for name, value in given.items():
            text = text.replace(f"{{{name}}}", value)
        return text


class Cycle(Stateful):
    """One year's recognition (年度认定)."""

    class State(Toned):
        PLANNED = "planned", QUIET, _("being planned")
        OPEN = "open", _("under way")
        CLOSED = "closed", QUIET, _("result published")
        ABANDONED = "abandoned", QUIET, _("abandoned")

    MOVES: ClassVar[dict[str, Move]] = {
        "open": Move({State.PLANNED}, State.OPEN),
        "close": Move({State.OPEN}, State.CLOSED),
        "abandon": Move({State.OPEN}, State.ABANDONED),
    }

    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    pack = models.CharField(_("policy pack"), max_length=60)
    city = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("city bureau"), related_name="cycles")
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name=_("programme"), related_name="cycles"
    )
    districts = models.ManyToManyField(Authority, verbose_name=_("districts"), related_name="district_cycles")
    cap = models.PositiveSmallIntegerField(_("cap"))
    call_deadline = models.DateField(_("last day for calls"), null=True)
    report_deadline = models.DateField(_("last day for reports"), null=True)
    publicity_days = models.PositiveSmallIntegerField(_("publicity, working days"), default=5)
    acceptance_days = models.PositiveSmallIntegerField(_("acceptance, working days"), default=5)
    correction_days = models.PositiveSmallIntegerField(_("correction, working days"), default=5)
    objection_days = models.PositiveSmallIntegerField(_("objection handling, working days"), default=10)
    returns_allowed = models.PositiveSmallIntegerField(_("chances to correct"), default=1)
    # What one file may weigh, in 2**20 bytes, and how many pages it may have [D].
    max_megabytes = models.PositiveSmallIntegerField(_("largest file, MB"), default=50)
    max_pages = models.PositiveSmallIntegerField(_("most pages of a file"), default=500)
    made_into_pdf = models.CharField(_("taken besides PDF"), max_length=40, default="photo word ofd")
    minimum_panel = models.PositiveSmallIntegerField(_("fewest experts of a panel"), default=3)
    trim_from = models.PositiveSmallIntegerField(_("experts from which extremes are dropped"), default=5)
    # A sheet this far from the panel's median is asked for a reason; its scores stay [D].
    outlier_gap = models.DecimalField(
        _("points off the median from which a reason is asked"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(15),
    )
    tie_order = models.JSONField(_("tie order"), default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = _("yearly recognition")
        constraints = [models.UniqueConstraint(fields=["city", "year", "pack"], name="one_cycle_per_pack")]
        triggers = [
            pgtrigger.Trigger(
                name="cap_above_quotas",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("cap"),  # type: ignore[no-untyped-call]  # untyped there
                declare=[("used", "integer")],
                func=CAP_ABOVE_QUOTAS,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def recognised(self) -> str:
        """What is recognised, as titles and letters say it: the city's name and the programme's."""
        return f"{self.city.place}{self.programme.name}"

    @property
    def basis(self) -> str:
        """The measures the year rests on, as its pack names them."""
        found = self.policy.get("basis") or {}
        return f"{found['name']}（{found['number']}）" if found else ""

    @property
    def policy(self) -> dict[str, Any]:
        """What its pack says, each text with the facts that it names as they stand now."""
        return filled(self.stated.facts | {"cap": self.cap})


class Policy(models.Model):
    """What a year's pack says; apart from the year, or lists would carry it in each row."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, primary_key=True, related_name="stated")
    facts: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]  # the stubs type no JSON

    class Meta:
        verbose_name = _("policy pack")

    def __str__(self) -> str:
        return self.cycle.pack


class CarrierType(models.Model):
    """One of the kinds of carrier [N1 一][N2 一], as this year's notice defines it."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="types")
    code = models.CharField(_("code"), max_length=40)
    letters = models.CharField(_("letters in certificate numbers"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    definition = models.TextField(_("definition"))
    focus = models.TextField(_("the year's focus"))
    words = searched("name")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["cycle", "order"]
        verbose_name = _("carrier type")
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="one_type_per_cycle")]

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """One type's application form; a corrected one is a new version, and an application keeps its own."""

    carrier_type = models.ForeignKey(CarrierType, models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    facts: dict[str, Any] = models.JSONField()  # type: ignore[assignment]  # the stubs type no JSON
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = Lines(_("reason"), blank=True)

    class Meta:
        ordering = ["carrier_type", "number"]
        verbose_name = _("application form")
        constraints = [models.UniqueConstraint(fields=["carrier_type", "number"], name="one_form_version")]

    def __str__(self) -> str:
        return f"{self.carrier_type} v{self.number}"

    @cached_property
    def shape(self) -> Form:
        """Its sections and entries."""
        return Form.model_validate(self.facts)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries, in their order."""
        return self.shape.entries


class Quota(models.Model):
    """How many carriers of one type a district may put forward; the sum never passes the city's cap."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="quotas")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="quotas")
    carrier_type = models.ForeignKey(CarrierType, models.CASCADE, related_name="quotas")
    places = models.PositiveSmallIntegerField(_("places"), default=0)
    # Set when the district's call, which states these places, is published.
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)

    class Meta:
        ordering = ["authority", "carrier_type"]
        verbose_name = _("quota")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "authority", "carrier_type"], name="one_quota_per_type")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="quota_within_cap",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("allowed", "integer"), ("used", "integer")],
                func=QUOTA_WITHIN_CAP,
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority.district} {self.carrier_type}: {self.places}"


class QuotaMove(models.Model):
    """Unused places the city moved from one district to another, on record."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="quota_moves")
    source = models.ForeignKey(Quota, models.PROTECT, related_name="moved_out")
    target = models.ForeignKey(Quota, models.PROTECT, related_name="moved_in")
    places = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-at"]
        verbose_name = _("quota move")

    def __str__(self) -> str:
        return f"{self.source.authority} → {self.target.authority}: {self.places}"


class Rubric(models.Model):
    """评审细则 of one type: the city's own (no district), or a district's version of it."""

    carrier_type = models.ForeignKey(CarrierType, models.CASCADE, related_name="rubrics")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="rubrics")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    pass_line = models.DecimalField(_("pass line"), max_digits=5, decimal_places=2, default=Decimal(70))
    category_min_ratio = models.DecimalField(
        _("least share of each category"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("0.6"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    sample = models.BooleanField(_("sample"), default=False)
    # Who said by which document that it is the real one, so that it is no sample any more.
    source = models.CharField(_("document it comes from"), max_length=200, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)

    class Meta:
        ordering = ["carrier_type", "authority", "-version"]
        verbose_name = _("rubric")
        constraints = [
            models.UniqueConstraint(
                fields=["carrier_type", "authority", "version"],
                nulls_distinct=False,
                name="one_rubric_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier_type} v{self.version}"


class Criterion(models.Model):
    """One line of a rubric: what is judged and the most points it gives."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    category = models.CharField(_("category"), max_length=60)
    name = models.CharField(_("criterion"), max_length=120)
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    note = models.CharField(_("how to judge"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rubric_id", "order"]
        verbose_name = _("criterion")
        triggers = [
            pgtrigger.Trigger(
                name="rubric_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("since", "timestamptz")],
                func=RUBRIC_FROZEN,
            )
        ]

    def __str__(self) -> str:
        return self.name


class MaterialRequirement(models.Model):
    """One slot of a type's material list (申报材料)."""

    carrier_type = models.ForeignKey(CarrierType, models.CASCADE, related_name="materials")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("material"), max_length=120)
    required = models.BooleanField(_("required"), default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sample = models.BooleanField(_("sample"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["carrier_type_id", "order"]
        verbose_name = _("required material")
        constraints = [models.UniqueConstraint(fields=["carrier_type", "code"], name="one_material_code")]

    def __str__(self) -> str:
        return self.name


class Nudge(models.Model):
    """A reminder the city sent to a district that is late."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="nudges")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="nudges")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("reminder")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.authority} {self.at:%Y-%m-%d}"
