"""The page of a year: where each district stands, and whether the year goes on."""

from django.http import HttpResponse

from zaiti.programmes.models import Cycle
from zaiti.programmes.rules import may_plan
from zaiti.studio.models import Abandonment, YearDraft
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.plan.progress import Progress, district_progress
from zaiti.web.desk.reasons import ReasonForm
from zaiti.web.ui.pages import Request, page


def show(
    request: Request, cycle: Cycle, reason: ReasonForm | None = None, *, why: ReasonForm | None = None
) -> HttpResponse:
    """The page, with a reason that was missing: of abandoning the year, or of correcting its form."""
    rows = district_progress(Cycle.objects.filter(pk=cycle.pk))
    asked = Abandonment.objects.select_related("prepared_by").filter(cycle=cycle).first()
    plans = may_plan(request.user, cycle)
    facts = {
        "cycle": cycle,
        "rows": rows,
        "late": [row for row in rows if row.late],
        "totals": _totals(rows),
        "may_plan": plans,
        "abandonment": asked,
        "may_abandon": plans and cycle.can("abandon") and (asked is None or asked.can("prepare")),
        "corrections": list(YearDraft.objects.in_preparation().filter(corrects=cycle).defer("facts")),
        "may_correct": plans and cycle.state == Cycle.State.OPEN,
        "why_form": why or ReasonForm(auto_id="why_%s"),
        "reason_form": reason or ReasonForm(),
        **(signing(asked, request.user) if asked else {}),
    }
    return page(request, "desk/plan/year.html", status=422 if reason or why else 200, **facts)


def _totals(rows: list[Progress]) -> dict[str, int]:
    names = ("places", "placed", "applied", "accepted", "scored", "reports_sent")
    return {name: sum(getattr(row, name) for row in rows) for name in names}
