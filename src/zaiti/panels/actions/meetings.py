"""Site visits and the discussion, in that order, before any scoring."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.core import Refused, require
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.panels.models import Minutes, Panel, Review, Seat, SiteVisit
from zaiti.panels.notify import tell_scoring
from zaiti.panels.papers import issue_minutes, issue_visit
from zaiti.panels.photos import Photo, keep_photos
from zaiti.panels.rules import may_run


@transaction.atomic
def record_visit(
    review: Review,
    *,
    by: User,
    visited_at: datetime,
    place: str,
    visitors: Collection[Seat],
    findings: str,
    photos: Sequence[Photo] = (),
) -> SiteVisit:
    """Put a site visit on record; it opens the way to the discussion."""
    panel = review.panel
    require(may_run(by, panel))
    _check_meeting(panel, visitors, visited_at)
    move(review, "visit", by=by, visited_at=visited_at, visitors=len(visitors))
    kept = keep_photos(photos, by=by)
    visit = SiteVisit.objects.create(
        review=review, visited_at=visited_at, place=place, findings=findings, by=by
    )
    visit.visitors.set(visitors)
    visit.photos.set(kept)
    visit.paper = issue_visit(visit, by=by)
    visit.save(update_fields=["paper"])
    return visit


@transaction.atomic
def record_minutes(
    panel: Panel,
    *,
    by: User,
    reviews: Collection[Review],
    held_at: datetime,
    place: str,
    present: Collection[Seat],
    text: str,
) -> Minutes:
    """Put the discussion of these applications on record; with it their scoring opens."""
    require(may_run(by, panel))
    _check_meeting(panel, present, held_at)
    _check_discussion(panel, reviews, present, held_at)
    for review in reviews:
        move(review, "discuss", by=by, held_at=held_at)
    minutes = Minutes.objects.create(panel=panel, held_at=held_at, place=place, text=text, by=by)
    minutes.reviews.set(reviews)
    minutes.present.set(present)
    record("record_minutes", minutes, by=by, reviews=[review.pk for review in reviews])
    minutes.paper = issue_minutes(minutes, by=by)
    minutes.save(update_fields=["paper"])
    tell_scoring(panel, list(reviews))
    return minutes


def _check_meeting(panel: Panel, seats: Collection[Seat], moment: datetime) -> None:
    panel.refresh_from_db(fields=["state"])
    if panel.state != Panel.State.WORKING:
        raise Refused(_("The panel is %s; draw its experts first.") % panel.get_state_display())
    if moment > clock.now():
        raise Refused(_("What has not happened yet cannot be put on record."))
    if not seats or any(seat.panel_id != panel.pk or seat.left_at for seat in seats):
        raise Refused(_("Name the experts who were there; they must sit on this panel."))


def _check_discussion(
    panel: Panel, reviews: Collection[Review], present: Collection[Seat], held_at: datetime
) -> None:
    if not reviews or any(review.panel_id != panel.pk for review in reviews):
        raise Refused(_("Name the applications that were discussed; they must be before this panel."))
    if len(set(present)) < panel.cycle.minimum_panel:
        raise Refused(_("At least %s experts discuss together.") % panel.cycle.minimum_panel)
    if SiteVisit.objects.filter(review__in=reviews, visited_at__gt=held_at).exists():
        raise Refused(_("The discussion comes after the site visits."))
