"""Handing in, withdrawing and taking up again."""

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Organisation, Post, User
from zaiti.accounts.naming import turn_of
from zaiti.accounts.queries import code_in_numbers, holders
from zaiti.applications.kinds import require_kind
from zaiti.applications.models import Application, Submission
from zaiti.applications.papers import RECEIPT
from zaiti.applications.queries import gaps, slots
from zaiti.applications.rebasing import rebase, turn_of_form
from zaiti.applications.rules import may_edit
from zaiti.core import Refused, require
from zaiti.core.folding import fold
from zaiti.core.sealed import masked
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.ledger.turns import take_turn
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.papers.numbers import next_number
from zaiti.programmes.packs.form import Entry


@transaction.atomic
def submit(application: Application, *, by: User, arrived: datetime | None = None) -> Submission:
    """Hand a complete application in that reached the server before the second of the deadline."""
    require(may_edit(by, application))
    arrived = arrived or clock.now()
    _take_turns(application)
    move(application, "submit", by=by, arrived=arrived)
    _guard_standing(application)
    _guard_window(application, arrived)
    _guard_complete(application)
    _guard_kind(application)
    _guard_alone(application)
    submission = hand_in(application, by=by, arrived=arrived)
    notify(
        application.contact,
        "applications/mail/submitted.txt",
        about=submission,
        application=application,
        submission=submission,
    )
    return submission


@transaction.atomic
def hand_in(application: Application, *, by: User, arrived: datetime) -> Submission:
    """Number it, set the day an answer is due, and make the receipt; for a move that hands in."""
    require(may_edit(by, application))
    _guard_placed(application)
    application.number = application.number or _number(application)
    application.submitted_at = application.submitted_at or arrived
    application.answer_due = _answer_due(application, arrived)
    application.open_fields = []
    application.claims = list(claims(application))
    application.save(update_fields=["number", "submitted_at", "answer_due", "open_fields", "claims"])
    submission = Submission.objects.create(
        application=application,
        number=f"{application.number}-{application.submissions.count() + 1}",
        at=clock.now(),
        arrived_at=arrived,
        by=by,
        form=_form(application),
        form_version=application.answers.form,
        files=_files(application),
    )
    application.materials.update(open_for_correction=False)
    _receipt(submission, by)
    record("hand_in", submission, by=by, application=application.pk, files=submission.files)
    return submission


@transaction.atomic
def settle_answer_day(application: Application, *, by: User | None) -> date | None:
    """Set the day an answer is due once the holiday table reaches it, and tell the applicant."""
    require(by is None)
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(no_key=True))
    due = _answer_due(application, application.submissions.latest("at", "id").arrived_at)
    if application.state != Application.State.SUBMITTED or application.answer_due or due is None:
        return None
    application.answer_due = due
    application.save(update_fields=["answer_due"])
    record("settle_term", application, by=by, due=due)
    _tell_term(application)
    return due


@transaction.atomic
def withdraw(application: Application, *, by: User, arrived: datetime | None = None) -> None:
    """Take it back, until the deadline; draft and files are kept."""
    require(may_edit(by, application))
    arrived = arrived or clock.now()
    move(application, "withdraw", by=by, arrived=arrived)
    _guard_window(application, arrived)
    application.answer_due = None
    application.save(update_fields=["answer_due"])
    notify(
        application.contact,
        "applications/mail/withdrawn.txt",
        about=application,
        application=application,
    )


@transaction.atomic
def reopen(application: Application, *, by: User, arrived: datetime | None = None) -> None:
    """Make a draft again of what was withdrawn; from then the district sees it no more."""
    require(may_edit(by, application))
    arrived = arrived or clock.now()
    turn_of_form(application.carrier_type)
    move(application, "reopen", by=by, arrived=arrived)
    _guard_window(application, arrived)
    application.submitted_at = None
    application.save(update_fields=["submitted_at"])
    rebase(application, by=by)


def _tell_term(application: Application) -> None:
    mail = "applications/mail/term_settled"
    notify(application.contact, f"{mail}.txt", about=application, application=application)
    officers = holders(application.authority, Post.Role.OFFICER)
    notify(officers, f"{mail}_officers.txt", about=application, application=application)


def _answer_due(application: Application, arrived: datetime) -> date | None:
    first = timezone.localtime(arrived).date()
    return clock.term(first, application.call.cycle.acceptance_days)


def _guard_window(application: Application, arrived: datetime) -> None:
    """Judge by when the request arrived: what waited in a queue, or for the ledger, is not late."""
    application.call.refresh_from_db(fields=["opens_at", "closes_at", "state"])
    if application.call.is_open(arrived):
        return
    closed = timezone.localtime(application.call.closes_at)
    raise Refused(
        _("The window closed at %s. Nothing can be handed in or withdrawn now; your form and files are kept.")
        % f"{closed:%Y-%m-%d %H:%M:%S}"
    )


def _guard_standing(application: Application) -> None:
    """Who registered the unit must have shown that they may act for it."""
    if not Organisation.objects.get(pk=application.organisation_id).confirmed:
        raise Refused(
            _(
                "The unit is not confirmed yet, so nothing can be handed in for it. Send its sealed letter "
                "of authorisation under “Authorisation”; your form and files are kept meanwhile."
            )
        )


def _guard_complete(application: Application) -> None:
    if owed := gaps(application):
        raise Refused(_("It is not complete yet: %s") % " ".join(owed))


def _guard_kind(application: Application) -> None:
    require_kind(application.call, application.organisation)


def _guard_placed(application: Application) -> None:
    if names := [str(row) for row in application.dropped.select_related("file")]:
        raise Refused(
            _("These files have no place yet: %s. Please put each in its place, or let it go, then hand in.")
            % _(", ").join(names)
        )


def _take_turns(application: Application) -> None:
    """Come one after the other with whatever the same unit or the same master hands in."""
    take_turn(turn_of(application.organisation))
    for claim in claims(application):
        take_turn(claim)


def _guard_alone(application: Application) -> None:
    """One district per unit and type, and what may stand once only (a master) once citywide in a year [D].

    The unit's turn and the master's are taken, so no other is handed in between this look and the commit.
    """
    others = _handed_in_this_year(application)
    if rival := others.filter(organisation=application.organisation).first():
        raise Refused(_("Your unit has applied for this type this year already, in %s.") % rival.authority)
    for claim, entry in claims(application).items():
        if others.filter(claims__contains=[claim]).exists():
            raise Refused(
                _("“%s” stands in another application of this type this year; it may stand in only one.")
                % entry.name
            )


def claims(application: Application) -> dict[str, Entry]:
    """What may stand in one application of the type a year: “entry:folded words”, with the entry."""
    once = [entry for entry in application.asked if entry.once and application.answer(entry.code)]
    return {f"{entry.code}:{fold(application.answer(entry.code))}": entry for entry in once}


def _handed_in_this_year(application: Application) -> models.QuerySet[Application]:
    cycle = application.call.cycle
    return Application.objects.filter(
        call__cycle__programme=cycle.programme_id,
        call__cycle__year=cycle.year,
        carrier_type__code=application.carrier_type.code,
        state__in=Application.HANDED_IN,
    ).exclude(pk=application.pk)


def _number(application: Application) -> str:
    code, year = code_in_numbers(application.authority).upper(), application.call.cycle.year
    return f"{code}{year}-{next_number(f'application:{code}:{year}'):03d}"


def _form(application: Application) -> dict[str, object]:
    """The form as handed in; what rests sealed stays so in its own place."""
    said = application.answers.said
    return {
        entry.code: masked(said.get(entry.code) or "") if entry.sealed else said.get(entry.code)
        for entry in application.asked
    }


def _files(application: Application) -> list[dict[str, object]]:
    return [
        {
            "material": slot.requirement.name,
            "name": slot.version.file.name,
            "version": slot.version.number,
            "pages": slot.version.pages,
            "size": slot.version.file.size,
            "sha256": slot.version.file.sha256,
        }
        for slot in slots(application)
        if slot.version
    ]


def _receipt(submission: Submission, by: User) -> None:
    application = submission.application
    submission.paper = issue(
        RECEIPT,
        by=by,
        authority=application.authority,
        organisation=application.organisation,
        facts={
            "number": application.number,
            "receipt": submission.number,
            "arrived": submission.arrived_at,
            "at": submission.at,
            "unit": application.organisation.name,
            "uscc": application.organisation.uscc,
            "cycle": application.call.cycle.name,
            "carrier_type": application.carrier_type.name,
            "carrier_name": application.carrier_name,
            "answer_due": application.answer_due,
            "files": submission.files,
        },
    )
    submission.save(update_fields=["paper"])
