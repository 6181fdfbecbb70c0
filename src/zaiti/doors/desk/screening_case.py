"""What the case page shows: the checklist, the page in view, what may be done, what happened."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from zaiti.accounts.models import FormerName, User
from zaiti.accounts.naming import former_words
from zaiti.applications.models import Application
from zaiti.carriers.queries import was_revoked
from zaiti.doors.desk.screening_forms import DeclineForm, NoForm, WhyForm, paper_copy_form, return_form
from zaiti.doors.desk.screening_table import CaseFilter, CaseTable, carry
from zaiti.doors.ui.pages import Request, neighbours
from zaiti.doors.ui.pieces import Event, Paper, Step
from zaiti.papers.models import Paper as IssuedPaper
from zaiti.screening.faults import FAULTS
from zaiti.screening.models import Correction, ExtraReturn, FieldCheck, PaperCopy, Ruling
from zaiti.screening.queries import (
    Line,
    cases,
    checklist,
    field_faults,
    is_over,
    notice_text,
    paper_faults,
)
from zaiti.screening.rules import may_decide_return, may_screen

State = Application.State
LOADED = ("ruling__paper", "ruling__by", "paper_copy__paper", "paper_copy__by", "contact")


@dataclass(frozen=True)
class Returns:
    """The case's corrections, what was asked for beyond them, and the faults found in the form."""

    corrections: list[Correction]
    asks: list[ExtraReturn]
    faults: list[FieldCheck]
    allowed: int

    @classmethod
    def of(cls, application: Application) -> "Returns":
        """Read them."""
        corrections = list(application.corrections.select_related("paper", "by"))
        allowed = application.call.cycle.returns_allowed
        further = application.extra_returns.select_related("asked_by", "decided_by")
        asks = list(further) if len(corrections) >= allowed else []
        return cls(corrections, asks, field_faults(application), allowed)

    @property
    def chances(self) -> int:
        """How often it may be returned."""
        return self.allowed + sum(ask.state == ask.State.APPROVED for ask in self.asks)

    @property
    def used_up(self) -> bool:
        """Whether no chance is left."""
        return len(self.corrections) >= self.chances

    @property
    def asked(self) -> ExtraReturn | None:
        """What waits for a senior's decision."""
        return next((ask for ask in self.asks if ask.state == ask.State.ASKED), None)


def find(request: Request, pk: int) -> Application:
    """The case, if this person may see it."""
    renamed = Exists(FormerName.objects.filter(organisation=OuterRef("organisation")))
    rows = cases(request.user).annotate(once_revoked=was_revoked("organisation"), renamed=renamed)
    return get_object_or_404(rows.select_related(*LOADED), pk=pk)


def everything(request: Request, application: Application) -> dict[str, Any]:
    """All that the case page shows."""
    lines = checklist(application)
    returns = Returns.of(application)
    corrections = returns.corrections
    return {
        "application": application,
        "lines": lines,
        "due": application.term,
        "faults": FAULTS.values(),
        "carried": carry(request.GET),
        "events": _events(application, returns),
        "steps": _steps(application),
        "facts": _facts(application),
        "entries": _entries(application, returns.faults),
        **_next(application, corrections),
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
        "may_decline": may and (_lapsed(application, returns) or (state == State.SUBMITTED and not late)),
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


def _lapsed(application: Application, returns: Returns) -> bool:
    last = returns.corrections[-1:]
    return application.state == State.RETURNED and bool(last) and is_over(last[0].due)


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
    rows = CaseFilter(request.GET, queryset=cases(request.user)).qs
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


def _next(application: Application, corrections: list[Correction]) -> dict[str, Any]:
    """What comes next and who owes it."""
    if application.state == State.SUBMITTED:
        return {"next_what": _("Check the materials"), "next_owner": application.authority}
    if application.state == State.RETURNED and corrections and is_over(corrections[-1].due):
        return {"next_what": _("Decide on the lapsed correction"), "next_owner": application.authority}
    if application.state == State.RETURNED:
        return {"next_what": _("Correct what the notice lists"), "next_owner": application.organisation}
    return {"next_what": "", "next_owner": ""}


def _steps(application: Application) -> list[Step]:
    """The procedure's six steps, as far as this room knows them."""
    ended = {State.ACCEPTED: "done", State.DECLINED: "stopped"}
    check = Step(_("Acceptance"), ended.get(State(application.state), "now"))  # type: ignore[arg-type]  # a state's name
    coming = [_("Review"), _("Publicity"), _("Report"), _("Result")]
    return [Step(_("Application"), "done"), check, *(Step(label) for label in coming)]


def _facts(application: Application) -> list[tuple[str, object]]:
    unit = application.organisation
    former = former_words(unit) if application.renamed else ""  # type: ignore[attr-defined]  # annotated by find()
    return [
        (_("Unit"), unit.name),
        *([(_("Former names"), former)] if former else []),
        (_("Unified social credit code"), unit.uscc),
        (_("Kind of unit"), unit.get_kind_display()),
        (_("Carrier type"), application.carrier_type.name),
    ]


def _entries(application: Application, faults: list[FieldCheck]) -> list[dict[str, Any]]:
    """The form's entries as handed in, with what was found wrong of each."""
    found = {check.field: check.reason for check in faults}
    return [
        {
            "field": name,
            "label": application.label(name),
            "value": getattr(application, name),
            "fault": found.get(name, ""),
        }
        for name in application.form_fields
    ]


def _events(application: Application, returns: Returns) -> list[Event]:
    """What happened in this room, latest first."""
    events = [event for correction in returns.corrections for event in _of_correction(correction)]
    events += [event for ask in returns.asks for event in _of_ask(ask)]
    if application.submitted_at:
        events.append(Event(application.submitted_at, _("Application handed in"), application.organisation))
    if copy := _copy(application):
        events.append(_of_copy(copy))
    if ruling := getattr(application, "ruling", None):
        events.append(_of_ruling(ruling))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _of_correction(correction: Correction) -> list[Event]:
    sent = Event(
        correction.issued_at, _("Returned for correction"), correction.by,
        correction.reasons, "returned", _papers(correction.paper),
    )  # fmt: skip
    answered = correction.answered_at and Event(correction.answered_at, _("Corrected and handed in again"))
    lapsed = correction.lapsed_at and Event(correction.lapsed_at, _("Correction lapsed"), tone="late")
    return [event for event in (sent, answered, lapsed) if event]


def _of_ask(ask: ExtraReturn) -> list[Event]:
    asked = Event(ask.asked_at, _("A further return was asked for"), ask.asked_by, ask.why)
    if ask.decided_at is None:
        return [asked]
    what = _("Further return approved") if ask.state == ask.State.APPROVED else _("Further return refused")
    return [asked, Event(ask.decided_at, what, ask.decided_by, ask.answer)]


def _of_copy(copy: PaperCopy) -> Event:
    same = _("Same as the electronic copy") if copy.matches else copy.note
    tone = "" if copy.matches else "attention"
    return Event(copy.received_at, _("Paper copies received"), copy.by, same, tone, _papers(copy.paper))


def _of_ruling(ruling: Ruling) -> Event:
    what = ruling.get_outcome_display()
    tone = "declined" if ruling.outcome == Ruling.Outcome.DECLINED else "accepted"
    by = ruling.by or _("By the clock")
    return Event(ruling.at, what, by, ruling.reason, tone, _papers(ruling.paper))


def _papers(paper: IssuedPaper | None) -> list[Paper]:
    return [Paper(paper.title, reverse("ui:paper", args=[paper.pk]), note=paper.number)] if paper else []
