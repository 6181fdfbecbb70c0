"""The officer's checklist, and the queue of what waits for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import translation

from zaiti import clock
from zaiti.accounts.models import Post, User
from zaiti.applications.models import Application, Material, MaterialVersion, Submission
from zaiti.applications.queries import Slot, slots
from zaiti.core.alongside import row_of
from zaiti.drafts.merging import print_of
from zaiti.programmes.models import MaterialRequirement
from zaiti.screening.faults import NOT_HANDED_IN
from zaiti.screening.models import Check, Correction, ExtraReturn, FieldCheck, PaperCopy
from zaiti.screening.scan_reports import Seen, scan_reports, seen

State = Application.State
HANDED_IN = [State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.DECLINED]


@dataclass(frozen=True)
class Line:
    """One material of the checklist: what lies in its slot and what was found of it."""

    number: int
    requirement: MaterialRequirement
    material: Material | None
    version: MaterialVersion | None
    check: Check | None
    seen: Seen | None = None

    @property
    def mark(self) -> str:
        """What was found; a required slot that is empty is missing before anyone looks."""
        if self.check:
            return self.check.mark
        return Check.Mark.MISSING if self.version is None and self.requirement.required else ""

    @property
    def reason(self) -> str:
        """Why it is not in order, as the notice will say."""
        if self.check:
            return self.check.reason
        return NOT_HANDED_IN if self.mark else ""

    @property
    def print(self) -> str:
        """The print of what was found: who marks says that they saw it."""
        return print_of(in_words(self.check))

    @property
    def faulty(self) -> bool:
        """Whether it belongs in a correction notice."""
        return self.mark in (Check.Mark.MISSING, Check.Mark.NOT_IN_FORM)

    @property
    def proposal(self) -> str:
        """The mark that the pre-check proposes of a file nobody has marked yet."""
        return self.seen.proposal if self.seen and self.open else ""

    @property
    def doubted(self) -> bool:
        """Whether the pre-check found a fault that nobody has judged yet."""
        return self.proposal == Check.Mark.NOT_IN_FORM

    @property
    def open(self) -> bool:
        """Whether there is a file that nobody has marked yet."""
        return self.version is not None and not self.mark


def in_words(check: Check | None) -> str:
    """What was found, as one text; nothing before anybody looked."""
    return f"{check.mark} {check.reason}".strip() if check else ""


def checklist(application: Application) -> list[Line]:
    """List every slot with its file and its mark; a mark made on an earlier upload does not count."""
    found = Check.objects.filter(material__application=application).select_related("by")
    checks = {check.material_id: check for check in found}
    filled = slots(application)
    views = look_at(filled, application)
    return [_line(number, slot, checks, views) for number, slot in enumerate(filled, 1)]


def look_at(filled: list[Slot], application: Application) -> dict[int, Seen]:
    """What the pre-check says of the files in the slots, by the version."""
    versions = [(slot.version, slot.requirement.name) for slot in filled if slot.version]
    rows = scan_reports([version.file for version, _name in versions], application.organisation.name)
    views = {version.pk: seen(version, name, rows) for version, name in versions}
    return {pk: view for pk, view in views.items() if view}


def _line(number: int, slot: Slot, checks: dict[int, Check], views: dict[int, Seen]) -> Line:
    check = checks.get(slot.material.pk) if slot.material else None
    if check and check.version_id != (slot.version.pk if slot.version else None):
        check = None
    view = views.get(slot.version.pk) if slot.version else None
    return Line(number, slot.requirement, slot.material, slot.version, check, view)


def notice_text(
    application: Application,
    lines: list[Line],
    copy: PaperCopy | None = None,
    found: list[FieldCheck] | None = None,
) -> str:
    """Compose what a correction notice lists, a line for each fault."""
    found = field_faults(application) if found is None else found
    with translation.override("zh-hans"):
        entries = [f"申报书“{application.label(check.field)}”：{check.reason}" for check in found]
    materials = [f"《{line.requirement.name}》：{line.reason}" for line in lines if line.faulty]
    return "\n".join([*entries, *materials, *paper_faults(application, copy)])


def field_faults(application: Application) -> list[FieldCheck]:
    """The faults found in the form as it was handed in last, in the form's order."""
    if hasattr(application, "wrong_entries"):  # read along by with_returns
        rows = [row_of(FieldCheck, row) for row in application.wrong_entries]
    else:
        last = application.submissions.values("pk")[:1]
        rows = list(FieldCheck.objects.filter(submission__in=last).exclude(reason=""))
    found = {check.field: check for check in rows}
    return [found[name] for name in application.form_fields if name in found]


def with_returns(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Read along how often each was returned, what was asked for beyond, and its wrong entries."""
    last = Submission.objects.filter(application=OuterRef(OuterRef("pk"))).values("pk")[:1]
    wrong = FieldCheck.objects.filter(submission=Subquery(last)).exclude(reason="")
    further = ExtraReturn.objects.filter(application=OuterRef("pk"))
    asked = JSONObject(id="id", state="state", why="why", asked_by="asked_by", asked_at="asked_at")
    named = JSONObject(ask=asked, name="asked_by__name")
    return rows.annotate(
        wrong_entries=ArraySubquery(wrong.values(json=JSONObject(field="field", reason="reason"))),
        returns=_number(Correction.objects.filter(application=OuterRef("pk"))),
        granted=_number(further.filter(state=ExtraReturn.State.APPROVED)),
        asked_further=Subquery(further.filter(state=ExtraReturn.State.ASKED).values(json=named)[:1]),
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("application").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def chances(application: Application) -> int:
    """How often it may be returned: as the year says, and as often more as a senior approved."""
    extra = application.extra_returns.filter(state=ExtraReturn.State.APPROVED).count()
    return application.call.cycle.returns_allowed + extra


def paper_faults(application: Application, copy: PaperCopy | None) -> list[str]:
    """Say what the bound copies lack, where the call asks for them, as the notice will [N2 四（二）]."""
    asked = application.call.paper_copies
    if not application.call.paper_required:
        return []
    if copy is None:
        return [f"未收到纸质材料，请装订后提交一式{asked}份。"]
    found = [
        (copy.copies < asked, f"纸质材料份数不足：应提交{asked}份，收到{copy.copies}份。"),
        (not copy.has_contents, "纸质材料未编写目录。"),
        (not copy.matches, f"纸质材料与电子版不一致：{copy.note}"),
    ]
    return [text for wrong, text in found if wrong]


def open_correction(application: Application) -> Correction | None:
    """The correction that waits for the applicant's answer."""
    return application.corrections.filter(answered_at=None).last()


def paper_copy(application: Application) -> PaperCopy | None:
    """The bound copies received, if any."""
    return PaperCopy.objects.filter(application=application).select_related("by", "paper").first()


def is_over(last_day: date | None, at: datetime | None = None) -> bool:
    """Tell whether the 24:00 of a term's last day has come; a term still to be computed is never over."""
    return last_day is not None and (at or clock.now()) >= clock.end_of_day(last_day)


def default_due(application: Application) -> date | None:
    """The last day of a correction that is sent today; None while the holiday table doesn't reach it."""
    return clock.term(clock.today(), application.call.cycle.correction_days)


def cases(user: User) -> QuerySet[Application]:
    """Every application handed in that this person may see, but their own unit's, soonest due first."""
    return (
        Application.objects.visible_to(user)
        .filter(state__in=HANDED_IN)
        .exclude(organisation=user.organisation_id)
        .select_related("organisation", "carrier_type", "call__authority", "call__cycle")
        .order_by("due", "submitted_at", "pk")  # without a day last, as PostgreSQL has it
    )


def waiting(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Those of the cases that wait for the bureau: to be checked, or past their correction's due date."""
    return rows.filter(Q(state=State.SUBMITTED) | Q(state=State.RETURNED, correction_lapsed=True))


def queue(user: User) -> QuerySet[Application]:
    """What waits for this officer, soonest due first."""
    served = [post.authority_id for post in user.live_posts() if post.role == Post.Role.OFFICER]
    return waiting(cases(user)).filter(call__authority__in=served)


def next_in_queue(user: User, after: Application | None = None) -> Application | None:
    """The next case to open: the one after this in the queue's order, else the first of the others."""
    rows = queue(user)
    if after is None:
        return rows.first()
    others = rows.exclude(pk=after.pk)
    return others.filter(_later_than(after)).first() or others.first()


def _later_than(one: Application) -> Q:
    """What stands after a case in the queue's order; it may have left the queue just now."""
    day = one.answer_due
    later = Q(submitted_at__gt=one.submitted_at) | Q(submitted_at=one.submitted_at, pk__gt=one.pk)
    return Q(due=day) & later if day is None else Q(due__gt=day) | Q(due=None) | Q(due=day) & later
