"""The city's notice to its districts: read, prepared, published, acknowledged, and who has not yet."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zaiti.accounts.models import Post
from zaiti.dossiers.affairs import city_notice_next
from zaiti.dossiers.timeline import history
from zaiti.notices.actions import (
    acknowledge,
    prepare_city_notice,
    publish_city_notice,
    remind_of_city_notice,
    send_back_city_notice,
)
from zaiti.notices.models import CityNotice
from zaiti.notices.papers import NOTICE
from zaiti.notices.queries import latest, not_acknowledged, written
from zaiti.notices.to_districts import city_body, city_facts, with_plan_as_it_is
from zaiti.programmes.models import Cycle
from zaiti.programmes.queries import policy
from zaiti.programmes.rules import may_plan
from zaiti.web.desk.access import at_desk, in_bureau, in_city_bureau
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.plan.context import find_cycle
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.ui.pages import Request, onward, page


@at_desk(in_bureau)
def show(request: Request, pk: int) -> HttpResponse:
    """Read the notice, and take the next step."""
    return _show(request, *_find(request, pk))


@at_desk(in_city_bureau)
def preview(request: Request, pk: int) -> HttpResponse:
    """Show the paper as it would be issued now."""
    cycle = _of_the_city(find_cycle(request, pk))
    title = policy(cycle).notice.title
    return draft(NOTICE, authority=cycle.city, title=title, facts=city_facts(cycle))


@require_POST
@at_desk(in_city_bureau)
def prepare(request: Request, pk: int) -> HttpResponse:
    """Put it before the approver."""
    prepare_city_notice(find_cycle(request, pk), by=request.user)
    messages.success(request, _("The notice waits for another person's approval."))
    return onward(request, "desk:city_notice", pk)


@require_POST
@at_desk(in_city_bureau)
def publish(request: Request, pk: int) -> HttpResponse:
    """Approve and publish it."""
    text = publish_city_notice(_prepared(request, pk), by=request.user)
    messages.success(request, _("Published as %(n)s; everyone concerned is told.") % {"n": text.doc_number})
    return onward(request, "desk:city_notice", pk)


@require_POST
@at_desk(in_city_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Give it back to who prepared it."""
    found = _prepared(request, pk)
    again = partial(_show, request, found.cycle, found)
    return with_reason(request, send_back_city_notice, found, again) or onward(
        request, "desk:city_notice", pk
    )


@require_POST
@at_desk(in_city_bureau)
def remind(request: Request, pk: int) -> HttpResponse:
    """Remind the districts that have not acknowledged it."""
    n = remind_of_city_notice(_prepared(request, pk), by=request.user)
    said = ngettext("%(n)s district was reminded.", "%(n)s districts were reminded.", n)
    messages.success(request, said % {"n": n})
    return onward(request, "desk:city_notice", pk)


@require_POST
@at_desk(in_bureau)
def receive(request: Request, pk: int, authority: int) -> HttpResponse:
    """Acknowledge it for one's district."""
    notice = _prepared(request, pk)
    acknowledge(notice, get_object_or_404(notice.cycle.districts, pk=authority), by=request.user)
    messages.success(request, _("Acknowledged; the city sees who did so and when."))
    return onward(request, "desk:city_notice", pk)


def _notices(request: Request) -> QuerySet[CityNotice]:
    rows = CityNotice.objects.visible_to(request.user)
    return rows.select_related(
        "cycle__city", "prepared_by", "approved_by", "publication__paper__pdf", "publication__replaced_by"
    )


def _prepared(request: Request, pk: int) -> CityNotice:
    return get_object_or_404(_notices(request), cycle=pk)


def _find(request: Request, pk: int) -> tuple[Cycle, CityNotice | None]:
    """The year with its notice; before there is one, for the city alone."""
    found = _notices(request).filter(cycle=pk).first()
    return (found.cycle, found) if found else (_of_the_city(find_cycle(request, pk)), None)


def _of_the_city(cycle: Cycle) -> Cycle:
    if policy(cycle).level != "city":
        raise Http404
    return cycle


def _show(
    request: Request, cycle: Cycle, found: CityNotice | None, reason: ReasonForm | None = None
) -> HttpResponse:
    plans = may_plan(request.user, cycle) and cycle.state == Cycle.State.OPEN
    facts = _text(cycle, found, plans) | (_steps(request, found) if found else {})
    facts |= {"cycle": cycle, "notice": found, "reason_form": reason or ReasonForm()}
    facts |= {"may_prepare": plans and (found is None or found.can("prepare")), "may_plan": plans}
    return page(request, "desk/calls/city_notice.html", status=422 if reason else 200, **facts)


def _text(cycle: Cycle, found: CityNotice | None, plans: bool) -> dict[str, Any]:
    """What it says: as published and corrected, or as it would go out now."""
    if found is None or found.publication is None:
        return {"title": policy(cycle).notice.title, "body": city_body(cycle)}
    text = latest(found.publication)
    title, body = written(text) if text.replaces_id else (text.title, text.body)
    differs = plans and with_plan_as_it_is(body, cycle) != body
    return {"title": title, "body": body, "text": text, "differs": differs}


def _steps(request: Request, found: CityNotice) -> dict[str, Any]:
    text = found.publication
    out = list(not_acknowledged(found)) if text else []
    mine = {p.authority_id for p in request.user.live_posts() if p.role == Post.Role.OFFICER}
    return {
        "received": list(found.acknowledgements.select_related("authority", "by")),
        "missing": out,
        "to_receive": [place for place in out if place.pk in mine],
        "whereabouts": city_notice_next(found, out),
        "events": history(found, papers=[text.paper if text else None]),
        **signing(found, request.user),
    }


urlpatterns = [
    path("plan/<int:pk>/notice/", show, name="city_notice"),
    path("plan/<int:pk>/notice/preview/", preview, name="city_notice_preview"),
    path("plan/<int:pk>/notice/prepare/", prepare, name="city_notice_prepare"),
    path("plan/<int:pk>/notice/send-back/", send_back, name="city_notice_send_back"),
    path("plan/<int:pk>/notice/publish/", publish, name="city_notice_publish"),
    path("plan/<int:pk>/notice/remind/", remind, name="city_notice_remind"),
    path("plan/<int:pk>/notice/acknowledge/<int:authority>/", receive, name="city_notice_acknowledge"),
]
