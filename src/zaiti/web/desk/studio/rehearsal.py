"""What would go wrong with a year, by its calendar and its numbers."""

from django.http import HttpResponse
from django.urls import path

from zaiti.studio.checking import Problem, checked
from zaiti.studio.paths import path_of
from zaiti.studio.rehearsing import rehearsed
from zaiti.web.desk.access import at_desk, in_city_bureau
from zaiti.web.desk.studio.context import find, told
from zaiti.web.ui.pages import Request, page


@at_desk(in_city_bureau)
def rehearse(request: Request, pk: int) -> HttpResponse:
    """Go through the year, once nothing of it is missing."""
    draft = find(request, pk)
    pack, problems = checked(draft)
    found = rehearsed(pack) if pack else None
    wrong = [Problem(path_of(draft.facts, at), said) for at, said in (found.wrong if found else ())]
    return page(
        request,
        "desk/studio/rehearsal.html",
        draft=draft,
        found=found,
        wrong=told(draft, wrong),
        missing=told(draft, problems) if pack is None else [],
    )


urlpatterns = [path("plan/drafts/<int:pk>/rehearse/", rehearse, name="year_draft_rehearse")]
