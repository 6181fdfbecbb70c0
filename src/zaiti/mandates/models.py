"""Who may act for a unit: its sealed letters of authorisation (授权委托书), and what the district says."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Organisation, User
from zaiti.core.text import Line, Lines
from zaiti.core.tones import ATTENTION, DONE, QUIET, Toned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, user: User) -> "MandateQuerySet":
        """The person's own, and what one's bureau or its city decides; never the other side's."""
        bureaus = user.authority_ids()
        return self.filter(Q(person=user) | Q(authority__in=bureaus) | Q(authority__city__in=bureaus))

    def to_decide(self, user: User) -> "MandateQuerySet":
        """Those that one's bureau, or the city, decides."""
        bureaus = user.authority_ids()
        return self.filter(Q(authority__in=bureaus) | Q(authority__city__in=bureaus))


class Mandate(Stateful):
    """One sealed letter that names a person to act for a unit, until the district has looked at it."""

    class State(Toned):
        WAITING = "waiting", _("waiting for the district")
        CONFIRMED = "confirmed", DONE, _("confirmed")
        SENT_BACK = "sent_back", ATTENTION, _("sent back")
        CLOSED = "closed", QUIET, _("closed without a decision")

    MOVES: ClassVar[dict[str, Move]] = {
        "confirm": Move({State.WAITING}, State.CONFIRMED),
        "send_back": Move({State.WAITING}, State.SENT_BACK),
        "close": Move({State.WAITING}, State.CLOSED),
    }

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="mandates"
    )
    person = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="mandates")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="mandates"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True
    )
    # A claim: the unit is registered already, by someone else.
    claim = models.BooleanField(_("claim"), default=False)
    unit_name = Line(_("name of the unit"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(_("pages"))
    sent_at = models.DateTimeField(_("sent in at"))
    decided_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("by"), null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = Lines(_("reason"), blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        verbose_name = _("letter of authorisation")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(state="waiting"), name="one_waiting_mandate"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} · {self.person}"
