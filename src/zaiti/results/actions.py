"""The districts' reports to the city, names taken back, and the city's one announcement."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.queries import holders
from zaiti.core import Refused, require
from zaiti.core.text import needed
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.countersigned.rules import may_approve
from zaiti.drafts.merging import Seen, merge_all
from zaiti.ledger.chain import record
from zaiti.ledger.moves import move
from zaiti.notices.actions import publish_text
from zaiti.notices.models import Publication
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.programmes.models import Cycle
from zaiti.publicity.actions import decide_objection
from zaiti.publicity.actions.postings import held
from zaiti.publicity.models import Objection
from zaiti.publicity.queries import open_objections
from zaiti.ranking.models import Candidate
from zaiti.results import papers
from zaiti.results.models import Announcement, Report, Withdrawal
from zaiti.results.queries import UNANSWERED, accepted_names, is_late
from zaiti.results.rules import may_announce, may_answer, may_prepare


@transaction.atomic
def prepare_report(
    cycle: Cycle,
    authority: Authority,
    *,
    by: User,
    candidates: Collection[Candidate],
    opinion: str = "",
    seen: Seen | None = None,
) -> Report:
    """Put cleared names into a report that waits for approval; one sent back is prepared anew."""
    require(may_prepare(by, authority))
    rows = held(candidates)
    report = _report_to_write(cycle, authority)
    _check_cleared(rows, cycle, authority, apart_from=report)
    prepare(report, by=by, names=[row.pk for row in rows])
    report.candidates.set(rows)
    stored = {"opinion": report.opinion}
    report.opinion = (stored | merge_all(report, stored, {"opinion": opinion}, by=by, seen=seen))["opinion"]
    report.save(update_fields=["opinion"])
    facts = {"report": report, "names": len(rows)}
    notify(to_approve(report), "results/mail/prepared.txt", about=report, **facts)
    return report


@transaction.atomic
def return_report(report: Report, *, by: User, reason: str) -> None:
    """Give a prepared report back to its writer."""
    send_back(report, by=by, reason=reason)
    notify(to_mend(report), "results/mail/returned.txt", about=report, report=report)


@transaction.atomic
def send_report(report: Report, *, by: User) -> None:
    """Send a report to the city with its letter and list, by another person than its writer."""
    require(may_approve(by, report))
    rows = held(report.candidates.all())
    _check_cleared(rows, report.cycle, report.authority, apart_from=report)
    approve(report, by=by, late=is_late(report))
    for row in rows:
        move(row, "report", by=by, report=report.pk)
    _issue_letters(report, by)
    readers = holders(report.cycle.city, *Announcement.WRITERS)
    notify(readers, "results/mail/sent.txt", about=report, report=report, late=is_late(report))


@transaction.atomic
def send_back_report(report: Report, *, by: User, reason: str) -> None:
    """Send a report back to the district; its names may be reported anew."""
    require(may_answer(by, report))
    reason = needed(reason, _("Say why it goes back: the district has to mend it."))
    rows = held(report.candidates.all())
    move(report, "send_back", by=by, may=may_answer, reason=reason)
    for row in rows:
        if row.state == Candidate.State.REPORTED:
            move(row, "take_back", by=by)
    _answered(report, by, reason)
    readers = holders(report.authority, *Post.BUREAU)
    notify(readers, "results/mail/sent_back.txt", about=report, report=report)


@transaction.atomic
def accept_report(report: Report, *, by: User) -> None:
    """Accept a report; its names go into the city's list."""
    move(report, "accept", by=by, may=may_answer)
    _answered(report, by, "")
    notify(
        holders(report.authority, *Post.BUREAU),
        "results/mail/accepted.txt",
        about=report,
        report=report,
    )


@transaction.atomic
def settle_objection(objection: Objection, *, by: User) -> Withdrawal | None:
    """Decide an objection; upheld after the report, the name is taken back from the city by letter."""
    candidate = Candidate.objects.get(pk=objection.candidate_id)
    was_reported = candidate.state == Candidate.State.REPORTED
    decide_objection(objection, by=by)
    candidate.refresh_from_db()
    if not was_reported or candidate.state != Candidate.State.BLOCKED:
        return None
    withdrawal = _withdraw(candidate, by)
    readers = holders(candidate.cycle.city, *Post.BUREAU)
    notify(readers, "results/mail/withdrawn.txt", about=withdrawal.report, withdrawal=withdrawal)
    return withdrawal


@transaction.atomic
def prepare_announcement(
    cycle: Cycle, *, by: User, opening: str = "", seen: Seen | None = None
) -> Announcement:
    """Put all accepted names into one announcement that waits for approval."""
    require(may_announce(by, cycle))
    announcement, _made = Announcement.objects.get_or_create(
        cycle=cycle, defaults={"title": papers.announcement_title(cycle)[:200]}
    )
    names = _announceable(cycle)
    prepare(announcement, by=by, names=[row.pk for row in names])
    stored = {"opening": announcement.opening}
    made = stored | merge_all(announcement, stored, {"opening": opening}, by=by, seen=seen)
    announcement.opening = made["opening"]
    announcement.save(update_fields=["opening"])
    readers = to_approve(announcement)
    notify(readers, "results/mail/announcement_prepared.txt", about=cycle, announcement=announcement)
    return announcement


@transaction.atomic
def send_back_announcement(announcement: Announcement, *, by: User, reason: str) -> None:
    """Give a prepared announcement back to its writer."""
    send_back(announcement, by=by, reason=reason)
    readers, cycle = to_mend(announcement), announcement.cycle
    notify(readers, "results/mail/announcement_sent_back.txt", about=cycle, announcement=announcement)


@transaction.atomic
def publish_announcement(announcement: Announcement, *, by: User) -> Publication:
    """Publish the year's one list: its names are recognised and the year is closed."""
    require(may_approve(by, announcement))
    names = _announceable(announcement.cycle)
    approve(announcement, by=by, names=[row.pk for row in names])
    for row in names:
        move(row, "recognise", by=by)
    move(announcement.cycle, "close", by=by)
    publication = _publish(announcement, names, by)
    for row in names:
        notify(
            row.review.application.contact, "results/mail/recognised.txt", about=publication, candidate=row
        )
    return publication


def _report_to_write(cycle: Cycle, authority: Authority) -> Report:
    if cycle.state != Cycle.State.OPEN:
        raise Refused(_("This year's recognition is not under way."))
    unsent = Report.objects.filter(cycle=cycle, authority=authority)
    kept = unsent.filter(state__in=(Report.State.DRAFT, Report.State.SENT_BACK)).first()
    return kept or Report.objects.create(cycle=cycle, authority=authority, made_at=clock.now())


def _check_cleared(rows: list[Candidate], cycle: Cycle, authority: Authority, *, apart_from: Report) -> None:
    if not rows:
        raise Refused(_("Choose at least one name to report."))
    disputed = set(open_objections(rows).values_list("candidate_id", flat=True))
    elsewhere = Report.objects.filter(state__in=UNANSWERED).exclude(pk=apart_from.pk)
    taken = set(elsewhere.filter(candidates__in=rows).values_list("candidates", flat=True))
    for row in rows:
        if (row.cycle_id, row.authority_id) != (cycle.pk, authority.pk):
            raise Refused(_("%(name)s is not this district's candidate of this year.") % {"name": row})
        if row.pk in disputed:
            raise Refused(
                _("An objection to %(name)s is not answered yet, so it can't be reported.") % {"name": row}
            )
        if row.state != Candidate.State.CLEARED:
            raise Refused(_("%(name)s has not passed publicity, so it can't be reported.") % {"name": row})
        if row.pk in taken:
            raise Refused(_("%(name)s stands in another report already.") % {"name": row})


def _issue_letters(report: Report, by: User) -> None:
    authority = report.authority
    report.sent_at = clock.now()
    report.letter = issue(
        papers.REPORT,
        by=by,
        authority=authority,
        title=papers.report_title(report),
        facts=papers.report_facts(report),
    )
    report.listing = issue(
        papers.REPORT_LIST,
        by=by,
        authority=authority,
        title=papers.list_title(report),
        facts=papers.list_facts(report) | {"letter": report.letter.number},
    )
    report.save(update_fields=["sent_at", "letter", "listing"])


def _answered(report: Report, by: User, reason: str) -> None:
    report.answered_by, report.answered_at, report.sent_back_reason = by, clock.now(), reason
    report.save(update_fields=["answered_by", "answered_at", "sent_back_reason"])


def _withdraw(candidate: Candidate, by: User) -> Withdrawal:
    report = candidate.reports.filter(state__in=(Report.State.SENT, Report.State.ACCEPTED)).latest("sent_at")
    reason = _("An objection to this name was upheld after it had been reported.")
    title = papers.WITHDRAWAL.title.format(unit=candidate, year=report.cycle.year)
    facts = papers.withdrawal_facts(candidate, report, "公示报送后收到实名异议，经核查异议成立")
    letter = issue(papers.WITHDRAWAL, by=by, authority=report.authority, title=title, facts=facts)
    made = Withdrawal.objects.create(
        candidate=candidate, report=report, reason=reason, paper=letter, by=by, at=clock.now()
    )
    record("withdraw", made, by=by, candidate=candidate.pk, report=report.pk)
    return made


def _announceable(cycle: Cycle) -> list[Candidate]:
    unanswered = Report.objects.filter(cycle=cycle, state=Report.State.SENT)
    if unanswered.exists():
        names = "、".join(report.authority.district for report in unanswered.select_related("authority"))
        raise Refused(_("Answer these districts' reports first: %(names)s.") % {"names": names})
    rows = held(accepted_names(cycle))
    if not rows:
        raise Refused(_("No accepted report holds a name yet; there is nothing to announce."))
    disputed = open_objections(rows).select_related("candidate__review__application__organisation").first()
    if disputed:
        raise Refused(
            _("An objection to %(name)s is not answered yet; the list can't be announced.")
            % {"name": disputed.candidate}
        )
    return accepted_names(cycle)


def _publish(announcement: Announcement, names: list[Candidate], by: User) -> Publication:
    cycle, facts = announcement.cycle, papers.announcement_facts(announcement, names)
    paper = issue(
        papers.RESULT,
        by=by,
        authority=cycle.city,
        title=announcement.title,
        facts=facts,
        public=True,
    )
    publication = publish_text(
        "result",
        by=by,
        authority=cycle.city,
        title=announcement.title,
        body=papers.announcement_body(facts),
        cycle=cycle,
        keywords=f"{cycle.programme} 认定 名单 公告",
        doc_number=paper.number,
        paper=paper,
    )
    announcement.published_at = clock.now()
    announcement.publication, announcement.paper = publication, paper
    announcement.save(update_fields=["published_at", "publication", "paper"])
    return publication
