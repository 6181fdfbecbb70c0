"""Real-name objections: lodging one, and following it by its secret link."""

from datetime import timedelta
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from zaiti.files.evidence import MOST_FILES, MOST_TOGETHER
from zaiti.limits import spend
from zaiti.papers.models import Paper
from zaiti.publicity.actions import lodge_objection
from zaiti.publicity.models import Objection, Posted
from zaiti.publicity.papers import posted_as
from zaiti.publicity.queries import may_still_object
from zaiti.web.http.arrival import arrived_at
from zaiti.web.http.cities import bureaus_here
from zaiti.web.http.refusals import is_again
from zaiti.web.http.visitors import HOUR, household
from zaiti.web.site.objections.forms import ObjectionForm
from zaiti.web.ui.pages import page

# An office shares one address, a person has one browser [D].
MOST_AN_HOUR = {"address": 20, "browser": 5}
MOST_A_DAY = {"files": 100, "bytes": 500 * 2**20}
DAY = timedelta(days=1)


@never_cache
def lodge(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """The form for one posted name; sent, it leads to the receipt."""
    name = _posted(request, pk, candidate)
    if name.posting.publication.taken_down_at:
        return redirect("site:posting", pk)
    _count_evidence(request)
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, name, form)
    _count(request)
    made = lodge_objection(name.posting, name.candidate, arrived=arrived_at(request), **form.cleaned_data)
    return redirect("site:objection", made.token)


def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where an objection stands, for who has the link."""
    objection = _case(token)
    facts: dict[str, Any] = {"unit": posted_as(objection), "link": request.build_absolute_uri()}
    return page(request, "site/objections/case.html", objection=objection, **facts)


def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """The receipt as PDF."""
    return _letter(request, _case(token).receipt)


def answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """The answer as PDF."""
    return _letter(request, _case(token).answer_paper)


def _posted(request: HttpRequest, pk: int, candidate: int) -> Posted:
    rows = Posted.objects.filter(posting__authority__in=bureaus_here(request)).select_related(
        "posting__authority",
        "posting__cycle",
        "posting__publication",
        "candidate__review__application__organisation",
        "candidate__carrier_type",
    )
    return get_object_or_404(rows, posting=pk, candidate=candidate)


def _form(request: HttpRequest, name: Posted, form: ObjectionForm) -> HttpResponse:
    facts: dict[str, Any] = {"name": name, "posting": name.posting, "open": may_still_object(name.candidate)}
    return page(
        request, "site/objections/lodge.html", status=422 if form.is_bound else 200, form=form, **facts
    )


def _case(token: str) -> Objection:
    rows = Objection.objects.select_related(
        "posting__authority",
        "posting__publication",
        "candidate__review__application__organisation",
        "candidate__carrier_type",
        "receipt__pdf",
        "answer_paper__pdf",
    )
    return get_object_or_404(rows, token=token)


def _letter(request: HttpRequest, paper: Paper | None) -> HttpResponseBase:
    if paper is None:
        raise Http404
    if paper.pdf is None:
        return page(request, "ui/paper_wait.html", paper=paper)
    return FileResponse(
        paper.pdf.content.open("rb"), content_type="application/pdf", filename=f"{paper.title}.pdf"
    )


def _count_evidence(request: HttpRequest) -> None:
    """What an address sends without an account is limited by the day; what is held is not counted again."""
    sent = request.FILES.getlist("evidence")
    size = sum(file.size or 0 for file in sent)
    if is_again(request):
        return
    if 0 < len(sent) <= MOST_FILES and size <= MOST_TOGETHER:  # more the form itself refuses
        who = household(request)
        spend("evidence: files by address", who, most=MOST_A_DAY["files"], per=DAY, cost=len(sent))
        spend("evidence: bytes by address", who, most=MOST_A_DAY["bytes"], per=DAY, cost=size)


def _count(request: HttpRequest) -> None:
    for kind, who in {"address": household(request), "browser": _browser(request)}.items():
        spend(f"objection by {kind}", who, most=MOST_AN_HOUR[kind], per=HOUR)


def _browser(request: HttpRequest) -> str:
    """What tells browsers apart; the session of who is signed in would lead to the account."""
    if request.user.is_authenticated:
        return str(request.META.get("CSRF_COOKIE", ""))
    if not request.session.session_key:
        request.session.create()
    return str(request.session.session_key)


urlpatterns: list[URLPattern] = [
    path("postings/<int:pk>/object/<int:candidate>/", lodge, name="object"),
    path("objections/<str:token>/", follow, name="objection"),
    path("objections/<str:token>/receipt/", receipt, name="objection_receipt"),
    path("objections/<str:token>/answer/", answer, name="objection_answer"),
]
