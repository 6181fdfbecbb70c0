"""A posting and an objection at a glance."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.countersigned.rules import may_prepare
from zaiti.doors.desk.countersigned import signing
from zaiti.doors.desk.history import PUBLICITY, REPORT, Happening, events, procedure
from zaiti.doors.ui.pieces import Paper
from zaiti.papers.models import Paper as Issued
from zaiti.publicity import rules
from zaiti.publicity.models import Objection, Posting
from zaiti.publicity.queries import is_late, names_of
from zaiti.ranking.models import Candidate

POSTING_WORDS: dict[str, Happening] = {
    "post": (gettext_lazy("The names were posted"), "active"),
    "replace": (gettext_lazy("A correction replaced this posting"), "attention"),
    "close": (gettext_lazy("The posting ended"), "done"),
}
OBJECTION_WORDS: dict[str, Happening] = {
    "lodge": (gettext_lazy("The objection came in"), "active"),
    "take_up": (gettext_lazy("It was taken up"), "active"),
    "turn_away": (gettext_lazy("It was not admitted"), "quiet"),
    "propose": (gettext_lazy("An answer was proposed"), "active"),
    "send_back": (gettext_lazy("The answer was sent back"), "attention"),
    "uphold": (gettext_lazy("The objection was upheld"), "late"),
    "reject": (gettext_lazy("The objection was not upheld"), "done"),
}


def posting_board(posting: Posting, user: User) -> dict[str, Any]:
    """What the page of a posting shows to this person."""
    names, first = list(names_of(posting)), localtime(posting.posted_at).date()
    over = clock.now() >= clock.end_of_day(posting.last_day)
    mine, running = rules.may_post(user, posting.authority), posting.state == Posting.State.OPEN
    objections = Objection.objects.visible_to(user).filter(
        candidate__in=[name.candidate_id for name in names]
    )
    return {
        "title": _("Posting of %(district)s") % {"district": posting.authority.district},
        "names": names,
        "objections": list(objections.select_related("candidate__review__application__organisation")),
        "correctable": mine and running and any(n.candidate.state == Candidate.State.POSTED for n in names),
        "may_close": mine and running and over,
        "running": running,
        "over": over,
        "first": first,
        "day_one": first + timedelta(days=1),
        "last": posting.last_day,
        "papers": papers_of(posting.paper),
        "steps": procedure(PUBLICITY if running else REPORT),
        "events": events(posting, POSTING_WORDS, {"post": papers_of(posting.paper)}),
    }


def objection_board(objection: Objection, user: User) -> dict[str, Any]:
    """What the page of an objection shows: who raised it only to those who handle it."""
    handles, seen = may_prepare(user, objection), rules.may_see_objector(user, objection)
    receipt, answer = papers_of(objection.receipt), papers_of(objection.answer_paper)
    made = {"lodge": receipt, "turn_away": answer, "uphold": answer, "reject": answer}
    return {
        "title": _("Objection to %(name)s") % {"name": objection.candidate},
        "late": is_late(objection),
        "seen": seen,
        "person": _person(objection) if seen else [],
        "evidence": _evidence(objection) if seen else [],
        "next": _next(objection),
        "may_take_up": handles and objection.can("take_up"),
        "may_propose": handles and objection.can("propose"),
        "may_turn_away": rules.may_turn_away(user, objection) and objection.can("turn_away"),
        **signing(objection, user),
        "open": objection.state in Objection.OPEN,
        "papers": receipt + answer,
        "events": events(objection, OBJECTION_WORDS, made),
    }


def papers_of(paper: Issued | None) -> list[Paper]:
    """A paper as a link."""
    if paper is None:
        return []
    size = paper.pdf.size if paper.pdf else 0
    return [Paper(paper.title, reverse("ui:paper", args=[paper.pk]), size, note=paper.number)]


def _person(objection: Objection) -> list[tuple[str, str]]:
    return [
        (_("Name"), objection.name),
        (_("Identity document"), objection.get_identity_kind_display()),
        (_("Identity number"), objection.identity_number),
        (_("Telephone"), objection.phone),
        (_("Email"), objection.email),
        (_("Unit"), objection.unit),
    ]


def _evidence(objection: Objection) -> list[Paper]:
    """Under the names it came under, for those who handle the case."""
    return [
        Paper(
            f.original_name, reverse("ui:file", args=[f.pk]), f.size, f.content_type.partition("/")[2].upper()
        )
        for f in objection.evidence.order_by("pk")
    ]


def _next(objection: Objection) -> tuple[str, str]:
    bureau = str(objection.posting.authority)
    approver = _("the approver of %(bureau)s") % {"bureau": bureau}
    return {
        Objection.State.RECEIVED: (_("Take it up, or turn it away with a reason"), bureau),
        Objection.State.HANDLING: (_("Look into it and propose an answer"), bureau),
        Objection.State.PROPOSED: (_("Approve the answer or send it back"), approver),
    }.get(Objection.State(objection.state), ("", ""))
