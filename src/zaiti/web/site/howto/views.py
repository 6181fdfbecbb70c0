"""How to apply through this system, step by step with pictures (申报系统操作指引), as a page and to keep."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from zaiti.papers import typst
from zaiti.programmes.models import Cycle
from zaiti.programmes.queries import policy
from zaiti.web.http.downloads import PDF, download
from zaiti.web.site.home import live_cycles
from zaiti.web.site.howto.steps import told_by
from zaiti.web.ui.pages import page

TITLE = "申报系统操作指引"  # as districts' notices call it [N2]


def howto(request: HttpRequest) -> HttpResponse:
    """Show every step with its picture."""
    cycle = _cycle(request)
    return page(request, "site/howto/howto.html", cycle=cycle, steps=told_by(policy(cycle)), title=TITLE)


def howto_pdf(request: HttpRequest) -> HttpResponse:
    """The same to print and keep."""
    cycle = _cycle(request)
    facts = {
        "programme": str(cycle.programme),
        "year": cycle.year,
        "steps": [asdict(step) | {"image": step.image} for step in told_by(policy(cycle))],
    }
    paper = typst.draft("site/papers/howto.typ", title=TITLE, facts=facts, authority=cycle.city)
    return download(typst.render_pdf(paper), f"{TITLE}.pdf", PDF)


def _cycle(request: HttpRequest) -> Cycle:
    cycle = live_cycles(request).select_related("city", "programme").first()
    if cycle is None:
        raise Http404
    return cycle


urlpatterns: list[URLPattern] = [
    path("guide/system/", howto, name="howto"),
    path("guide/system/pdf/", howto_pdf, name="howto_pdf"),
]
