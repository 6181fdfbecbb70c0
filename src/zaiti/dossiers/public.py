"""What the public reads of a carrier's way, each with the text it was published by."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from zaiti.carriers.models import Carrier, Revocation
from zaiti.dossiers.story import Document, Event, Say
from zaiti.notices.models import Publication
from zaiti.publicity.models import Posting


def public_history(carrier: Carrier) -> list[Event]:
    """Posted, recognised, revoked; the latest first."""
    announcement = getattr(carrier.candidate.cycle, "announcement", None)
    recognised = _event(
        carrier.recognised_on,
        _("Recognised and entered in the register"),
        announcement and announcement.publication,
        "done",
    )
    return [*_revoked(carrier), recognised, *_posted(carrier)]


def _posted(carrier: Carrier) -> list[Event]:
    rows = Posting.objects.filter(candidates=carrier.candidate_id).select_related("publication")
    return [
        _event(row.posted_at, _("Posted to the public"), row.publication)
        for row in rows.order_by("-posted_at")
    ]


def _revoked(carrier: Carrier) -> list[Event]:
    if not carrier.revoked_on:
        return []
    decided = carrier.revocations.filter(state=Revocation.State.DECIDED).select_related("publication").first()
    text = decided.publication if decided else None
    return [_event(carrier.revoked_on, _("Recognition revoked"), text, "late")]


def _event(at: date | datetime, what: Say, text: Publication | None, tone: str = "") -> Event:
    return Event(at, what, tone=tone, papers=[_document(text)] if text and not text.taken_down_at else [])


def _document(text: Publication) -> Document:
    return Document(text.title, reverse("site:notice", args=[text.pk]), kind=str(text.get_kind_display()))
