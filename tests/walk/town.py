"""Those who knock at the town's doors, and what they knock for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests import make
from tests.browser.pages import panel, scorer
from tests.town import NOW
from zaiti import clock
from zaiti.accounts.actions import invite_member
from zaiti.accounts.models import Authority, User
from zaiti.applications.actions import ask_to_rename
from zaiti.carriers.actions import intend_revocation
from zaiti.carriers.models import Carrier, InactivityCheck, TrainingYear
from zaiti.ledger.models import Entry
from zaiti.mandates.models import Mandate
from zaiti.notices.actions import prepare_extension
from zaiti.notices.models import Call, Publication
from zaiti.panels.models import Draw, Expert, Panel, ScoreSheet
from zaiti.papers.models import Paper
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Objection, Posting, PostingCorrection
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.results.models import Report
from zaiti.studio.actions import begin_from_year
from zaiti_replay.play import moment


@dataclass
class Town:
    """The actors by name, and for each address parameter the object that stands for it."""

    actors: dict[str, User | None]
    things: dict[str, Any]


def look_up() -> Town:
    """Find everybody and everything; what the town lacks is begun."""
    return Town(_actors(), _things())


def _actors() -> dict[str, User | None]:
    names = {
        "applicant": "luohu1",
        "other applicant": "longhua1",
        "carrier": "station2",
        "officer": "luohu.officer",
        "reviewer": "luohu.reviewer",
        "approver": "luohu.approver",
        "other officer": "nanshan.officer",
        "other approver": "nanshan.approver",
        "city officer": "sz.officer",
        "city reviewer": "sz.reviewer",
        "city approver": "sz.approver",
        "supervisor": "sz.supervisor",
        "auditor": "sz.auditor",
        "administrator": "admin",
    }
    people: dict[str, User | None] = {who: User.objects.get(username=name) for who, name in names.items()}
    people["expert"] = scorer()  # of a panel at work; Luohu's has closed, and with it what its experts saw
    seated = Expert.objects.filter(seats__panel=panel("nanshan"))
    people["other expert"] = Expert.objects.exclude(pk__in=seated).order_by("pk")[0].user
    return {"visitor": None, "newcomer": make.user()} | people


def _panel() -> Panel:
    return Panel.objects.get(cycle__year=2025, authority__code="luohu")


def _things() -> dict[str, Any]:
    applicant = User.objects.get(username="luohu1")
    application = applicant.organisation.applications.get()
    with clock.at(NOW):
        invitation = invite_member(applicant.organisation, by=applicant, name="示例", email="a@example.com")
        renaming = ask_to_rename(applicant.organisation, by=applicant, name="示例新名", reason="示例")
    review = application.review
    carrier = Carrier.objects.get(organisation__members__username="station2")
    with clock.at(NOW):
        revocation = intend_revocation(
            carrier,
            by=User.objects.get(username="sz.officer"),
            ground="lost_contact",
            facts="多次联系未果。（示例）",
            defence_due=moment("2025-07-10").date(),
        )
        amendment = prepare_extension(
            Call.objects.get(cycle__year=2025, authority__code="luohu"),
            by=User.objects.get(username="luohu.officer"),
            closes_at=NOW + timedelta(days=30),
            reason="系统故障（示例）",
        )
    return {
        "application": application,
        "renaming": renaming,
        "submission": application.submissions.first(),
        "material": application.materials.first(),
        "version": application.materials.first().versions.first(),
        "invitation": invitation,
        "member": applicant,
        "mandate": Mandate.objects.filter(authority__code="longhua").first(),
        "message": applicant.inbox.first(),
        "call": Call.objects.get(cycle__year=2025, authority__code="luohu"),
        "open call": Call.objects.get(cycle__year=2025, authority__code="longhua"),
        "cycle": Cycle.objects.get(year=2025),
        "year draft": begin_from_year(
            Cycle.objects.get(year=2025), by=User.objects.get(username="sz.officer"), year=2026
        ),
        "old cycle": Cycle.objects.get(year=2024),
        "authority": Authority.objects.get(code="luohu"),
        "kind": application.carrier_type,
        "amendment": amendment,
        "publication": Publication.objects.filter(kind="call", authority__code="luohu").first(),
        "panel": _panel(),
        "draw": _panel().draws.get(),
        "seat": _panel().seats.first(),
        "review": review,
        "judged panel": panel("nanshan"),
        "judged review": (begun := ScoreSheet.objects.get(seat__expert__user=scorer(), state="draft")).review,
        "judged sheet": begun,
        "sheet": ScoreSheet.objects.filter(review=review).order_by("seat__expert")[0],
        "expert": Expert.objects.order_by("pk")[0],
        "list": CandidateList.objects.get(panel=_panel()),
        "candidate": Candidate.objects.get(review=review),
        "posting correction": PostingCorrection.objects.create(
            posting=Posting.objects.get(cycle__year=2025, authority__code="luohu"),
            state=PostingCorrection.State.PREPARED,
            reason="单位名称有误（示例）",
            made_at=NOW,
            prepared_by=User.objects.get(username="luohu.officer"),
        ),
        "posting": Posting.objects.get(cycle__year=2025, authority__code="luohu"),
        "objection": Objection.objects.get(posting__cycle__year=2025),
        "report": Report.objects.filter(authority__code="luohu").first(),
        "carrier": carrier,
        "training": TrainingYear.objects.first(),
        "rectification": carrier.rectifications.first(),
        "revocation": revocation,
        "inactivity check": InactivityCheck.objects.create(
            carrier=carrier, months=36, opened_at=NOW, since=carrier.recognised_on
        ),
        "entry": Entry.objects.order_by("id").first(),
        "paper": Paper.objects.filter(kind="acceptance", organisation=applicant.organisation).first(),
        "any draw": Draw.objects.first(),
        "user": User.objects.get(username="luohu.officer"),
        "post": User.objects.get(username="luohu.officer").posts.get(),
    }
