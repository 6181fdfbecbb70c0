"""Where an affair of the bureaus stands, from call to announcement: steps, what comes next, who owes it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.countersigned.models import Change
from zaiti.dossiers.queries import JUDGE, OVER, POST, REPORT, RESULT, procedure
from zaiti.dossiers.story import Say, Step, Whereabouts, bar
from zaiti.notices.models import Call, CityNotice
from zaiti.panels.models import Panel, Review
from zaiti.publicity.models import Objection, Posting
from zaiti.ranking.models import CandidateList
from zaiti.results.models import Announcement, Report
from zaiti.studio.models import YearDraft

# The steps of a panel's work.
FORM, DRAW, VISIT, DISCUSS, SCORE, FINISH, DONE = range(7)
REACHED = {Review.State.OPEN: VISIT, Review.State.VISITED: DISCUSS, Review.State.DISCUSSED: SCORE}


def call_steps(call: Call) -> list[Step]:
    """Drafted, approved, open, closed."""
    known = {Call.State.DRAFT: 0, Call.State.PREPARED: 1, Call.State.WITHDRAWN: 4}
    here = known.get(Call.State(call.state), 2)
    labels = (_("Draft"), _("Approval"), _("Window open"), _("Window closed"))
    return bar(labels, 4 if here == 2 and call.closes_at <= clock.now() else here)


def call_next(call: Call) -> Whereabouts | None:
    """Who has the call in hand, then the bureau that takes applications."""
    if call.state == Call.State.DRAFT:
        return Whereabouts(_("Put it before the approver"), call.authority)
    if call.state == Call.State.PREPARED:
        return Whereabouts(_("Approve or send back"), call.authority)
    return Whereabouts(_("Take applications"), call.authority) if call.is_open() else None


def amendment_next(amendment: Change) -> Whereabouts | None:
    """Another person's word, or mending."""
    return {
        "prepared": Whereabouts(_("Approve or send back"), approver_of(amendment.bureau())),
        "sent_back": Whereabouts(_("Prepare it anew"), amendment.bureau()),
    }.get(str(amendment.state))


def city_notice_next(notice: CityNotice, missing: Sequence[Authority]) -> Whereabouts | None:
    """Another person's word, mending, or the districts that have not acknowledged it."""
    if notice.state == CityNotice.State.PUBLISHED:
        late = "、".join(place.district for place in missing)
        return Whereabouts(_("Acknowledge the notice"), late) if late else None
    return amendment_next(notice)


def draft_next(draft: YearDraft) -> Whereabouts | None:
    """Who has the year in preparation."""
    officer = Whereabouts(_("Fill in what is missing and put it before the approver"), draft.bureau())
    says = (
        _("Put the form in force or send it back")
        if draft.corrects_id
        else _("Open the year or send it back")
    )
    prepared = Whereabouts(says, approver_of(draft.bureau()))
    return {"draft": officer, "sent_back": officer, "prepared": prepared}.get(str(draft.state))


def panel_steps(panel: Panel, states: Mapping[str, int]) -> list[Step]:
    """The steps of a panel's work, with how many of its applications, by state, have passed each."""
    labels = (
        _("Formed"), _("Experts drawn"), _("Site visits"), _("Discussion"), _("Scoring"), _("Finished"),
    )  # fmt: skip
    said = [_passed(step, states) if step in REACHED.values() else "" for step in range(len(labels))]
    return bar(labels, _panel_at(panel, states), said=said)


def panel_next(panel: Panel, states: Mapping[str, int]) -> Whereabouts:
    """What the panel's officer or its experts do next."""
    if panel.state == Panel.State.PAUSED:
        return Whereabouts(_("Draw further experts"), panel.authority)
    here = _panel_at(panel, states)
    what = {
        FORM: _("Form the panel"),
        DRAW: _("Draw the experts"),
        VISIT: _("Visit the sites and put each visit on record"),
        DISCUSS: _("Discuss, and put the minutes on record"),
        SCORE: _("Score and sign"),
        FINISH: _("Finish the panel's work"),
        DONE: _("Rank the applications"),
    }
    return Whereabouts(what[here], _("the panel's experts") if here == SCORE else panel.authority)


def _panel_at(panel: Panel, states: Mapping[str, int]) -> int:
    if panel.state == Panel.State.CLOSED:
        return DONE
    if panel.state in {Panel.State.FORMING, Panel.State.PAUSED}:
        return DRAW
    return min(map(_reached, states), default=FINISH)


def _reached(state: str) -> int:
    return REACHED.get(Review.State(state), FINISH)


def _passed(step: int, states: Mapping[str, int]) -> str:
    passed = sum(number for state, number in states.items() if _reached(state) > step)
    return f"{passed}/{sum(states.values())}"


def ranking_steps(ranking: CandidateList) -> list[Step]:
    """The procedure, as far as this ranking is."""
    return procedure(POST if ranking.state == CandidateList.State.APPROVED else JUDGE)


def ranking_next(ranking: CandidateList, *, to_post: bool) -> Whereabouts | None:
    """The meeting's word, its approval, then the posting."""
    if ranking.state == CandidateList.State.RANKED:
        return Whereabouts(_("Write down the meeting's decision"), ranking.authority)
    if ranking.state == CandidateList.State.DECIDED:
        return Whereabouts(_("Approve or send back"), approver_of(ranking.authority))
    if to_post:
        return Whereabouts(_("Post the candidates"), ranking.authority)
    return None


def posting_steps(posting: Posting) -> list[Step]:
    """The procedure, as far as this posting is."""
    return procedure(POST if posting.state == Posting.State.OPEN else REPORT)


def posting_next(posting: Posting) -> Whereabouts | None:
    """Nothing but waiting and answering until its last day is over."""
    if posting.state != Posting.State.OPEN:
        return None
    if clock.now() >= clock.end_of_day(posting.last_day):
        return Whereabouts(_("End the posting"), posting.authority)
    return Whereabouts(_("Wait for the last day; handle objections"), posting.authority)


def objection_next(objection: Objection) -> Whereabouts | None:
    """From hand to hand, until it is answered."""
    bureau = objection.posting.authority
    return {
        Objection.State.RECEIVED: Whereabouts(_("Take it up, or turn it away with a reason"), bureau),
        Objection.State.HANDLING: Whereabouts(_("Look into it and propose an answer"), bureau),
        Objection.State.PROPOSED: Whereabouts(_("Approve the answer or send it back"), approver_of(bureau)),
    }.get(Objection.State(objection.state))


def report_steps(report: Report) -> list[Step]:
    """The procedure, as far as this report is."""
    return procedure(RESULT if report.state == Report.State.ACCEPTED else REPORT)


def report_next(report: Report) -> Whereabouts | None:
    """From the district's officer to the city's reviewer."""
    bureau = report.authority
    reviewer = _("the reviewer of %(bureau)s") % {"bureau": report.cycle.city}
    return {
        Report.State.DRAFT: Whereabouts(_("Prepare the report anew"), bureau),
        Report.State.PREPARED: Whereabouts(_("Send or return"), approver_of(bureau)),
        Report.State.SENT: Whereabouts(_("Accept or send back"), reviewer),
        Report.State.SENT_BACK: Whereabouts(_("Prepare the report anew"), bureau),
    }.get(Report.State(report.state))


def announcement_steps(announcement: Announcement) -> list[Step]:
    """The procedure, as far as a year's announcement is."""
    return procedure(OVER if announcement.state == Announcement.State.PUBLISHED else RESULT)


def announcement_next(announcement: Announcement) -> Whereabouts | None:
    """Written by the city's officer, published by its approver."""
    city = announcement.cycle.city
    return {
        Announcement.State.DRAFT: Whereabouts(_("Prepare the announcement"), city),
        Announcement.State.PREPARED: Whereabouts(_("Publish or send back"), approver_of(city)),
    }.get(Announcement.State(announcement.state))


def approver_of(bureau: Authority) -> Say:
    """Whoever approves for a bureau."""
    return _("the approver of %(bureau)s") % {"bureau": bureau}
