"""Bound copies at the counter."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.screening import papers
from zaiti.screening.models import PaperCopy
from zaiti.screening.notify import tell_applicant
from zaiti.screening.rules import may_screen

TAKEN_IN = {Application.State.SUBMITTED, Application.State.RETURNED, Application.State.ACCEPTED}


@transaction.atomic
def receive_paper_copy(
    application: Application,
    *,
    by: User,
    copies: int,
    pages: int,
    has_contents: bool,
    matches: bool,
    note: str = "",
    cover_code: str = "",
) -> PaperCopy:
    """Take in the bound copies, compared with the electronic ones; a later delivery replaces an earlier."""
    require(may_screen(by, application))
    _require_wanted(application)
    if not matches and not note.strip():
        raise Refused(_("Say how the paper copy differs from the electronic one."))
    code = cover_code.strip() or application.number or ""
    facts = {"copies": copies, "pages": pages, "has_contents": has_contents, "matches": matches}
    given = {**facts, "note": note.strip(), "cover_code": code}
    copy = _keep(application, {**given, "by": by, "received_at": clock.now()})
    record("receive_paper_copy", copy, by=by, **given)
    tell_applicant(application, "paper_copy", copy=copy)
    return copy


def _keep(application: Application, given: dict[str, Any]) -> PaperCopy:
    """Keep the copy as it came, and give its receipt."""
    copy, _new = PaperCopy.objects.update_or_create(application=application, defaults=given)
    facts = papers.paper_copy(application, copy)
    copy.paper = papers.send(papers.PAPER_COPY, application, facts, by=copy.by)
    copy.save(update_fields=["paper"])
    return copy


def _require_wanted(application: Application) -> None:
    if not application.call.paper_required:
        raise Refused(_("This call asks for no paper copies."))
    if application.state not in TAKEN_IN:
        raise Refused(
            _("Paper copies are not taken while the application is “%s”.") % application.get_state_display()
        )
