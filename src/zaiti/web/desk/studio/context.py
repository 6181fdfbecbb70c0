"""Find a year in preparation, and what its page is given."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zaiti.dossiers.affairs import draft_next
from zaiti.dossiers.timeline import history
from zaiti.studio.beginning import places_in
from zaiti.studio.checking import Problem, checked, to_look_at
from zaiti.studio.models import Change, Remark, YearDraft
from zaiti.studio.paths import leaves, there, value_of
from zaiti.studio.rules import may_remark, may_write
from zaiti.web.desk.countersigned import signing
from zaiti.web.desk.reasons import ReasonForm
from zaiti.web.desk.studio.labels import label, trail
from zaiti.web.desk.studio.sections import Section, address, of_path, pages_of
from zaiti.web.ui.pages import Request


def find(request: Request, pk: int) -> YearDraft:
    """One of the city's own; others are not found."""
    rows = YearDraft.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("city", "prepared_by", "approved_by", "cycle", "corrects"), pk=pk
    )


def overview(request: Request, draft: YearDraft, reason: ReasonForm | None = None) -> dict[str, Any]:
    """What the year says in short, what is still open, and who may do what."""
    pack, problems = checked(draft)
    writes = may_write(request.user, draft) and draft.can("prepare")
    whereabouts = draft_next(draft)
    return {
        "draft": draft,
        "pack": pack,
        "facts": in_short(draft),
        "problems": told(draft, problems),
        "notes": noted(draft),
        "waiting": waiting(draft),
        "samples": samples(draft),
        "sections": pages_of(draft),
        "remarks": remarked(draft),
        "may_remark": may_remark(request.user, draft) and bool(whereabouts),
        "may_write": writes,
        "last_change": last_change(request, draft) if writes else None,
        "may_prepare": writes and not problems and not draft.to_confirm,
        "reason_form": reason or ReasonForm(),
        "whereabouts": whereabouts,
        "events": history(draft, most=50),
    } | signing(draft, request.user)


def told(draft: YearDraft, problems: list[Problem]) -> list[tuple[str, str, str]]:
    """Each problem's address, its place in words, and its sentence with the field's own name."""
    pages = pages_of(draft)
    return [
        (address(draft.pk, pages, one.path), trail(draft.facts, one.path), _with_label(one.path, one.message))
        for one in problems
    ]


def noted(draft: YearDraft) -> list[tuple[tuple[str, str, str], tuple[str, str] | None]]:
    """What texts write out and no field says, each as `told`, and the field's own address and place."""
    notes, pages = to_look_at(draft), pages_of(draft)
    fields = [
        None if draft.corrects_id else (address(draft.pk, pages, one.field), trail(draft.facts, one.field))
        for one in notes
    ]
    return list(zip(told(draft, notes), fields, strict=True))


def last_change(request: Request, draft: YearDraft) -> Change | None:
    """What this person changed last, and may take back in one step."""
    return draft.changes.filter(by=request.user, undoes=None, undone_by=None).first()


def remarked(draft: YearDraft, within: Section | None = None) -> list[tuple[Remark, str, str]]:
    """Comments with their place's address and words; those of one page, or all that are open."""
    pages = pages_of(draft)
    rows = draft.remarks.select_related("by", "settled_by")
    chosen = [
        row
        for row in (rows if within else rows.filter(settled_at=None))
        if not within or of_path(pages, row.path) == within.slug
    ]
    return [(row, address(draft.pk, pages, row.path), _place(draft, row.path)) for row in chosen]


def _place(draft: YearDraft, path: str) -> str:
    return trail(draft.facts, path) if there(draft.facts, path) else _("(taken out since)")


def samples(draft: YearDraft) -> list[tuple[str, str]]:
    """The parts that are samples: path and place in words."""
    if draft.corrects_id:  # only its forms are written now
        return []
    found = [
        path.rpartition(".")[0] for path, value in leaves(draft.facts) if value is True and _is_mark(path)
    ]
    return [(path, trail(draft.facts, path)) for path in found if path]


def _is_mark(path: str) -> bool:
    return path.rpartition(".")[2] == "sample"


def waiting(draft: YearDraft) -> list[tuple[str, str, str, str]]:
    """What was carried over and is not confirmed: path, address, place in words, value."""
    pages = pages_of(draft)
    return [
        (at, address(draft.pk, pages, at), trail(draft.facts, at), _shown(value_of(draft.facts, at)))
        for at in draft.to_confirm
    ]


def in_short(draft: YearDraft) -> list[tuple[str, Any]]:
    """The figures one looks for first."""
    facts = draft.facts
    rows = [place.get("quotas") or {} for place in facts["districts"]]
    places = sum(number or 0 for row in rows for number in places_in(row).values())
    named = [(label(name), _shown(facts[name])) for name in ("year", "id", "cap")]
    dated = [(label(name), _shown(facts[name])) for name in ("call_deadline", "report_deadline")]
    return [*named, (label("quotas"), places), *dated, (label("districts"), len(rows))]


def _shown(value: Any) -> str:
    return "" if value is None else str(value).replace("T", " ").removesuffix("+08:00")


def _with_label(path: str, said: str) -> str:
    name = path.rpartition(".")[2]
    return said.replace(f"“{name}”", f"“{label(name)}”", 1)
