"""A district's call, and every text the bureaus publish with its disclosure metadata."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core.folding import searched
from zaiti.core.text import Line, Lines
from zaiti.core.tones import DONE, QUIET, Toned
from zaiti.countersigned.models import TWO_PEOPLE, Change, Countersigned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move
from zaiti.papers.models import Paper
from zaiti.programmes.models import CarrierType, Cycle, Rubric


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> "PublicationQuerySet":
        """What the public reads; of a text taken down (撤下) only title, dates and reason are left to it."""
        return self.filter(taken_down_at=None)

    def readable_by(self, user: "User") -> "PublicationQuerySet":
        """What the public reads, and for bureaus what they and their districts took down."""
        own = user.authority_ids() if user.is_authenticated else []
        return self.filter(
            models.Q(taken_down_at=None) | models.Q(authority__in=own) | models.Q(authority__city__in=own)
        )


class Publication(models.Model):
    """A published text; never overwritten: a correction is a new one that links the old."""

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        EXTENSION = "extension", _("extension")
        CORRECTION = "correction", _("correction of a published text")
        POSTING = "posting", _("posting")
        RESULT = "result", _("announcement")
        REVOCATION = "revocation", _("revocation")
        GUIDE = "guide", _("guide")
        NOTICE = "notice", _("notice to the districts")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("publisher"), related_name="publications"
    )
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="publications")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))  # Markdown
    # Information-disclosure metadata [N2 head].
    index_number = models.CharField(_("index number"), max_length=40, blank=True)  # none without the code
    category = models.CharField(_("category"), max_length=60, blank=True)
    doc_number = models.CharField(_("document number"), max_length=60, blank=True)
    made_on = models.DateField(_("made on"))
    published_at = models.DateTimeField(_("published at"), db_index=True)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    words = searched("title", "keywords", "index_number", "doc_number")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    # An extension or the like: it adds to another text, which stands.
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("adds to")
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    attachments = models.ManyToManyField(StoredFile, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_down_at = models.DateTimeField(_("taken down at"), null=True)
    taken_down_reason = Lines(_("why it was taken down"), blank=True)
    taken_down_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = _("published text")
        constraints = [
            models.UniqueConstraint(
                fields=["index_number"],
                condition=~models.Q(index_number=""),
                name="one_text_an_index_number",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def and_earlier(self) -> "list[Publication]":
        """The text and all it replaced, the latest first."""
        rows = [self]
        while earlier := rows[-1].replaces:
            rows.append(earlier)
        return rows


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: "User") -> "CallQuerySet":
        """Everyone sees published calls; bureaus see their own; the city sees all."""
        published = models.Q(state=Call.State.PUBLISHED)
        if not user.is_authenticated:
            return self.filter(published)
        return self.filter(published | models.Q(authority__in=user.bureaus()))


class Call(Countersigned):
    """A district's call for applications (申报通知)."""

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        PREPARED = "prepared", _("waiting for approval")
        PUBLISHED = "published", DONE, _("published")
        WITHDRAWN = "withdrawn", QUIET, _("withdrawn with its year")

    MOVES: ClassVar[dict[str, Move]] = {
        "prepare": Move({State.DRAFT}, State.PREPARED),
        "send_back": Move({State.PREPARED}, State.DRAFT),
        "publish": Move({State.PREPARED}, State.PUBLISHED),
        "withdraw": Move({State.DRAFT, State.PREPARED, State.PUBLISHED}, State.WITHDRAWN),
    }
    APPROVE = "publish"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="calls")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="calls")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    requirements = models.TextField(_("requirements"), blank=True)
    contact_office = models.CharField(_("contact office"), max_length=120, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=60, blank=True)
    contact_address = models.CharField(_("address"), max_length=200, blank=True)
    paper_required = models.BooleanField(_("paper copies required"), default=False)
    paper_copies = models.PositiveSmallIntegerField(_("number of paper copies"), default=2)  # 一式两份 [N2]
    category = models.CharField(_("category"), max_length=60, blank=True)
    # As a bureau that numbers its papers elsewhere has them, or none [N2 has no 文号].
    numbered_elsewhere = models.BooleanField(_("numbers are not given by this system"), default=False)
    doc_number = models.CharField(_("document number"), max_length=60, blank=True)
    index_number = models.CharField(_("index number"), max_length=40, blank=True)
    publication = models.OneToOneField(Publication, models.PROTECT, null=True, related_name="call")
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__year", "authority"]
        verbose_name = _("call")
        constraints = [
            TWO_PEOPLE,
            models.UniqueConstraint(fields=["cycle", "authority"], name="one_call_per_district"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="window_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def bureau(self) -> Authority:
        """The district that calls."""
        return self.authority

    def is_open(self, at: datetime | None = None) -> bool:
        """Tell whether applications are taken at a moment (now); at the closing second they no longer are."""
        return self.state == self.State.PUBLISHED and self.opens_at <= (at or clock.now()) < self.closes_at


class CallVersion(models.Model):
    """The call's text as it was once put before the approver, for comparison."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("text"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["call", "-number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_call_version")]

    def __str__(self) -> str:
        return f"{self.call} v{self.number}"


class CallType(models.Model):
    """One carrier type a call is open for, with the rubric it is judged by."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="types")
    carrier_type = models.ForeignKey(CarrierType, models.PROTECT, related_name="+")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["carrier_type__order"]
        constraints = [models.UniqueConstraint(fields=["call", "carrier_type"], name="one_call_type")]

    def __str__(self) -> str:
        return str(self.carrier_type)


class Amendment(Change):
    """A change of what is published, by two people and a numbered paper (延期公告, 更正公告)."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("extension")
        CORRECTION = "correction", _("correction of a published text")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="changes", verbose_name=_("text that changes")
    )
    reason = Lines(_("reason"))
    old_closes_at = models.DateTimeField(_("old closing time"), null=True)  # of an extension
    closes_at = models.DateTimeField(_("new closing time"), null=True)
    title = Line(_("title"), max_length=200, blank=True)  # of a correction
    body = Lines(_("text"), blank=True)  # Markdown
    published = models.OneToOneField(
        Publication, models.PROTECT, null=True, related_name="amendment", verbose_name=_("published as")
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("amendment of a published text")
        constraints = [
            TWO_PEOPLE,
            models.UniqueConstraint(
                fields=["publication"], condition=models.Q(state="prepared"), name="one_amendment_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.publication}"

    def bureau(self) -> Authority:
        """Whose text it is."""
        return self.publication.authority


class CityNoticeQuerySet(models.QuerySet["CityNotice"]):
    def visible_to(self, user: "User") -> "CityNoticeQuerySet":
        """The city's people read theirs at any time; those of its districts once it is out."""
        out = models.Q(state=CityNotice.State.PUBLISHED, cycle__city__in=user.city_ids())
        return self.filter(out | models.Q(cycle__city__in=user.bureaus()))


class CityNotice(Change):
    """The city's own notice to its districts on a year's recognition [N1], with plan and rubrics."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="city_notice")
    title = Line(_("title"), max_length=200)
    body = Lines(_("text"))  # Markdown, as it was put before the approver
    publication = models.OneToOneField(
        Publication,
        models.PROTECT,
        null=True,
        related_name="city_notice",
        verbose_name=_("published as"),
    )

    objects = CityNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__year", "-id"]
        verbose_name = _("notice to the districts")
        constraints = [TWO_PEOPLE]

    def __str__(self) -> str:
        return self.title

    def bureau(self) -> Authority:
        """The city's bureau."""
        return self.cycle.city


class Acknowledgement(models.Model):
    """A district has received the city's notice (签收): who said so, and when."""

    notice = models.ForeignKey(CityNotice, models.PROTECT, related_name="acknowledgements")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at"]
        verbose_name = _("receipt of the city's notice")
        constraints = [
            models.UniqueConstraint(fields=["notice", "authority"], name="one_receipt_per_district")
        ]

    def __str__(self) -> str:
        return f"{self.authority}：{self.notice}"
