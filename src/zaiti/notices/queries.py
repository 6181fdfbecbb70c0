"""Reads of calls that pages share: defaults, warnings, and what changed since the last version."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.accounts.models import Authority, AuthorityQuerySet
from zaiti.core import Refused
from zaiti.notices.models import Amendment, Call, CallVersion, CityNotice, Publication
from zaiti.notices.sources import Source, gather
from zaiti.programmes.models import Cycle
from zaiti.programmes.packs.differing import differences
from zaiti.programmes.queries import policy

Kind = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One paragraph against the last version; `parts` says which of its words came or went."""

    kind: Kind
    parts: list[tuple[Kind, str]]


def defaults(cycle: Cycle, authority: Authority) -> dict[str, Any]:
    """What the year's pack already says of a district's call."""
    pack = policy(cycle)
    place = next((place for place in pack.districts if place.code == authority.code), None)
    window = next((window for window in pack.windows if place and window.district == place.code), None)
    own = pack.level == "district"
    return {
        "title": default_title(cycle, authority),
        "opens_at": window.opens_at if window else None,
        "closes_at": window.closes_at if window else None,
        "contact_office": authority.name,
        "contact_phone": pack.contact.phone if own else authority.phone,
        "contact_address": (pack.paper.address or "") if own else authority.address,
        "paper_required": pack.paper.required,
        "paper_copies": pack.paper.copies,
    }


def default_title(cycle: Cycle, authority: Authority) -> str:
    """The title as districts' notices have it [N2]."""
    return f"{authority.name}关于开展{cycle.year}年度{cycle.programme}认定工作的通知"


def warnings(call: Call, source: Source | None = None) -> list[str]:
    """What whoever sets or approves this call should look at twice; none of it forbids anything."""
    found = [*_of_the_window(call), *_of_the_deadlines(call), *_of_the_places(source or gather(call))]
    found += [one.message for one in differences(call.cycle.policy)]
    if not call.authority.uscc:
        found.append(
            _(
                "The bureau's unified social credit code isn't filled in: its texts go out without an index"
                " number. Have the code entered in the year's pack, or write the number in the call."
            )
        )
    return found


def _of_the_window(call: Call) -> list[str]:
    last, found = timezone.localtime(call.closes_at), []
    try:
        if not clock.is_working(last.date()):
            found.append(_("The window ends on a rest day (%(day)s).") % {"day": date_format(last)})
    except Refused as unknown:
        found.append(unknown.message)
    if call.closes_at <= clock.now():
        found.append(_("The window has already ended."))
    elif call.opens_at < clock.now() and call.state != Call.State.PUBLISHED:
        found.append(_("The window opens before the call is published."))
    return found


def _of_the_deadlines(call: Call) -> list[str]:
    cycle, found = call.cycle, []
    published = timezone.localtime(call.published_at).date() if call.published_at else clock.today()
    if cycle.call_deadline and published > cycle.call_deadline:
        found.append(
            _("The city asked for calls by %(day)s; this one is later.")
            % {"day": date_format(cycle.call_deadline)}
        )
    closes_on = timezone.localtime(call.closes_at).date()
    if cycle.report_deadline and closes_on >= cycle.report_deadline:
        found.append(
            _("The window closes after the report to the city is due (%(day)s).")
            % {"day": date_format(cycle.report_deadline)}
        )
    elif cycle.report_deadline and _leaves_too_little(call, cycle):
        found.append(
            _("Acceptance (%(a)s) and publicity (%(p)s working days) can't both end by %(day)s.")
            % {
                "a": cycle.acceptance_days,
                "p": cycle.publicity_days,
                "day": date_format(cycle.report_deadline),
            }
        )
    return found


def _leaves_too_little(call: Call, cycle: Cycle) -> bool:
    closes_on = timezone.localtime(call.closes_at).date()
    try:
        needed = clock.add_working_days(closes_on, cycle.acceptance_days + cycle.publicity_days)
    except Refused:
        return False
    return cycle.report_deadline is not None and needed > cycle.report_deadline


def _of_the_places(source: Source) -> list[str]:
    held = [kind for kind, _number in source.places]
    bare = [kind for kind in source.kinds if kind not in held]
    return [_("The district has no place for %(type)s.") % {"type": kind.name} for kind in bare]


def origin(text: Publication) -> Publication:
    """The text that this one corrects, or that one corrects…: the first of them."""
    return text.and_earlier()[-1]


def call_of(text: Publication) -> Call | None:
    """The call that a text is, or corrects."""
    return Call.objects.filter(publication=origin(text)).select_related("cycle", "authority").first()


def latest(text: Publication) -> Publication:
    """The text that stands now in the place of this one."""
    newer: Publication | None = getattr(text, "replaced_by", None)
    return latest(newer) if newer else text


def written(text: Publication) -> tuple[str, str]:
    """A text's title and body, without the word on why it was corrected."""
    amended = Amendment.objects.filter(published=text, kind=Amendment.Kind.CORRECTION).first()
    return (amended.title, amended.body) if amended else (text.title, text.body)


def not_acknowledged(notice: CityNotice) -> AuthorityQuerySet:
    """The districts of the year that have not said that the city's notice arrived."""
    said = notice.acknowledgements.values("authority")
    return notice.cycle.districts.exclude(pk__in=said)


def changes(call: Call) -> list[Change] | None:
    """The prepared text against the version before, or last year's call; None without either."""
    older = Q(call__authority=call.authority, call__cycle__year__lt=call.cycle.year)
    seen = Q(call=call) | (older & Q(call__state=Call.State.PUBLISHED))
    latest = CallVersion.objects.filter(seen).order_by("-call__cycle__year", "-number")
    bodies = list(latest.values_list("body", flat=True)[:2])
    return difference(bodies[1], bodies[0]) if len(bodies) > 1 else None


def difference(old: str, new: str) -> list[Change]:
    """Compare two texts paragraph by paragraph, and within a changed paragraph character by character."""
    before, after, found = old.split("\n"), new.split("\n"), []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            found += [within(x, y) for x, y in zip(before[a:b], after[c:d], strict=True)]
            continue
        if tag == "equal":
            found += _whole("same", after[c:d])
        else:
            found += _whole("removed", before[a:b]) + _whole("added", after[c:d])
    return found


def _whole(kind: Kind, lines: list[str]) -> list[Change]:
    return [Change(kind, [(kind, line)]) for line in lines if line.strip()]


def within(old: str, new: str) -> Change:
    """Compare two paragraphs character by character."""
    parts: list[tuple[Kind, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", old[a:b]))
            continue
        parts += [(kind, words) for kind, words in (("removed", old[a:b]), ("added", new[c:d])) if words]  # type: ignore[misc]  # two literals
    return Change("changed", parts)
