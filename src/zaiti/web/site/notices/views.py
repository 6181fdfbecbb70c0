"""The published texts with their disclosure metadata."""

import re

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zaiti.dossiers.story import Document
from zaiti.notices.amending import alterations
from zaiti.notices.models import Amendment, Publication
from zaiti.notices.queries import call_of
from zaiti.publicity.models import Posting
from zaiti.web.http.cities import bureaus_here
from zaiti.web.site.notices.tables import NoticeFilter, NoticeTable
from zaiti.web.ui.pages import listing, page
from zaiti.web.ui.prose import prose

READ = "read"  # a cookie of this browser session: what it has opened, so that each text is counted once
READ_KEPT = 200
ADDRESSEES = re.compile(r"\A<p>([^<]*：)</p>")
ATTACHED = "<p>附件："


def notices(request: HttpRequest) -> HttpResponse:
    """List the published texts."""
    here = Publication.objects.filter(authority__in=bureaus_here(request))
    rows = here.standing().select_related("authority")
    return listing(
        request,
        "site/notices/index.html",
        NoticeTable,
        NoticeFilter,
        rows,
        title=_("Notices"),
        empty_what=_("Nothing has been published yet."),
        empty_how=_("Calls, postings and announcements will stand here with their disclosure metadata."),
    )


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one text, and count that it was read."""
    read = opened(request)
    first_time = request.method == "GET" and pk not in read
    if first_time:
        _whole(request).filter(pk=pk).update(views=F("views") + 1)
    text = get_object_or_404(_whole(request), pk=pk)
    if text.taken_down_at:
        return taken_down(request, text)
    altered = Amendment.objects.filter(Q(publication__in=text.and_earlier()) | Q(published=text))
    altered = altered.filter(state="published", publication__taken_down_at=None).select_related(
        "published__paper", "publication__authority"
    )
    answer = page(
        request,
        "site/notices/notice.html",
        text=text,
        body=official(text),
        papers=_papers(text),
        amendments=list(text.amendments.filter(amendment=None).order_by("published_at")),
        altered=[(one, alterations(one)) for one in altered],
        call=call_of(text),
    )
    if first_time:
        answer.set_cookie(READ, ".".join(map(str, [*read, pk][-READ_KEPT:])), httponly=True, samesite="Lax")
    return answer


def taken_down(request: HttpRequest, text: Publication, posting: Posting | None = None) -> HttpResponse:
    """What is left at the address of a text that was taken down: title, dates, reason."""
    return page(request, "site/notices/taken_down.html", text=text, posting=posting)


def opened(request: HttpRequest) -> list[int]:
    """The texts this browser session has opened."""
    return [int(key) for key in request.COOKIES.get(READ, "").split(".") if key.isascii() and key.isdigit()]


def official(text: Publication) -> SafeString:
    """The text as safe HTML, with its addressees, attachments and signature where letters have them."""
    body = ADDRESSEES.sub(r'<p class="z-to">\1</p>', prose(text.body))
    signature = f"<p>{escape(text.authority.name)}<br>"
    signed = signature.replace("<p>", '<p class="z-sign">')
    body = body.replace(ATTACHED, ATTACHED.replace("<p>", '<p class="z-attachments">'))
    return mark_safe(body.replace(signature, signed))  # noqa: S308  # cleaned by prose()


def _whole(request: HttpRequest) -> QuerySet[Publication]:
    here = Publication.objects.filter(authority__in=bureaus_here(request))
    return here.select_related(
        "authority", "cycle", "paper", "replaces", "replaced_by", "amends", "call", "posting"
    ).prefetch_related("attachments")


def _papers(text: Publication) -> list[Document]:
    """The text as an official document, and what is attached to it."""
    own = (
        [Document(_("Official document"), reverse("ui:paper", args=[text.paper.pk]))]
        if text.paper and text.paper.public
        else []
    )
    return own + [
        Document(file.name, reverse("ui:attachment", args=[text.pk, file.pk]), file.size, _suffix(file.name))
        for file in text.attachments.all()
    ]


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].upper() if "." in name else "PDF"


urlpatterns: list[URLPattern] = [
    path("notices/", notices, name="notices"),
    path("notices/<int:pk>/", notice, name="notice"),
]
