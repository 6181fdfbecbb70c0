"""Draws of experts that anyone can repeat, in the browser or in a shell; no expert is named."""

from django.db.models import Func, IntegerField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from zaiti.panels.models import Draw
from zaiti.panels.queries import PublicDraw, public_draw
from zaiti.web.http.cities import bureaus_here
from zaiti.web.site.draws.tables import DrawFilter, DrawTable
from zaiti.web.ui.pages import listing, page

# What a shell needs to repeat a draw: a key for each line, the lowest first, the seated ones alone.
SHELL = (
    "SEED={seed}\ncurl -s {lines} | while read -r LINE; do\n"
    '  printf \'%s  %s\\n\' "$(printf \'%s\\n%s\' "$SEED" "$LINE" | sha256sum | cut -c1-64)" "$LINE"\n'
    "done | sort | head -n {places}"
)


def draws(request: HttpRequest) -> HttpResponse:
    """List the draws, the latest first."""
    size = Func("pool", function="jsonb_array_length", output_field=IntegerField())
    return listing(
        request,
        "site/draws/index.html",
        DrawTable,
        DrawFilter,
        _all(request).annotate(pool_size=size),
        title=_("Expert draws"),
        empty_what=_("No experts have been drawn yet."),
        empty_how=_("Each draw stands here with its seed and its lines, so that anyone can repeat it."),
    )


def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one draw."""
    record = public_draw(get_object_or_404(_all(request), pk=pk))
    lines = request.build_absolute_uri(reverse("site:draw_lines", args=[pk]))
    shell = SHELL.format(seed=record.seed, lines=lines, places=record.places)
    return page(request, "site/draws/draw.html", draw=record, rows=_rows(record), pk=pk, shell=shell)


def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The pool's lines as they were drawn from, one a line."""
    record = public_draw(get_object_or_404(_all(request), pk=pk))
    return HttpResponse(
        "".join(f"{line}\n" for line in record.lines), content_type="text/plain; charset=utf-8"
    )


def _all(request: HttpRequest) -> QuerySet[Draw]:
    here = Draw.objects.filter(panel__authority__in=bureaus_here(request))
    return here.select_related("panel__authority", "panel__carrier_type", "panel__cycle")


def _rows(record: PublicDraw) -> list[dict[str, object]]:
    """Each line of the pool, with its place among the seated."""
    seated = {one.line: (place, one.key) for place, one in enumerate(record.drawn, 1)}
    rows: list[dict[str, object]] = []
    for line in record.lines:
        number, _space, mark = line.partition(" ")
        place, key = seated.get(line, (None, ""))
        rows.append({"line": line, "number": number, "mark": mark, "place": place, "key": key})
    return rows


urlpatterns: list[URLPattern] = [
    path("draws/", draws, name="draws"),
    path("draws/<int:pk>/", draw, name="draw"),
    path("draws/<int:pk>/lines.txt", lines, name="draw_lines"),
]
