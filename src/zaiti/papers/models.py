"""Letters and records the procedure makes: numbered, frozen in their facts, rendered as PDF by a job."""

from collections.abc import Collection
from typing import Any, Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti.files.models import StoredFile
from zaiti.papers import kinds


class Counter(models.Model):
    """A gapless series of numbers; a number given is never given again."""

    key = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"


class Bureau(Protocol):
    """Whoever issues: its key, and the 机关代字 of its numbers."""

    pk: Any
    doc_prefix: Any


class Reader(Protocol):
    """Whoever reads: with or without an account, for a unit or a bureau."""

    pk: Any
    organisation_id: Any

    @property
    def is_authenticated(self) -> Any: ...

    def authority_ids(self) -> Collection[int]: ...


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: Reader) -> "PaperQuerySet":
        """Public papers, one's own organisation's, those of one's own bureaus; some stay below."""
        if not user.is_authenticated:
            return self.filter(public=True)
        mine = Q(organisation=user.organisation_id) if user.organisation_id else Q(pk=None)
        not_for_the_city = Q(kind__in=kinds.below_city())
        above = Q(authority__city__in=user.authority_ids()) & ~not_for_the_city
        served = Q(authority__in=user.authority_ids()) | above
        return self.filter(Q(public=True) | mine | served | Q(reader=user.pk))


class Paper(models.Model):
    """One document, of a kind that its room declares."""

    kind = models.CharField(_("kind"), max_length=24, choices=kinds.choices)
    number = models.CharField(_("number"), max_length=80, blank=True)  # none where the bureau keeps no series
    title = models.CharField(_("title"), max_length=200)
    template = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    authority = models.ForeignKey(
        "accounts.Authority", models.PROTECT, verbose_name=_("authority"), null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, verbose_name=_("organisation"), null=True, related_name="+"
    )
    reader = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    public = models.BooleanField(default=False)
    made_at = models.DateTimeField(_("made at"))
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    failure = models.TextField(blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("paper")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_paper_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".rstrip()
