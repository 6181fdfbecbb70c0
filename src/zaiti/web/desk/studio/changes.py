"""What was changed in a year, by whom; taken back one by one; beside last year's; and what is said of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.core import Refused, require
from zaiti.studio.actions import remark, restore, settle, undo
from zaiti.studio.comparing import against, last_year
from zaiti.studio.keeping import steps_of
from zaiti.studio.models import Change, YearDraft
from zaiti.studio.rules import may_write
from zaiti.studio.steps import Step
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.studio.context import find
from zaiti.web.desk.studio.sections import address, pages_of
from zaiti.web.desk.studio.told import Told, told_steps
from zaiti.web.ui.pages import Request, onward, page

PER_PAGE = 25


@at_desk(in_city_bureau)
def changes(request: Request, pk: int) -> HttpResponse:
    """Read what was changed, and take it back."""
    draft = find(request, pk)
    rows = draft.changes.select_related("by", "undone_by")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts: dict[str, Any] = {
        "draft": draft,
        "shown": shown,
        "changes": [(row, told(draft, row)) for row in shown],
        "may_write": may_write(request.user, draft) and draft.can("prepare"),
    }
    return page(request, "desk/studio/changes.html", **facts)


@at_desk(in_city_bureau)
def differences(request: Request, pk: int) -> HttpResponse:
    """Read what differs from the year before."""
    draft = find(request, pk)
    last = last_year(draft)
    return page(request, "desk/studio/differences.html", draft=draft, last=last, rows=compared(draft))


@require_POST
@at_desk(in_city_bureau)
def take_back(request: Request, pk: int) -> HttpResponse:
    """Undo one change."""
    draft = find(request, pk)
    require(may_write(request.user, draft))
    undo(draft, by=request.user, change=_number(request, "change"))
    messages.success(request, _("The change is undone."))
    return onward(request, "desk:year_draft_changes", pk)


@require_POST
@at_desk(in_city_bureau)
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Restore the year as it stood after a change."""
    draft = find(request, pk)
    require(may_write(request.user, draft))
    restore(draft, by=request.user, change=_number(request, "change"))
    messages.success(request, _("The year stands as it stood then."))
    return onward(request, "desk:year_draft_changes", pk)


@require_POST
@at_desk(in_city_bureau)
def say(request: Request, pk: int) -> HttpResponse:
    """Comment on a field or part."""
    draft, given = find(request, pk), request.POST
    at = given.get("path", "")
    remark(draft, by=request.user, path=at, text=given.get("text", ""))
    return redirect(f"{address(draft.pk, pages_of(draft), at).partition('#')[0]}#remarks")


@require_POST
@at_desk(in_city_bureau)
def settle_it(request: Request, pk: int) -> HttpResponse:
    """Say that a comment is dealt with."""
    settle(find(request, pk), by=request.user, remark=_number(request, "remark"))
    return redirect(reverse("desk:year_draft", args=[pk]) + "#remarks")


def told(draft: YearDraft, change: Change) -> list[Told]:
    """A change in words."""
    return _in_words(draft, steps_of(change))


def compared(draft: YearDraft) -> list[Told]:
    """What differs from the year before, in words."""
    last = last_year(draft)
    return _in_words(draft, against(draft, last) if last else [])


def _in_words(draft: YearDraft, steps: list[Step]) -> list[Told]:
    return told_steps(draft.pk, draft.facts, pages_of(draft), steps)


def _number(request: Request, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > 18:
        raise Refused(_("There is no such part; load the page again."))
    return int(given)


urlpatterns = [
    path("plan/drafts/<int:pk>/changes/", changes, name="year_draft_changes"),
    path("plan/drafts/<int:pk>/differences/", differences, name="year_draft_differences"),
    path("plan/drafts/<int:pk>/undo/", take_back, name="year_draft_undo"),
    path("plan/drafts/<int:pk>/restore/", bring_back, name="year_draft_restore"),
    path("plan/drafts/<int:pk>/remark/", say, name="year_draft_remark"),
    path("plan/drafts/<int:pk>/settle/", settle_it, name="year_draft_settle"),
]
