"""The city's notice to its districts: prepared, published by another, received by each district."""

from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.queries import holders
from zaiti.core import Refused, require
from zaiti.countersigned.actions import approve, prepare, send_back
from zaiti.countersigned.queries import to_approve, to_mend
from zaiti.ledger.chain import record
from zaiti.notices.actions.texts import publish_text
from zaiti.notices.concerned import concerned
from zaiti.notices.models import Acknowledgement, CityNotice, Publication
from zaiti.notices.papers import NOTICE
from zaiti.notices.queries import not_acknowledged, origin
from zaiti.notices.rules import may_acknowledge
from zaiti.notices.to_districts import city_body, city_facts, unsigned_city_body
from zaiti.outbox.notify import notify
from zaiti.papers.actions import issue
from zaiti.papers.models import Paper
from zaiti.programmes.actions import nudge
from zaiti.programmes.models import Cycle, Quota
from zaiti.programmes.queries import policy
from zaiti.programmes.rules import may_plan


@transaction.atomic
def prepare_city_notice(cycle: Cycle, *, by: User) -> CityNotice:
    """Put the notice before the approver, as the year's texts and plan have it now."""
    require(may_plan(by, cycle))
    _require_ready(cycle)
    made, _new = CityNotice.objects.get_or_create(cycle=cycle, defaults={"made_at": clock.now()})
    prepare(made, by=by)
    made.title, made.body = policy(cycle).notice.title, unsigned_city_body(cycle)
    made.save(update_fields=["title", "body"])
    notify(to_approve(made), "notices/mail/city_notice_prepared.txt", about=made, notice=made)
    return made


@transaction.atomic
def send_back_city_notice(notice: CityNotice, *, by: User, reason: str) -> None:
    """Give it back to its officer, with the reason."""
    send_back(notice, by=by, reason=reason)
    notify(to_mend(notice), "notices/mail/city_notice_sent_back.txt", about=notice, notice=notice)


@transaction.atomic
def publish_city_notice(notice: CityNotice, *, by: User) -> Publication:
    """Publish it under its number, and put it into the inbox of every district's officers."""
    approve(notice, by=by)
    _as_prepared(notice)
    notice.publication = _put_out(notice, by)
    notice.save(update_fields=["publication"])
    notify(_officers(notice.cycle), "notices/mail/city_notice.txt", about=notice, notice=notice)
    return notice.publication


@transaction.atomic
def acknowledge(notice: CityNotice, authority: Authority, *, by: User) -> Acknowledgement:
    """Say for one's district that the notice arrived; once."""
    require(may_acknowledge(by, notice, authority))
    notice.refresh_from_db(from_queryset=CityNotice.objects.select_for_update(no_key=True))
    if notice.state != CityNotice.State.PUBLISHED:
        raise Refused(_("The notice is not published yet; it can be acknowledged then."))
    if not not_acknowledged(notice).filter(pk=authority.pk).exists():
        raise Refused(
            _("%(bureau)s has acknowledged this notice already, or has no part in the year.")
            % {"bureau": authority.name}
        )
    made = notice.acknowledgements.create(authority=authority, by=by, at=clock.now())
    record("acknowledge", made, by=by, authority=authority.pk)
    return made


@transaction.atomic
def remind_of_city_notice(notice: CityNotice, *, by: User) -> int:
    """Remind each district that has not acknowledged it and was not reminded of it today; say how many."""
    require(may_plan(by, notice.cycle))
    if notice.state != CityNotice.State.PUBLISHED:
        raise Refused(_("The notice is not published yet; it can be acknowledged then."))
    text = f"请签收《{notice.title}》"[:200]
    today = notice.cycle.nudges.filter(text=text, at__date=clock.today())
    late = list(not_acknowledged(notice).exclude(pk__in=today.values("authority")).order_by("pk"))
    if not late:
        raise Refused(_("Every district has acknowledged the notice or was reminded of it today."))
    for district in late:
        nudge(notice.cycle, district, by=by, text=text)
    return len(late)


@concerned
def districts_of(text: Publication) -> list[User]:
    """The officers of all districts, whom a correction of the city's notice concerns."""
    found = CityNotice.objects.filter(publication=origin(text)).select_related("cycle").first()
    return _officers(found.cycle) if found else []


def _officers(cycle: Cycle) -> list[User]:
    found = {one for place in cycle.districts.all() for one in holders(place, Post.Role.OFFICER)}
    return sorted(found, key=lambda one: one.pk)


def _require_ready(cycle: Cycle) -> None:
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update(no_key=True))
    if cycle.state != Cycle.State.OPEN:
        raise Refused(_("The year is “%s”; no notice can go out.") % cycle.get_state_display())
    if policy(cycle).level != "city":
        raise Refused(_("This year rests on a district's own notice; its pack holds no text of the city's."))
    if not Quota.objects.filter(cycle=cycle, places__gt=0).exists():
        raise Refused(_("The plan is empty; set the districts' quotas first, they are its first attachment."))


def _as_prepared(notice: CityNotice) -> None:
    _require_ready(notice.cycle)
    if notice.body != unsigned_city_body(notice.cycle):
        raise Refused(_("Quotas, rubrics or texts have changed since it was prepared; send it back."))


def _put_out(notice: CityNotice, by: User) -> Publication:
    cycle, city = notice.cycle, notice.cycle.city
    number = policy(cycle).notice.doc_number
    if number and Paper.objects.filter(number=number).exists():
        raise Refused(_("%(number)s is the number of another paper.") % {"number": number})
    paper = issue(
        NOTICE,
        by=by,
        authority=city,
        title=notice.title,
        facts=city_facts(cycle),
        public=True,
        number=number,
    )
    return publish_text(
        Publication.Kind.NOTICE,
        by=by,
        authority=city,
        title=notice.title,
        body=city_body(cycle),
        cycle=cycle,
        doc_number=paper.number,
        paper=paper,
    )
