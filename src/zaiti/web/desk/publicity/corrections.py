"""A posting's page, and its correction by two people."""

from functools import partial

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zaiti.publicity import actions
from zaiti.publicity.models import Posting, PostingCorrection
from zaiti.publicity.papers import POSTING, corrected_names, posting_facts, posting_title
from zaiti.publicity.queries import waiting
from zaiti.ranking.models import Candidate
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.drafts import draft
from zaiti.web.desk.publicity.context import posting_board
from zaiti.web.desk.publicity.forms import CorrectionForm
from zaiti.web.desk.reasons import ReasonForm, with_reason
from zaiti.web.ui.pages import Request, onward, page


@require_POST
@at_desk(in_bureau)
def correct(request: Request, pk: int) -> HttpResponse:
    """Put a correction of a posting before the approver."""
    posting = find_posting(request, pk)
    form = CorrectionForm(request.POST, choose_from=_correctable(posting))
    if not form.is_valid():
        return show_posting(request, posting, form)
    reason, names = form.cleaned_data["reason"], form.cleaned_data["names"]
    actions.prepare_posting_correction(posting, by=request.user, reason=reason, candidates=names)
    messages.success(request, _("The correction waits for another person's approval."))
    return onward(request, "desk:posting", pk)


@at_desk(in_bureau)
def letter(request: Request, pk: int) -> HttpResponse:
    """The correction's letter as it would be issued now."""
    found = _find(request, pk)
    year, bureau = found.posting.cycle, found.posting.authority
    names = corrected_names(found.posting, _rows().filter(pk__in=found.candidates.all()))
    facts = posting_facts(year, bureau, names, reason=found.reason)
    title = posting_title(year, bureau, correction=True)
    return draft(POSTING, authority=bureau, title=title, facts=facts)


@require_POST
@at_desk(in_bureau)
def publish(request: Request, pk: int) -> HttpResponse:
    """Approve the correction and publish it."""
    made = actions.publish_posting_correction(_find(request, pk), by=request.user)
    return onward(request, "desk:posting", made.pk)


@require_POST
@at_desk(in_bureau)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Give the correction back to who prepared it."""
    found = _find(request, pk)
    again = partial(show_posting, request, found.posting)
    refused = with_reason(request, actions.send_back_posting_correction, found, again)
    return refused or onward(request, "desk:posting", found.posting_id)


def find_posting(request: Request, pk: int) -> Posting:
    """A posting of the bureaus one serves; of the city's districts too."""
    return get_object_or_404(_postings(request), pk=pk)


def show_posting(
    request: Request, posting: Posting, form: CorrectionForm | None = None, reason: ReasonForm | None = None
) -> HttpResponse:
    """The page of a posting."""
    facts = posting_board(posting, request.user) | {"reason_form": reason or ReasonForm()}
    if facts["correctable"]:
        facts["form"] = form or CorrectionForm(
            choose_from=_correctable(posting), initial=_begun(facts["correction"], facts.get("changed", ()))
        )
    status = 422 if form or reason else 200
    return page(request, "desk/publicity/posting.html", status=status, posting=posting, **facts)


def _postings(request: Request) -> QuerySet[Posting]:
    ids = request.user.authority_ids()
    shown = Posting.objects.filter(Q(authority__in=ids) | Q(cycle__city__in=ids))
    return shown.select_related("authority", "cycle", "publication", "paper__pdf")


def _find(request: Request, pk: int) -> PostingCorrection:
    rows = PostingCorrection.objects.filter(posting__in=_postings(request))
    shown = rows.select_related("posting__authority", "posting__cycle", "posting__publication")
    return get_object_or_404(shown.select_related("posting__paper__pdf"), pk=pk)


def _rows() -> QuerySet[Candidate]:
    rows = Candidate.objects.select_related("review__application__organisation", "carrier_type")
    return rows.order_by("carrier_type__order", "rank")


def _correctable(posting: Posting) -> QuerySet[Candidate]:
    listed = Q(postings=posting, state=Candidate.State.POSTED)
    added = Q(pk__in=waiting(posting.cycle, posting.authority).values("pk"))
    return _rows().filter(listed | added).distinct()


def _begun(back: PostingCorrection | None, changed: list[Candidate]) -> dict[str, object]:
    """What was written before it was sent back."""
    return {"reason": back.reason, "names": [row.pk for row in changed]} if back else {}


urlpatterns = [
    path("publicity/<int:pk>/correct/", correct, name="posting_correct"),
    path("publicity/corrections/<int:pk>/letter/", letter, name="posting_correction_letter"),
    path("publicity/corrections/<int:pk>/publish/", publish, name="posting_correction_publish"),
    path("publicity/corrections/<int:pk>/send-back/", send_back, name="posting_correction_send_back"),
]
