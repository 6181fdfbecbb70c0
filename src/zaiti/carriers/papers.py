"""What the letters to a carrier say, and the public text of a revocation."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.carriers.models import Carrier, Rectification, Revocation
from zaiti.carriers.queries import ground_text
from zaiti.core.markdown import escape
from zaiti.notices.actions import publish_text
from zaiti.notices.models import Publication
from zaiti.papers import kinds
from zaiti.papers.actions import issue
from zaiti.papers.kinds import Kind
from zaiti.papers.models import Paper

RECTIFICATION = kinds.add(
    "carriers",
    "rectification",
    _("rectification notice"),
    word="改",
    title="{programme}改正通知书",
    made_by=[("carriers.rectification", "tell_to_correct")],
)
INTENDED = kinds.add(
    "carriers",
    "intended_revocation",
    _("intended-revocation notice"),
    word="拟销",
    title="拟取消{programme}认定告知书",
    made_by=[("carriers.revocation", "intend_revocation")],
)
REVOCATION = kinds.add(
    "carriers",
    "revocation",
    _("revocation decision"),
    word="销",
    title="取消{programme}认定决定书",
    made_by=[("carriers.carrier", "revoke")],
)
CERTIFICATE = kinds.add(
    "carriers",
    "certificate",
    _("carrier certificate"),
    word="证",
    title="{recognised}证书",
    made_by=[("carriers.carrier", "register")],
)


def city_of(carrier: Carrier) -> Authority:
    """The city bureau above the carrier's district."""
    return carrier.authority.city or carrier.authority


def certificate(carrier: Carrier, *, by: User) -> Paper:
    """The carrier's certificate, by the city."""
    more = {
        "uscc": carrier.organisation.uscc,
        "year": carrier.year,
        "recognised_on": carrier.recognised_on.isoformat(),
    }
    return _issue(CERTIFICATE, carrier, city_of(carrier), _about(carrier) | more, by=by)


def rectification(told: Rectification, *, by: User) -> Paper:
    """The notice to correct, in the name of the bureau its writer serves."""
    carrier = told.carrier
    facts = rectification_facts(carrier, told.text, told.due.isoformat())
    return _issue(RECTIFICATION, carrier, sender(carrier, by), facts, by=by)


def sender(carrier: Carrier, by: User) -> Authority:
    """The bureau in whose name this person writes: the carrier's district, else its city."""
    return carrier.authority if carrier.authority_id in by.authority_ids() else city_of(carrier)


def rectification_facts(carrier: Carrier, text: str, due: str) -> dict[str, Any]:
    """What the notice to correct says."""
    return _about(carrier) | {"text": text, "due": due}


def intended(revocation: Revocation, *, by: User) -> Paper:
    """The notice of an intended revocation."""
    carrier = revocation.carrier
    facts = intended_facts(carrier, revocation.ground, revocation.facts, revocation.defence_due.isoformat())
    return _issue(INTENDED, carrier, city_of(carrier), facts, by=by)


def intended_facts(carrier: Carrier, ground: str, facts: str, due: str) -> dict[str, Any]:
    """What the notice of an intended revocation says."""
    city = city_of(carrier)
    return _about(carrier) | {
        "recognised_on": carrier.recognised_on.isoformat(),
        "ground": ground_text(carrier, ground),
        "found": facts,
        "due": due,
        "office": city.address,
        "phone": city.phone,
    }


def decided(revocation: Revocation, *, by: User) -> Paper:
    """The decision's letter."""
    carrier = revocation.carrier
    return _issue(REVOCATION, carrier, city_of(carrier), decision_facts(revocation), by=by)


def decision_facts(revocation: Revocation) -> dict[str, Any]:
    """What the decision says."""
    carrier, notice = revocation.carrier, revocation.notice
    return _about(carrier) | {
        "recognised_on": carrier.recognised_on.isoformat(),
        "ground": ground_text(carrier, revocation.ground),
        "found": revocation.facts,
        "notice": notice.number if notice else "",
        "noticed_on": _day(revocation.at),
        "defended_on": _day(revocation.defended_at) if revocation.defended_at else "",
        "decision": revocation.decision,
    }


def announce(revocation: Revocation, *, by: User) -> Publication:
    """Publish the revocation: name, certificate, ground and day, never the evidence."""
    carrier, city = revocation.carrier, city_of(revocation.carrier)
    ground = ground_text(carrier, revocation.ground)
    title = f"{city.name}关于取消{carrier.unit_words()}{carrier.candidate.cycle.programme}认定的公告"
    body = escape(
        f"{carrier.unit_words()}的“{carrier.name}”（{carrier.carrier_type.name}，"
        f"证书编号：{carrier.certificate_number}），经查属于“{ground}”的情形。"
        f"依照有关规定，现取消对该载体的相应认定，证书自{_written(clock.today())}起失效。\n\n特此公告。"
    )
    body += f"\n\n{escape(city.name)}  \n{_written(clock.today())}"
    return publish_text(
        Publication.Kind.REVOCATION,
        by=by,
        authority=city,
        title=title[:200],
        body=body,
        cycle=carrier.candidate.cycle,
        keywords=f"{carrier.candidate.cycle.programme} 取消认定 公告",
        doc_number=revocation.paper.number if revocation.paper else "",
    )


def _issue(kind: Kind, carrier: Carrier, authority: Authority, facts: dict[str, Any], *, by: User) -> Paper:
    title = title_of(kind, carrier)
    return issue(
        kind, by=by, authority=authority, organisation=carrier.organisation, facts=facts, title=title
    )


def title_of(kind: Kind, carrier: Carrier) -> str:
    """A letter's title, with what the carrier is recognised as."""
    cycle = carrier.candidate.cycle
    return kind.title.format(programme=cycle.programme, recognised=cycle.recognised)


def _about(carrier: Carrier) -> dict[str, Any]:
    cycle = carrier.candidate.cycle
    return {
        "programme": cycle.programme.name,
        "recognised": cycle.recognised,
        "basis": cycle.basis,
        "organisation": carrier.unit_words(),
        "carrier": carrier.name,
        "type": carrier.carrier_type.name,
        "certificate": carrier.certificate_number,
    }


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
