"""A posting and an objection at a glance."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.countersigned.rules import may_prepare
from zaiti.dossiers.affairs import amendment_next, objection_next, posting_next, posting_steps
from zaiti.dossiers.story import Document, documents
from zaiti.dossiers.timeline import history
from zaiti.publicity import rules
from zaiti.publicity.models import Objection, Posting, PostingCorrection
from zaiti.publicity.queries import correction_in_hand, is_late, names_of
from zaiti.ranking.models import Candidate
from zaiti.web.desk.countersigned import signing


def posting_board(posting: Posting, user: User) -> dict[str, Any]:
    """What the page of a posting shows to this person."""
    names, first = list(names_of(posting)), localtime(posting.posted_at).date()
    over = clock.now() >= clock.end_of_day(posting.last_day)
    mine, running = rules.may_post(user, posting.authority), posting.state == Posting.State.OPEN
    correction = correction_in_hand(posting)
    objections = Objection.objects.visible_to(user).filter(
        candidate__in=[name.candidate_id for name in names]
    )
    return {
        "title": _("Posting of %(district)s") % {"district": posting.authority.district},
        "names": names,
        "objections": list(objections.select_related("candidate__review__application__organisation")),
        "correctable": rules.may_correct(user, posting.authority)
        and running
        and (correction is None or correction.can("prepare"))
        and any(n.candidate.state == Candidate.State.POSTED for n in names),
        "correction": correction,
        **(_in_hand(correction, user) if correction else {}),
        "may_close": mine and running and over,
        "running": running,
        "over": over,
        "first": first,
        "day_one": first + timedelta(days=1),
        "last": posting.last_day,
        "papers": documents(posting.paper),
        "steps": posting_steps(posting),
        "whereabouts": (correction and running and amendment_next(correction)) or posting_next(posting),
        "events": history(posting, *([correction] if correction else []), papers=[posting.paper]),
    }


def _in_hand(correction: PostingCorrection, user: User) -> dict[str, Any]:
    rows = correction.candidates.select_related("review__application__organisation", "carrier_type")
    return {"changed": list(rows.order_by("carrier_type__order", "rank")), **signing(correction, user)}


def objection_board(objection: Objection, user: User) -> dict[str, Any]:
    """What the page of an objection shows: who raised it only to those who handle it."""
    handles, seen = may_prepare(user, objection), rules.may_see_objector(user, objection)
    papers = [objection.receipt, objection.answer_paper]
    return {
        "title": _("Objection to %(name)s") % {"name": objection.candidate},
        "late": is_late(objection),
        "seen": seen,
        "person": _person(objection) if seen else [],
        "evidence": _evidence(objection) if seen else [],
        "whereabouts": objection_next(objection),
        "may_take_up": handles and objection.can("take_up"),
        "may_propose": handles and objection.can("propose"),
        "may_turn_away": rules.may_turn_away(user, objection) and objection.can("turn_away"),
        **signing(objection, user),
        "open": objection.state in Objection.OPEN,
        "papers": documents(*papers),
        "events": history(objection, papers=papers),
    }


def _person(objection: Objection) -> list[tuple[str, str]]:
    return [
        (_("Name"), objection.name),
        (_("Identity document"), objection.get_identity_kind_display()),
        (_("Identity number"), objection.identity_number),
        (_("Telephone"), objection.phone),
        (_("Email"), objection.email),
        (_("Unit"), objection.unit),
    ]


def _evidence(objection: Objection) -> list[Document]:
    """Under the names it came under, for those who handle the case."""
    return [
        Document(
            f.original_name, reverse("ui:file", args=[f.pk]), f.size, f.content_type.partition("/")[2].upper()
        )
        for f in objection.evidence.order_by("pk")
    ]
