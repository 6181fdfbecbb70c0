"""What the case page shows: the checklist, the page in view, what may be done, what happened."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from zaiti.accounts.models import FormerName, User
from zaiti.accounts.naming import former_words
from zaiti.applications.answered import answered
from zaiti.applications.models import Application
from zaiti.applications.queries import with_last_files
from zaiti.carriers.queries import was_revoked
from zaiti.core.alongside import row_of
from zaiti.dossiers.case import things
from zaiti.dossiers.queries import story
from zaiti.drafts.merging import print_of
from zaiti.programmes.queries import kind_words
from zaiti.screening.faults import FAULTS
from zaiti.screening.models import ExtraReturn, FieldCheck, PaperCopy
from zaiti.screening.queries import (
    Line,
    cases,
    checklist,
    field_faults,
    is_over,
    notice_text,
    paper_faults,
    with_returns,
)
from zaiti.screening.rules import may_decide_return, may_screen
from zaiti.web.desk.screening.forms import DeclineForm, NoForm, WhyForm, paper_copy_form, return_form
from zaiti.web.desk.screening.tables import CaseFilter, CaseTable, carry
from zaiti.web.ui.pages import Request, neighbours

State = Application.State
LOADED = ("paper_copy__paper", "paper_copy__by", "contact")


@dataclass(frozen=True)
class Returns:
    """How often the case was returned and may be, what was asked for beyond, and the faults in its form."""

    made: int
    chances: int
    asked: ExtraReturn | None
    faults: list[FieldCheck]

    @classmethod
    def of(cls, application: Application) -> "Returns":
        """From what find() read along."""
        row: Any = application
        chances = application.call.cycle.returns_allowed + row.granted
        return cls(row.returns, chances, _asked(application), field_faults(application))

    @property
    def used_up(self) -> bool:
        """Whether no chance is left."""
        return self.made >= self.chances


def _asked(application: Application) -> ExtraReturn | None:
    """What waits for a senior's decision."""
    found = application.asked_further  # type: ignore[attr-defined]  # annotated by find()
    if not found:
        return None
    who = found["ask"].pop("asked_by")
    ask = row_of(ExtraReturn, found["ask"])
    ask.application, ask.asked_by = application, User(pk=who, name=found["name"])
    return ask


def find(request: Request, pk: int) -> Application:
    """The case, if this person may see it."""
    renamed = Exists(FormerName.objects.filter(organisation=OuterRef("organisation")))
    rows = cases(request.user).annotate(once_revoked=was_revoked("organisation"), renamed=renamed)
    kinds = F("call__cycle__stated__facts__may_apply__kinds")
    whole = things(with_last_files(with_returns(rows))).annotate(kinds=kinds)
    return get_object_or_404(whole.select_related(*LOADED), pk=pk)


def whole(request: Request, application: Application) -> dict[str, Any]:
    """The page with the case's whole story, before and after this room."""
    return everything(request, application) | story(application, request.user)._asdict()


def everything(request: Request, application: Application) -> dict[str, Any]:
    """All that is worked on: the parts of the page that change with each mark."""
    lines = checklist(application)
    returns = Returns.of(application)
    return {
        "application": application,
        "lines": lines,
        "due": application.term,
        "faults": FAULTS.values(),
        "carried": carry(request.GET),
        "facts": _facts(application),
        "form_entries": _entries(application, returns.faults),
        **_beside(request, application),
        **_counts(application, lines, returns),
        **what_may_be_done(request.user, application, lines, returns),
        **in_view(request, application, lines),
    }


def in_view(request: Request, application: Application, lines: list[Line]) -> dict[str, Any]:
    """The material in the viewer: the one asked for, else the first that nobody has marked."""
    filled = [line for line in lines if line.version]
    asked = [line for line in filled if str(line.requirement.pk) == request.GET.get("m")]
    line = next(iter(asked or [line for line in filled if line.open] or filled), None)
    pages = line.version.pages if line and line.version else 0
    wanted = request.GET.get("p", "1")
    number = min(max(int(wanted), 1), pages) if wanted.isdecimal() and pages else 1
    return {"shown": line, "number": number, "pages": range(1, pages + 1), "page_count": pages}


def what_may_be_done(
    user: User, application: Application, lines: list[Line], returns: Returns
) -> dict[str, Any]:
    """The steps that are open to this person now."""
    may, state = may_screen(user, application), application.state
    checking, late = may and state == State.SUBMITTED, is_over(application.answer_due)
    paper = paper_faults(application, _copy(application))
    hindered = paper or returns.faults or any(_hinders(line) for line in lines)
    may_return, text = _return(application, lines, returns, checking and not late)
    return {
        "may_mark": checking,
        "may_accept": checking and not hindered,
        "paper_faults": paper if checking else [],
        "may_return": may_return,
        "return_form": return_form(application, text) if may_return else None,
        "used_up": checking and bool(text) and returns.used_up,
        "chances": returns.chances,
        "may_decline": may and (_lapsed(application) or (state == State.SUBMITTED and not late)),
        "decline_form": DeclineForm(prefix="decline"),
        "may_take_copy": may and application.call.paper_required and state in Application.HANDED_IN,
        "ask": returns.asked,
        "may_decide": returns.asked is not None and may_decide_return(user, returns.asked),
        "why_form": WhyForm(prefix="why"),
        "no_form": NoForm(prefix="no"),
    }


def _return(application: Application, lines: list[Line], returns: Returns, in_time: bool) -> tuple[bool, str]:
    """Whether it may be returned now, and with which text."""
    text = notice_text(application, lines, _copy(application), returns.faults)
    settled = not any(line.doubted for line in lines)
    return in_time and bool(text) and settled and not returns.used_up, text


def _lapsed(application: Application) -> bool:
    due = application.correction_due
    return application.state == State.RETURNED and is_over(due)


def _hinders(line: Line) -> bool:
    """Whether it must be settled before the application is accepted."""
    return line.doubted or (line.faulty and line.requirement.required)


def _counts(application: Application, lines: list[Line], returns: Returns) -> dict[str, Any]:
    """How far the checklist is, and the bound copies beside it."""
    copy = _copy(application)
    pages = sum(line.version.pages for line in lines if line.version)
    return {
        "unmarked": sum(line.open for line in lines),
        "marked": sum(not line.open for line in lines),
        "doubted": sum(line.doubted for line in lines),
        "faulty": sum(line.faulty for line in lines)
        + len(returns.faults)
        + len(paper_faults(application, copy)),
        "copy": copy,
        "copy_form": paper_copy_form(application, pages),
    }


def _copy(application: Application) -> PaperCopy | None:
    """The bound copies, loaded with the case."""
    return getattr(application, "paper_copy", None)


def _beside(request: Request, application: Application) -> dict[str, Any]:
    """The cases before and after it in the list one came from."""
    rows = CaseFilter(request.GET, queryset=cases(request.user), request=request).qs
    ordered = CaseTable(rows, order_by=request.GET.getlist("sort")).data.data
    found, end = neighbours(ordered, application), carry(request.GET)
    return {
        "place": found["place"],
        "count": found["count"],
        "previous_url": _address(found["previous"], end),
        "next_url": _address(found["next"], end),
    }


def _address(pk: int | None, end: str) -> str:
    return f"{reverse('desk:screening_case', args=[pk])}{end}" if pk else ""


def _facts(application: Application) -> list[tuple[str, object]]:
    unit = application.organisation
    former = former_words(unit) if application.renamed else ""  # type: ignore[attr-defined]  # annotated by find()
    return [
        (_("Unit"), unit.name),
        *([(_("Former names"), former)] if former else []),
        (_("Unified social credit code"), unit.uscc),
        (_("Kind of unit"), _kind(application)),
        (_("Carrier type"), application.carrier_type.name),
    ]


def _kind(application: Application) -> str:
    """The unit's kind as the application's own year calls it."""
    stated = application.kinds or []  # type: ignore[attr-defined]  # annotated by find()
    named = {kind["code"]: kind["name"] for kind in stated}
    return named.get(application.organisation.kind) or kind_words(application.organisation)


def _entries(application: Application, faults: list[FieldCheck]) -> list[dict[str, Any]]:
    """The form's entries as handed in, with what was found wrong of each."""
    found = {check.field: check.reason for check in faults}
    answers = application.answers
    return [
        {
            "field": one.entry.code,
            "label": one.entry.name,
            "said": one,
            "fault": found.get(one.entry.code, ""),
            "print": print_of(found.get(one.entry.code, "")),
        }
        for part in answered(answers.shape, answers.said, "district")
        for one in part.said
    ]
