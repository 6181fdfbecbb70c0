"""How names are published, first posted or corrected: the checks, the paper and the text, who is told."""

from datetime import date

from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.core import Refused
from zaiti.notices.actions import publish_text
from zaiti.notices.models import Publication
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.papers.models import Paper
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Posted, Posting
from zaiti.publicity.papers import POSTING, posting_body, posting_facts, posting_title
from zaiti.publicity.queries import names_of
from zaiti.ranking.models import Candidate, CandidateList

Names = list[tuple[Candidate, date, bool]]  # candidate, its last day, changed by the correction


def check_new(rows: list[Candidate], cycle: Cycle, authority: Authority, by: User | None) -> None:
    """Refuse what may not be posted now; `by` posts it, when it is posted at once."""
    if cycle.state != Cycle.State.OPEN:
        raise Refused(_("This year's recognition is not under way."))
    for row in rows:
        if (row.cycle_id, row.authority_id) != (cycle.pk, authority.pk):
            raise Refused(_("%(name)s is not this district's candidate of this year.") % {"name": row})
        if row.state != Candidate.State.LISTED or row.list.state != CandidateList.State.APPROVED:
            raise Refused(_("%(name)s is not on an approved candidate list.") % {"name": row})
        if by and row.named_by_id == by.pk:
            raise Refused(_("You named %(name)s as successor; another person must post it.") % {"name": row})


def publish(
    cycle: Cycle,
    authority: Authority,
    by: User,
    names: Names,
    replaces: Posting | None = None,
    reason: str = "",
) -> Posting:
    """Issue the paper and publish the text of these names."""
    title = posting_title(cycle, authority, correction=replaces is not None, names=[n[0] for n in names])
    facts = posting_facts(cycle, authority, names, reason=reason)
    paper = issue(POSTING, by=by, authority=authority, title=title, facts=facts, public=True)
    posting = Posting.objects.create(
        cycle=cycle,
        authority=authority,
        posted_at=clock.now(),
        days=cycle.publicity_days,
        last_day=facts["last_day"],
        replaces=replaces,
        publication=_text(paper, cycle, posting_body(facts), by, replaces),
        reason=reason,
        paper=paper,
        by=by,
    )
    Posted.objects.bulk_create(
        Posted(
            posting=posting,
            candidate=row,
            unit=said["unit"],
            carrier_name=said["carrier"],
            last_day=day,
            changed=changed,
        )
        for (row, day, changed), said in zip(names, facts["names"], strict=True)
    )
    return posting


def _text(paper: Paper, cycle: Cycle, body: str, by: User, replaces: Posting | None) -> Publication:
    assert paper.authority is not None  # every posting has its bureau
    return publish_text(
        "posting",
        by=by,
        authority=paper.authority,
        title=paper.title,
        body=body,
        cycle=cycle,
        keywords=f"{cycle.programme} 候选名单 公示",
        doc_number=paper.number,
        replaces=replaces.publication if replaces else None,
        paper=paper,
    )


def tell_names(posting: Posting) -> None:
    """Tell those whose days begin."""
    for name in names_of(posting).select_related("candidate__review__application__contact"):
        if name.changed or not posting.replaces_id:
            contact = name.candidate.review.application.contact
            facts = {"candidate": name.candidate, "posting": posting, "last_day": name.last_day}
            notify(contact, "publicity/mail/posted.txt", about=posting, **facts)
