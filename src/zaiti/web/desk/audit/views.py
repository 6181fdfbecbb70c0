"""The ledger, for auditors: the list, one entry, and whether the chain holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaiti.dossiers.actions import ask_for_check
from zaiti.dossiers.queries import entries_for
from zaiti.dossiers.rules import may_audit, may_check
from zaiti.ledger.chain import holds
from zaiti.ledger.deeds import deed, kind_name
from zaiti.ledger.models import GENESIS, ChainCheck, Entry
from zaiti.web.desk.access import at_desk
from zaiti.web.desk.audit.tables import EntryFilter, EntryTable, actor, facts
from zaiti.web.http.proofs import proof_of
from zaiti.web.ui.pages import Request, listing, onward, page


@at_desk(may_audit)
def ledger(request: Request) -> HttpResponse:
    """List the deeds, latest first, and say whether the chain holds."""
    checks = list(ChainCheck.objects.select_related("by")[:2])
    return listing(
        request, "desk/audit/ledger.html", EntryTable, EntryFilter, entries_for(request.user),
        title=_("Ledger"), may_check=may_check(request.user),
        last=next((check for check in checks if check.done_at), None),
        under_way=next((check for check in checks if not check.done_at), None),
        empty_what=_("Nothing has happened yet."),
        empty_how=_("Every step of the procedure writes one line here."),
    )  # fmt: skip


@at_desk(may_audit)
def entry(request: Request, pk: int) -> HttpResponse:
    """One deed with all that was noted with it, and whether its own hash holds."""
    row = get_object_or_404(entries_for(request.user), pk=pk, place__isnull=False)
    before = (
        Entry.objects.filter(place__lt=row.place).order_by("-place").values_list("hash", flat=True).first()
    )
    mine = entries_for(request.user)
    earlier = mine.filter(place__lt=row.place).order_by("-place").values_list("pk", flat=True).first()
    after = mine.filter(place__gt=row.place).order_by("place").values_list("pk", flat=True).first()
    return page(
        request, "desk/audit/entry.html", entry=row, title=str(deed(row.thing_type, row.verb)),
        actor=actor(row), kind=kind_name(row.thing_type),
        facts=facts(row),
        holds=holds(row) and row.previous == (before or GENESIS),
        previous=earlier, following=after,
    )  # fmt: skip


@require_GET
@at_desk(may_audit)
def entry_proof(request: Request, pk: int) -> HttpResponse:
    """What anyone needs to check that this entry stands in the public log."""
    return proof_of(get_object_or_404(entries_for(request.user), pk=pk))


@require_POST
@at_desk(may_check)
def check(request: Request) -> HttpResponse:
    """Have the chain recomputed."""
    ask_for_check(by=request.user)
    messages.success(request, _("The whole chain is being recomputed; the result will stand here."))
    return onward(request, "desk:audit")


urlpatterns = [
    path("audit/", ledger, name="audit"),
    path("audit/<int:pk>/", entry, name="audit_entry"),
    path("audit/<int:pk>/proof.json", entry_proof, name="audit_proof"),
    path("audit/check/", check, name="audit_check"),
]
