"""What the ledger tells of one thing, for its page's timeline; and where in the procedure its page stands."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from zaiti.doors.ui.pieces import Event, Paper, Say, Step
from zaiti.dossiers.deeds import doer
from zaiti.ledger.models import Entry
from zaiti.ledger.moves import Stateful

Happening = tuple[Say, str]  # what to say, and its tone


def events(
    thing: Stateful, words: Mapping[str, Happening], papers: Mapping[str, list[Paper]] | None = None
) -> list[Event]:
    """The thing's deeds, the latest first, each with the papers it made."""
    entries = Entry.objects.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk, verb__in=words)
    made = papers or {}
    return [
        Event(
            entry.at,
            words[entry.verb][0],
            doer(entry.thing_type, entry.verb, entry.actor),
            entry.facts.get("reason", ""),
            words[entry.verb][1],
            made.get(entry.verb, []),
        )
        for entry in entries.order_by("-id")
    ]


REVIEW, PUBLICITY, REPORT, RESULT, OVER = range(2, 7)


def procedure(here: int) -> list[Step]:
    """The procedure's six steps; `here` is under way."""
    labels = (_("Application"), _("Acceptance"), _("Review"), _("Publicity"), _("Report"), _("Result"))
    return [
        Step(label, "done" if n < here else "now" if n == here else "todo") for n, label in enumerate(labels)
    ]
