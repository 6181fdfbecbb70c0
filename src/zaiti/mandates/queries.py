"""What a page shows of a letter: its pre-check, the other sides, and what the unit has done so far."""

from dataclasses import dataclass

from zaiti.accounts.models import Organisation, User
from zaiti.applications.models import Application
from zaiti.mandates.models import Mandate
from zaiti.screening.scan_reports import Seen, scan_reports, seen_alone

State = Mandate.State


@dataclass(frozen=True)
class Look:
    """What the pre-check says of a letter: whose seal it sees, whose code it reads."""

    seen: Seen | None
    code: str

    @property
    def sealed(self) -> str:
        """Whether a seal reads the unit's name: same, near (a sign or two are not sure), other, or none."""
        seals = self.seen.seals if self.seen else []
        for word in ("same", "near"):
            if any(getattr(seal, word) for seal in seals):
                return word
        return "other" if seals else "none"

    @property
    def coded(self) -> str:
        """Whether the unit's code stands in the text: same, other, or none."""
        codes = self.seen.reading.summary.get("uscc", []) if self.seen else []
        return "same" if self.code in codes else "other" if codes else "none"

    @property
    def sound(self) -> bool:
        """Whether both speak for the letter."""
        return self.sealed == self.coded == "same"


def look_at(mandate: Mandate) -> Look:
    """Give the pre-check of a letter, read for the name that it was sent under."""
    rows = scan_reports([mandate.file], mandate.unit_name)
    reading = rows.get(mandate.file.sha256)
    return Look(seen_alone(reading) if reading else None, mandate.organisation.uscc)


def rivals(mandate: Mandate) -> list[Mandate]:
    """The other letters about the same unit that wait, or were once confirmed."""
    others = mandate.organisation.mandates.exclude(pk=mandate.pk).exclude(person=mandate.person)
    wanted = others.filter(state__in=(State.WAITING, State.CONFIRMED))
    return list(wanted.select_related("person", "file", "organisation"))


def owner_of(organisation: Organisation) -> User | None:
    """The person who runs the unit's account."""
    return organisation.members.filter(org_role=User.OrgRole.OWNER).first()


def handed_in(organisation: Organisation) -> int:
    """How many applications the unit has handed in: they stay its own whoever acts for it."""
    return Application.objects.filter(organisation=organisation, submitted_at__isnull=False).count()


def newest(user: User, organisation: Organisation) -> Mandate | None:
    """The person's latest letter about this unit."""
    return (
        user.mandates.filter(organisation=organisation)
        .select_related("file", "authority", "organisation")
        .order_by("-sent_at", "-pk")
        .first()
    )


def claims_of(user: User) -> list[Mandate]:
    """The claims a person has made, latest first."""
    return list(
        user.mandates.filter(claim=True).select_related("authority", "organisation").order_by("-sent_at")
    )
