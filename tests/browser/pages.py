"""Every type of page: who looks at it, and at which of the demo's things."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zaiti.accounts.models import Authority, Invitation, User
from zaiti.applications.models import Application
from zaiti.carriers.models import Carrier
from zaiti.ledger.models import Entry
from zaiti.mandates.models import Mandate
from zaiti.notices.models import Call, Publication
from zaiti.panels.models import Draw, Expert, Panel, Review, ScoreSheet, Seat
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Objection, Posting
from zaiti.ranking.models import CandidateList
from zaiti.results.models import Report

VISITOR = ""
YEAR = 2025


@dataclass(frozen=True)
class Sight:
    """One page as somebody sees it."""

    who: str | Callable[[], str]
    url: str
    what: Callable[[], list[Any]] = list
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        return "-".join(filter(None, (self.url.replace(":", "-").strip("/"), self.note)))

    def account(self) -> str:
        """Whose window it is; empty for a visitor."""
        return self.who() if callable(self.who) else self.who

    def address(self) -> str:
        """Where it is."""
        return (reverse(self.url, args=self.what()) if ":" in self.url or "_" in self.url else self.url) + (
            self.query
        )


def call(code: str) -> Call:
    """A district's call of the year under way."""
    return Call.objects.get(cycle__year=YEAR, authority__code=code)


def panel(code: str) -> Panel:
    """A district's panel of the year under way."""
    return Panel.objects.get(cycle__year=YEAR, authority__code=code)


def application(account: str) -> Application:
    """An applicant's one application."""
    return Application.objects.get(organisation__members__username=account)


def carrier(account: str = "station2") -> Carrier:
    """An applicant's carrier."""
    return Carrier.objects.get(organisation__members__username=account)


def review(code: str) -> Review:
    """The first application before a district's panel."""
    return panel(code).reviews.order_by("pk")[0]


def posting() -> Posting:
    """The posting under way."""
    return Posting.objects.get(cycle__year=YEAR, authority__code="luohu")


def text(kind: str) -> Publication:
    """A published text."""
    return Publication.objects.filter(kind=kind).order_by("-pk")[0]


def year(of: int = YEAR) -> Cycle:
    """A year."""
    return Cycle.objects.get(year=of)


def place(code: str) -> list[int]:
    """A year and a district."""
    return [year().pk, Authority.objects.get(code=code).pk]


def judge(*, signed: bool) -> str:
    """An expert of Nanshan's panel who has signed, or has yet to."""
    seats = Seat.objects.filter(panel=panel("nanshan"), left_at=None)
    done = ScoreSheet.objects.filter(state=ScoreSheet.State.SIGNED).values("seat")
    chosen = seats.filter(pk__in=done) if signed else seats.exclude(pk__in=done)
    return chosen.order_by("pk")[0].expert.user.username


def scorer() -> User:
    """The last expert of Nanshan's panel who has yet to sign."""
    done = ScoreSheet.objects.filter(state=ScoreSheet.State.SIGNED).values("seat")
    seats = Seat.objects.filter(panel=panel("nanshan"), left_at=None).exclude(pk__in=done)
    return seats.order_by("-pk")[0].expert.user


def chair() -> str:
    """The chair of Nanshan's panel."""
    return Seat.objects.get(panel=panel("nanshan"), chair=True).expert.user.username


def one_name() -> list[Any]:
    """A posted name that one may object to."""
    return [posting().pk, posting().names.order_by("pk")[0].candidate_id]


def flawed() -> list[int]:
    """A draft and its slot whose file has flaws."""
    made = application("longhua1")
    return [made.pk, made.carrier_type.materials.all()[1].pk]


SIGHTS = [
    Sight(VISITOR, "site:home"),
    Sight(VISITOR, "site:search", query="?q=罗湖 2024"),
    Sight(VISITOR, "site:notices"),
    Sight(VISITOR, "site:notice", lambda: [text("call").pk], note="call"),
    Sight(VISITOR, "site:notice", lambda: [text("result").pk], note="result"),
    Sight(VISITOR, "site:postings"),
    Sight(VISITOR, "site:posting", lambda: [posting().pk]),
    Sight(VISITOR, "site:object", one_name),
    Sight(VISITOR, "site:objection", lambda: [Objection.objects.filter(posting=posting())[0].token]),
    Sight(VISITOR, "site:register"),
    Sight(VISITOR, "site:carrier", lambda: [carrier().certificate_number]),
    Sight(VISITOR, "site:guide"),
    Sight(VISITOR, "site:draws"),
    Sight(VISITOR, "site:draw", lambda: [Draw.objects.order_by("pk")[0].pk]),
    Sight(VISITOR, "api:docs"),
    Sight(VISITOR, "account_login"),
    Sight(VISITOR, "account_reset_password"),
    Sight("luohu.officer", "account_logout"),
    Sight(VISITOR, "account_signup"),
    Sight("newcomer", "portal:register"),
    Sight("newcomer", "portal:invitation", lambda: [Invitation.objects.get().token]),
    Sight("newcomer", "portal:claim"),
    Sight("longhua3", "portal:authorisation"),
    Sight("longhua1", "portal:start"),
    Sight("longhua1", "portal:calls"),
    Sight("longhua1", "portal:organisation"),
    Sight("longhua1", "portal:members"),
    Sight("longhua1", "portal:application", lambda: [application("longhua1").pk], note="draft"),
    Sight("longhua1", "portal:pages", flawed),
    Sight("longgang2", "portal:application", lambda: [application("longgang2").pk], note="correction"),
    Sight("longhua2", "portal:application", lambda: [application("longhua2").pk], note="submitted"),
    Sight("longhua2", "portal:receipt", lambda: [application("longhua2").pk]),
    Sight("longgang2", "portal:inbox"),
    Sight("longgang2", "portal:message", lambda: [User.objects.get(username="longgang2").inbox.all()[0].pk]),
    Sight("station2", "portal:carriers"),
    Sight("station2", "portal:carrier", lambda: [carrier().pk]),
    Sight("studio2", "portal:carrier", lambda: [carrier("studio2").pk], note="revoking"),
    Sight("luohu.officer", "desk:start", note="officer"),
    Sight("luohu.approver", "desk:start", note="approver"),
    Sight("sz.officer", "desk:start", note="city"),
    Sight("sz.officer", "desk:plan"),
    Sight("sz.officer", "desk:plan_year", lambda: [year().pk]),
    Sight("sz.officer", "desk:plan_quotas", lambda: [year().pk]),
    Sight("sz.officer", "desk:plan_moves", lambda: [year().pk]),
    Sight("sz.officer", "desk:calendar"),
    Sight("luohu.officer", "desk:calls"),
    Sight("guangming.officer", "desk:call_new", lambda: place("guangming")),
    Sight("dapeng.officer", "desk:call", lambda: [call("dapeng").pk], note="draft"),
    Sight("dapeng.officer", "desk:call_edit", lambda: [call("dapeng").pk]),
    Sight(
        "dapeng.officer",
        "desk:call_rubric",
        lambda: [call("dapeng").pk, year().types.all()[0].pk],
        note="draft",
    ),
    Sight("pingshan.approver", "desk:call", lambda: [call("pingshan").pk], note="prepared"),
    Sight("luohu.approver", "desk:call", lambda: [call("luohu").pk], note="published"),
    Sight("luohu.officer", "desk:call_rubric", lambda: [call("luohu").pk, year().types.all()[0].pk]),
    Sight("luohu.officer", "desk:texts"),
    Sight("luohu.approver", "desk:text", lambda: [text("posting").pk]),
    Sight("longhua.officer", "desk:units"),
    Sight("longhua.officer", "desk:unit_letter", lambda: [Mandate.objects.get(claim=True).pk]),
    Sight("longgang.officer", "desk:screening"),
    Sight("longgang.officer", "desk:screening_case", lambda: [application("longgang4").pk], note="open"),
    Sight("longgang.officer", "desk:screening_case", lambda: [application("longgang2").pk], note="returned"),
    Sight("nanshan.officer", "desk:panels"),
    Sight("longgang.officer", "desk:panel_form"),
    Sight("nanshan.officer", "desk:panel", lambda: [panel("nanshan").pk]),
    Sight("nanshan.officer", "desk:panel_spread", lambda: [panel("nanshan").pk]),
    Sight("nanshan.officer", "desk:review", lambda: [review("nanshan").pk]),
    Sight("baoan.officer", "desk:panel", lambda: [panel("baoan").pk], note="drawn"),
    Sight("baoan.officer", "desk:review_visit", lambda: [review("baoan").pk]),
    Sight("baoan.officer", "desk:panel_minutes", lambda: [panel("baoan").pk]),
    Sight("sz.supervisor", "desk:start", note="supervisor"),
    Sight("sz.supervisor", "desk:draws"),
    Sight("sz.supervisor", "desk:draw", lambda: [Draw.objects.order_by("pk")[0].pk]),
    Sight("sz.officer", "desk:experts"),
    Sight("sz.officer", "desk:expert", lambda: [Expert.objects.order_by("pk")[0].pk]),
    Sight("sz.officer", "desk:expert_add"),
    Sight("luohu.officer", "desk:ranking"),
    Sight("luohu.officer", "desk:ranking_list", lambda: [CandidateList.objects.get(panel=panel("luohu")).pk]),
    Sight("luohu.officer", "desk:publicity"),
    Sight("luohu.officer", "desk:posting", lambda: [posting().pk]),
    Sight("luohu.officer", "desk:posting_prepare", lambda: place("luohu")),
    Sight("luohu.officer", "desk:objections"),
    Sight("luohu.officer", "desk:objection", lambda: [Objection.objects.filter(posting=posting())[0].pk]),
    Sight("luohu.officer", "desk:results"),
    Sight("luohu.officer", "desk:report_write", lambda: place("luohu")),
    Sight("sz.reviewer", "desk:report", lambda: [Report.objects.get(cycle=year()).pk]),
    Sight("sz.officer", "desk:announcement", lambda: [year().pk], note="to-prepare"),
    Sight("sz.officer", "desk:announcement", lambda: [year(2024).pk], note="published"),
    Sight("luohu.officer", "desk:carriers"),
    Sight("luohu.officer", "desk:carrier", lambda: [carrier().pk]),
    Sight("luohu.officer", "desk:carrier_tell", lambda: [carrier("base1").pk]),
    Sight("sz.officer", "desk:carrier_intend", lambda: [carrier("base1").pk]),
    Sight("sz.officer", "desk:carrier", lambda: [carrier("studio2").pk], note="revoking"),
    Sight("sz.officer", "desk:revocation_prepare", lambda: [carrier("studio2").revocations.get().pk]),
    Sight("sz.auditor", "desk:audit"),
    Sight("sz.auditor", "desk:audit_entry", lambda: [Entry.objects.order_by("-pk")[0].pk]),
    Sight("admin", "desk:people"),
    Sight("admin", "desk:person_new"),
    Sight("admin", "desk:person", lambda: [User.objects.get(username="luohu.officer").pk]),
    Sight("admin", "desk:system"),
    Sight(lambda: judge(signed=False), "jury:start"),
    Sight(
        lambda: scorer().username,
        "jury:sheet",
        lambda: [scorer().expert.seats.get(panel=panel("nanshan")).sheets.get().pk],
        note="draft",
    ),
    Sight(lambda: judge(signed=False), "jury:review", lambda: [review("nanshan").pk]),
    Sight(lambda: judge(signed=True), "jury:start", note="signed"),
    Sight(
        lambda: judge(signed=True),
        "jury:sheet",
        lambda: [ScoreSheet.objects.filter(review=review("nanshan"), state="signed")[0].pk],
    ),
    Sight(chair, "jury:spread", lambda: [panel("nanshan").pk]),
    Sight("luohu.officer", "account_change_password"),
    Sight("luohu.officer", "mfa_index"),
    Sight("luohu.officer", "account_email"),
    Sight("longhua1", "desk:start", note="403"),
    Sight(VISITOR, "/nowhere/", note="404"),
]
