"""A unit that has handed in asks for a new name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Organisation, Post, User
from zaiti.core.text import Line, Lines
from zaiti.core.tones import ATTENTION, DONE, LATE, QUIET, Toned
from zaiti.files.models import StoredFile
from zaiti.ledger.moves import Move, Stateful


class RenamingQuerySet(models.QuerySet["Renaming"]):
    def visible_to(self, user: "User") -> "RenamingQuerySet":
        """One's own unit's; those of the district one serves; those of all its districts, for the city."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organisation=user.organisation_id) if user.organisation_id else Q(pk=None)
        return self.filter(own | Q(authority__in=user.bureaus()))

    def to_answer(self, user: "User") -> "RenamingQuerySet":
        """Those that wait for this officer of the district asked."""
        officer = [post.authority_id for post in user.live_posts() if post.role == Post.Role.OFFICER]
        rows = self.filter(state=Renaming.State.ASKED, authority__in=officer)
        return rows.exclude(organisation=user.organisation_id) if user.organisation_id else rows


class Renaming(Stateful):
    """A unit that has handed in asks its district to consent to a new name (更名)."""

    class State(Toned):
        ASKED = "asked", ATTENTION, _("waiting for the district's consent")
        CONSENTED = "consented", DONE, _("consented to")
        REFUSED = "refused", LATE, _("refused")
        TAKEN_BACK = "taken_back", QUIET, _("taken back by the unit")

    MOVES: ClassVar[dict[str, Move]] = {
        "consent": Move({State.ASKED}, State.CONSENTED),
        "refuse": Move({State.ASKED}, State.REFUSED),
        "take_back": Move({State.ASKED}, State.TAKEN_BACK),
    }

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="renamings")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("district"), related_name="renamings"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    former = Line(_("present name"), max_length=120)
    name = Line(_("new name"), max_length=120)
    reason = Lines(_("reason"))
    evidence = models.ManyToManyField(StoredFile, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    answer = Lines(_("why it was refused"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = RenamingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("renaming")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="asked"), name="one_open_renaming"
            )
        ]

    def __str__(self) -> str:
        return f"{self.former} → {self.name}"
