"""The ledger as a list: its columns and filters, in words."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.apps import apps
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.ledger.chain import doer, public_deeds
from zaiti.ledger.deeds import DEEDS, FACTS, deed, kind_name
from zaiti.ledger.models import Entry

Rows = QuerySet[Entry]
NARROW = {"td": {"class": "text-nowrap"}}
FACT_MOST = 200


def actor(entry: Entry) -> Any:
    """Who did it."""
    return doer(entry.thing_type, entry.verb, entry.actor)


def facts(entry: Entry) -> list[tuple[Any, str]]:
    """What was noted with it, names and states in words."""
    noted = entry.facts.items()
    return [(FACTS.get(name, name), plain(_in_words(entry, name, value))) for name, value in noted]


def _in_words(entry: Entry, name: str, value: Any) -> Any:
    """A state by its word; anything else as it is."""
    states = getattr(apps.get_model(entry.thing_type), "State", None)
    if states is None or name not in ("source", "target"):
        return value
    return str(dict(states.choices).get(value, value))


def plain(value: Any) -> str:
    """A fact's value as text, shortened."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= FACT_MOST else f"{text[:FACT_MOST]}…"


def kinds() -> list[tuple[str, str]]:
    """The kinds of things, in words."""
    return [(code, capfirst(str(kind_name(code)))) for code in DEEDS]


def deeds() -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The deeds, in words, by the kind of thing."""
    for code, verbs in DEEDS.items():
        said = [(f"{code}:{verb}", str(done.words)) for verb, done in verbs.items()]
        yield capfirst(str(kind_name(code))), said


class EntryFilter(django_filters.FilterSet):
    """By time, person, deed and thing."""

    since = django_filters.DateFilter(label=_("From"), method="from_day")
    until = django_filters.DateFilter(label=_("Until"), method="until_day")
    who = django_filters.CharFilter(label=_("Person"), method="by_person")
    deed = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Deed"), method="of_deed", choices=lambda: list(deeds())
    )
    kind = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Kind of thing"), field_name="thing_type", choices=kinds
    )
    thing = django_filters.CharFilter(label=_("Thing"), field_name="thing_label", lookup_expr="says")

    class Meta:
        model = Entry
        fields = ("since", "until", "who", "deed", "kind", "thing")

    def from_day(self, rows: Rows, _name: str, day: date) -> Rows:
        """From the beginning of a day."""
        return rows.filter(at__date__gte=day)

    def until_day(self, rows: Rows, _name: str, day: date) -> Rows:
        """Until the end of a day."""
        return rows.filter(at__lt=clock.end_of_day(day))

    def by_person(self, rows: Rows, _name: str, value: str) -> Rows:
        """Deeds of a person; those of the public are nobody's, also where a name was once written."""
        return rows.filter(actor__says=value).exclude(public_deeds())

    def of_deed(self, rows: Rows, _name: str, value: str) -> Rows:
        """One deed to one kind of thing."""
        thing_type, _colon, verb = value.partition(":")
        return rows.filter(thing_type=thing_type, verb=verb)


class EntryTable(tables.Table):
    """One row a deed."""

    id = tables.Column(_("Entry"), linkify=("desk:audit_entry", {"pk": tables.A("pk")}), attrs=NARROW)
    at = tables.DateTimeColumn(format="Y-m-d H:i:s", verbose_name=_("Time"), attrs=NARROW)
    actor = tables.Column(_("Person"))
    verb = tables.Column(_("Deed"))
    thing_type = tables.Column(_("Kind of thing"))
    thing_label = tables.Column(_("Thing"))
    facts = tables.Column(_("Noted with it"), orderable=False)
    hash = tables.Column(_("Hash"), orderable=False)

    hidden_at_first = ("facts", "hash")

    def render_actor(self, record: Entry) -> str:
        """The person, the clock, or the public."""
        return str(actor(record))

    def render_verb(self, record: Entry) -> str:
        """The deed in words."""
        return str(deed(record.thing_type, record.verb))

    def render_thing_type(self, record: Entry) -> str:
        """The kind in words."""
        return str(kind_name(record.thing_type))

    def render_facts(self, record: Entry) -> str:
        """What was noted, in one line."""
        return "；".join(f"{name}：{value}" for name, value in facts(record))
