"""Tags and filters of the shared components; built in, so templates need no load."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zaiti import clock
from zaiti.core import Refused
from zaiti.web.lists.rows import drawn_rows
from zaiti.web.ui import dates, navigation, pictures
from zaiti.web.ui.prose import prose
from zaiti.web.ui.tones import COLOURS, SHAPES, tone_of

register = template.Library()
YEAR = re.compile(r"\d{4} ?年度?")
PLAIN = '<span class="z-deadline {}">{} {}</span>'
URGENT = {"attention": "text-warning", "late": "text-danger"}


def _when_given(write: Any) -> Any:
    """Write a day; a day still to come says so."""
    return lambda value: (
        write(value) if isinstance(value, date) else str(value) if isinstance(value, clock.ToCome) else ""
    )


register.filter("cn_date", _when_given(dates.written))
register.filter("iso_date", _when_given(dates.iso))
register.filter("cn_moment", _when_given(dates.written_moment))
register.filter("iso_moment", _when_given(dates.iso_moment))
register.filter("weekday", _when_given(dates.weekday))
register.filter("tone", tone_of)
register.filter("prose", prose)


@register.filter
def to_come(day: date | None) -> date | clock.ToCome:
    """A term's last day, which may still have to be computed."""
    return day or clock.TO_COME


@register.filter
def shape(state: object) -> str:
    """The icon that goes with a state's tone."""
    return SHAPES[tone_of(state)]


@register.filter
def colour(state: object) -> str:
    """Tabler's word for the colour of a state's tone."""
    return COLOURS[tone_of(state)]


@register.filter
def in_force(state: object) -> str:
    """The state of what is there to last, as a carrier: active is settled, not under way."""
    return "settled" if str(state) == "active" else str(state)


@register.filter
def whole_bracket(text: str) -> SafeString:
    """A text whose bracket at its end goes to a new line whole."""
    cut = max(text.find("（"), text.find(" (") + 1)
    if cut <= 0:
        return format_html("{}", text)
    return format_html('{}<span class="d-inline-block">{}</span>', text[:cut], text[cut:])


@register.filter
def whole_year(title: str) -> str:
    """A heading in which a line never ends amid 2025年度."""
    whole = YEAR.sub(r'<span class="text-nowrap">\g<0></span>', conditional_escape(title))
    return mark_safe(whole)  # noqa: S308 - escaped above


@register.filter
def hours(seconds: float) -> str:
    """A span as 2:05 (minutes and seconds)."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@register.filter
def minutes(seconds: float) -> int:
    """A span in whole minutes."""
    return int(seconds) // 60


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; without a label it is decoration that screen readers skip."""
    if label:
        return format_html('<i class="ti ti-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)


@register.inclusion_tag("ui/forms/note.html")
def conflict_note(field: Any) -> dict[str, Any]:
    """Beside a field that somebody else changed meanwhile: both values, and the choice."""
    clash = field.name in getattr(field.form, "conflicts", ())
    return {"note": field.form.why_not(field.name) if clash else None, "field": field}


@register.simple_tag
def badge(state: object, label: object) -> SafeString:
    """A state as word and shape."""
    tone = tone_of(state)
    mark = '<span class="badge bg-{}-lt"><i class="ti ti-{}" aria-hidden="true"></i>{}</span>'
    return format_html(mark, COLOURS[tone], SHAPES[tone], label)


register.simple_tag(drawn_rows)


@register.simple_tag
def deadline(until: clock.Due | None, *, label: str = "", plain: bool = False) -> SafeString:
    """A term: working days left, until when, and the arithmetic one click away (not with `plain`)."""
    if until is None:
        return format_html('<span class="text-secondary">{}</span>', _("No deadline"))
    if plain:
        text, tone = dates.left(until)
        return format_html(PLAIN, URGENT.get(tone, ""), icon("clock-hour-4"), whole_bracket(text))
    term = dates.deadline(until)
    facts = {"term": term, "label": label, "urgency": URGENT.get(term.tone, "")}
    return render_to_string("ui/deadline.html", facts)


@register.inclusion_tag("ui/next_step.html")
def next_step(what: object, owner: object = "") -> dict[str, Any]:
    """What comes next and who owes it."""
    return {"what": what, "owner": owner}


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[Any]) -> dict[str, Any]:
    """The steps bar of the procedure."""
    here = next((n for n, item in enumerate(items, 1) if item.state in ("now", "stopped")), 0)
    return {"steps": items, "here": here, "present": items[here - 1] if here else None}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """What happened, by whom, with its papers."""
    return {"events": events}


@register.inclusion_tag("ui/empty.html")
def empty(what: object, how: object = "", url: str = "", label: object = "") -> dict[str, Any]:
    """Nothing here yet: what will appear and what starts it."""
    return {"what": what, "how": how, "url": url, "label": label}


@register.inclusion_tag("ui/progress.html")
def progress(
    done: int, total: int, label: object, poll: str = "", left_s: float | None = None
) -> dict[str, Any]:
    """How far a job is; asks `poll` again every two seconds until it is done."""
    share = round(100 * done / total) if total else 0
    return {"done": done, "total": total, "label": label, "poll": poll, "left_s": left_s, "share": share}


@register.inclusion_tag("ui/paper.html")
def paper(label: object, url: str, size: int = 0, kind: str = "PDF", note: object = "") -> dict[str, Any]:
    """A link to a paper."""
    return {"paper": {"label": label, "url": url, "size": size, "kind": kind, "note": note}}


@register.inclusion_tag("ui/files.html")
def files(papers: Iterable[Any]) -> dict[str, Any]:
    """A list of files."""
    return {"papers": list(papers)}


@register.inclusion_tag("ui/facts.html")
def facts(pairs: Iterable[tuple[object, object]]) -> dict[str, Any]:
    """A list of names and values; empty values are said to be not filled in."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/quota.html")
def quota_bar(used: float, total: float, label: object = "", compact: bool = False) -> dict[str, Any]:
    """How much of a quota is used."""
    return {"bar": pictures.bar(float(used), float(total)), "label": label, "compact": compact}


@register.inclusion_tag("ui/strip.html")
def strip(
    scores: Sequence[tuple[object, float]], low: float = 0, high: float = 100, result: float | None = None,
    drop_ends: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The spread of the experts' scores, with its table."""
    placed = pictures.dots(scores, float(low), float(high), drop_ends=drop_ends)
    at = (
        pictures.dots([("", float(result))], float(low), float(high), drop_ends=False)[0]
        if result is not None
        else None
    )
    return {"dots": placed, "low": low, "high": high, "result": result, "at": at}


@register.inclusion_tag("ui/calendar.html")
def calendar(first: date, last: date, day_one: date | None = None) -> dict[str, Any]:
    """The days from first to last: rest days, make-up days, and working days counted from `day_one` on."""
    days, count = [], 0
    try:
        strip = clock.strip(first, last)
    except Refused as unknown:  # the page shows what else there is
        return {"unknown": unknown.message}
    for day in strip:
        counted = day.working and (day_one is None or day.date >= day_one)
        count += counted
        days.append({"day": day, "number": count if counted else None})
    return {"days": days, "today": clock.today(), "count": count}


@register.inclusion_tag("ui/crumb.html")
def crumb(label: object, url: str = "", *args: object) -> dict[str, Any]:
    """One step of the way here; `url` is a view's name."""
    return {"label": label, "href": reverse(url, args=args) if url else ""}


@register.simple_tag(takes_context=True)
def navigation_of(context: Context, door: str) -> list[navigation.Entry]:
    """The menu of a door for the person who looks."""
    request = context.get("request")
    return navigation.entries(door, context.get("user"), request.path if request else "/")


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: object) -> str:
    """This page's address with some parameters changed; None takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """The way to a list's other pages."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "pages": numbers, "request": context["request"]}


class Capture(Node):
    """Keeps what its body renders under a name, so that it can stand in two places."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        """Render nothing here."""
        context[self.name] = mark_safe(str(self.nodelist.render(context)).strip())  # noqa: S308  # rendered, so escaped
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """{% capture name %}…{% endcapture %}"""
    body = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(body, token.split_contents()[1])


class Confirm(Node):
    """A button that opens what it will do; without JavaScript it unfolds in place."""

    def __init__(
        self, nodelist: NodeList, label: FilterExpression, options: dict[str, FilterExpression]
    ) -> None:
        self.nodelist, self.label, self.options = nodelist, label, options

    def render(self, context: Context) -> SafeString:
        """Render the button and, folded, the question."""
        given = {name: value.resolve(context) for name, value in self.options.items()}
        body = self.nodelist.render(context)
        facts = {"label": self.label.resolve(context), "body": body, **given}
        return SafeString(get_template("ui/confirm.html").render(facts))


@register.tag
def confirm(parser: Parser, token: Token) -> Confirm:
    """{% confirm "Return" title="…" tone="danger" %} what will happen, and the form {% endconfirm %}"""
    words = token.split_contents()[1:]
    label = parser.compile_filter(words.pop(0))
    options = token_kwargs(words, parser)
    body = parser.parse(("endconfirm",))
    parser.delete_first_token()
    return Confirm(body, label, options)
