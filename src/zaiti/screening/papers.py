"""The notices of this room: what each says, and how it is numbered and sent."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.papers import kinds
from zaiti.papers.actions import issue
from zaiti.papers.kinds import Kind
from zaiti.papers.models import Paper
from zaiti.papers.typst import draft
from zaiti.screening.models import PaperCopy
from zaiti.screening.queries import Line, chances

CASE = "applications.application"
ACCEPTANCE = kinds.add(
    "screening",
    "acceptance",
    _("acceptance notice"),
    word="受",
    title="受理通知书",
    made_by=[(CASE, "accept")],
)
CORRECTION = kinds.add(
    "screening",
    "correction",
    _("correction notice"),
    word="补",
    title="补正通知书",
    made_by=[(CASE, "return")],
)
REFUSAL = kinds.add(
    "screening",
    "refusal",
    _("refusal notice"),
    word="拒",
    title="不予受理通知书",
    made_by=[(CASE, "decline")],
)
PAPER_COPY = kinds.add(
    "screening",
    "paper_copy",
    _("paper copy receipt"),
    word="纸",
    title="纸质材料收件回执",
    made_by=[("screening.papercopy", "receive_paper_copy")],
)
Facts = dict[str, object]


def send(kind: Kind, application: Application, facts: Facts, *, by: User | None) -> Paper:
    """Issue one notice of the district to the applicant."""
    to = application.organisation
    return issue(kind, by=by, authority=application.authority, facts=facts, organisation=to)


def preview(kind: Kind, application: Application, facts: Facts) -> Paper:
    """Give the same notice before it is sent."""
    return draft(kind.template, title=kind.title, facts=facts, authority=application.authority)


def acceptance(application: Application, lines: list[Line], *, deemed: bool = False) -> Facts:
    """Say what was accepted; `deemed` when the time to answer ran out."""
    files = [(line.requirement.name, line.version.pages) for line in lines if line.version]
    return _case(application) | {"materials": files, "deemed": deemed, "answer_due": application.answer_due}


def correction(application: Application, reasons: str, due: date | None) -> Facts:
    """List everything that is to be corrected, and until when."""
    faults = [line.strip() for line in reasons.splitlines() if line.strip()]
    return _case(application) | {"faults": faults, "due": due, "chances": chances(application)}


def refusal(application: Application, reason: str) -> Facts:
    """Say why it is not accepted."""
    return _case(application) | {"reasons": reason.strip().splitlines()}


def paper_copy(application: Application, copy: PaperCopy) -> Facts:
    """Say what was handed over at the counter."""
    return _case(application) | {
        "received_at": timezone.localtime(copy.received_at),
        "copies": copy.copies,
        "copies_asked": application.call.paper_copies,
        "pages": copy.pages,
        "has_contents": copy.has_contents,
        "cover_code": copy.cover_code,
        "matches": copy.matches,
        "note": copy.note,
    }


def _case(application: Application) -> Facts:
    call = application.call
    return {
        "organisation": application.organisation.name,
        "uscc": application.organisation.uscc,
        "application": application.number or "",
        "carrier_type": application.carrier_type.name,
        "carrier_name": application.carrier_name,
        "cycle": call.cycle.name,
        "submitted_at": application.submitted_at and timezone.localtime(application.submitted_at),
        "basis": call.cycle.basis,
        "phone": call.contact_phone,
        "address": call.contact_address,
    }
