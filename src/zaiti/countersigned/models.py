"""The fields of what needs two people, and the database's own word on it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Post, User
from zaiti.core.text import Lines
from zaiti.core.tones import ATTENTION, DONE, QUIET, Toned
from zaiti.ledger.moves import Move, Stateful

# For the `constraints` of each class: whatever happens above, the database keeps the two apart.
TWO_PEOPLE = models.CheckConstraint(
    condition=~Q(approved_by=F("prepared_by")), name="%(app_label)s_%(class)s_two_people"
)


class Countersigned(Stateful):
    """Prepared by one, sent back with a reason or approved by another (审签)."""

    WRITERS: ClassVar[tuple[Post.Role, ...]] = (Post.Role.OFFICER,)
    PREPARE: ClassVar[str] = "prepare"
    SEND_BACK: ClassVar[str] = "send_back"
    APPROVE: ClassVar[str]

    prepared_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    sent_back_reason = Lines(_("why it was sent back"), blank=True)

    class Meta:
        abstract = True

    def bureau(self) -> Authority:
        """The bureau in whose name it goes out."""
        raise NotImplementedError  # each class says; Django's models can't be abstract base classes as well

    def approval(self) -> str:
        """The step by which it is approved."""
        return self.APPROVE


class Change(Countersigned):
    """A change of what is out: that stands as it is until another person publishes the change."""

    class State(Toned):
        DRAFT = "draft", QUIET, _("draft")
        PREPARED = "prepared", _("waiting for approval")
        SENT_BACK = "sent_back", ATTENTION, _("sent back")
        PUBLISHED = "published", DONE, _("published")

    MOVES: ClassVar[dict[str, Move]] = {
        "prepare": Move({State.DRAFT, State.SENT_BACK}, State.PREPARED),
        "send_back": Move({State.PREPARED}, State.SENT_BACK),
        "publish": Move({State.PREPARED}, State.PUBLISHED),
    }
    APPROVE = "publish"

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(_("begun at"))

    class Meta:
        abstract = True
