"""The register: carriers enter it with the city's announcement."""

from django.db import transaction

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.carriers import papers
from zaiti.carriers.models import Carrier
from zaiti.ledger.chain import record
from zaiti.outbox.notify import notify
from zaiti.papers.numbers import next_number
from zaiti.ranking.models import Candidate
from zaiti.results.actions import publish_announcement
from zaiti.results.models import Announcement

NUMBER = "{number}"


@transaction.atomic
def announce(announcement: Announcement, *, by: User) -> list[Carrier]:
    """Publish the city's list and enter each recognised candidate in the register."""
    publish_announcement(announcement, by=by)
    recognised = Candidate.objects.filter(cycle=announcement.cycle, state=Candidate.State.RECOGNISED)
    chosen = recognised.select_related("review__application__organisation", "carrier_type", "authority")
    return [
        _enter(candidate, by=by)
        for candidate in chosen.order_by("authority_id", "carrier_type__order", "rank").filter(carrier=None)
    ]


def _enter(candidate: Candidate, *, by: User) -> Carrier:
    application = candidate.review.application
    carrier = Carrier.objects.create(
        certificate_number=_certificate_number(candidate),
        candidate=candidate,
        organisation=application.organisation,
        carrier_type=candidate.carrier_type,
        authority=candidate.authority,
        name=application.carrier_name or application.organisation.name,
        unit=application.organisation.name,
        year=candidate.cycle.year,
        recognised_on=clock.today(),
    )
    record("register", carrier, by=by, certificate=carrier.certificate_number)
    carrier.certificate = papers.certificate(carrier, by=by)
    carrier.save(update_fields=["certificate"])
    notify(
        application.contact,
        "carriers/mail/recognised.txt",
        about=carrier,
        carrier=carrier,
    )
    return carrier


def _certificate_number(candidate: Candidate) -> str:
    """As its programme numbers them; what stands round the number is its series."""
    series = candidate.cycle.programme.certified(candidate.cycle.year, candidate.carrier_type.letters)
    return series.replace(NUMBER, f"{next_number(f'carrier:{series}'):04d}")
