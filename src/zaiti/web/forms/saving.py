"""Saving by field: what a page showed travels with what is typed; what was not saved says so beside it."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zaiti import clock
from zaiti.drafts.merging import Conflict, Merge, Overtaken, Seen, plain, print_of

BASED_ON = "based_on"
PAGE = "*page"  # among the prints: the name of the page they were drawn on


class Based:
    """A form that carries prints of what its fields held when the page was drawn."""

    kept_rest = False  # whether what is valid was saved although the rest was not
    shared = False  # whether several people fill in what it shows
    conflicts: Mapping[str, Conflict] = MappingProxyType({})
    outcome: Any = None  # what the deed gave back
    _saved: frozenset[str] = frozenset()

    @property
    def based_on(self: Any) -> SafeString:
        """The hidden field that carries the prints."""
        prints = {self.add_prefix(name): self._print(name) for name in self.fields}
        kept = {name: value for name, value in self._posted.items() if name not in self._saved}
        text = json.dumps({PAGE: get_random_string(12)} | prints | kept, separators=(",", ":"))
        return format_html('<input type="hidden" name="{}" value="{}" data-based>', BASED_ON, text)

    def saved_prints(self: Any) -> dict[str, str]:
        """Prints of what was written just now."""
        return {
            html: self._print(name) for name in self.fields if (html := self.add_prefix(name)) in self._saved
        }

    @cached_property
    def _posted(self: Any) -> dict[str, str]:
        try:
            given = json.loads(self.data.get(BASED_ON) or "{}") if self.is_bound else {}
        except ValueError:
            given = {}
        return {str(key): str(value) for key, value in given.items()} if isinstance(given, dict) else {}

    @cached_property
    def _choices(self: Any) -> dict[str, tuple[str, str]]:
        """What was chosen where two had written: whose words, against which print."""
        made = {name: self.data.get(f"choice-{self.add_prefix(name)}", "") for name in self.fields}
        return {name: (said.partition(":")[0], said.partition(":")[2]) for name, said in made.items() if said}

    @property
    def seen(self: Any) -> Seen:
        """What the page showed, by field; where its writer keeps their words, what they keep them against."""
        html = {name: self._posted.get(self.add_prefix(name)) for name in self.fields}
        prints = {name: value for name, value in html.items() if value is not None}
        chosen = self._choices.items()
        kept = {name: value if whose == "mine" else self._typed(name) for name, (whose, value) in chosen}
        return Seen(prints | kept, self._posted.get(PAGE, ""))

    def came(self: Any, name: str) -> bool:
        """Whether this field was sent; a box that is not ticked is told by its print alone."""
        html = self.add_prefix(name)
        dropped = self._choices.get(name, ("",))[0] == "theirs"
        sent = html in self.data or not self.fields[name].widget.value_omitted_from_data(
            self.data, self.files, html
        )
        return sent and not dropped and (html in self._posted or html in self.data)

    def sent(self: Any) -> dict[str, Any]:
        """What was sent and is valid."""
        return {name: value for name, value in self.cleaned_data.items() if self.came(name)}

    def settle(self: Any, made: Merge) -> None:
        """Note what was written, and what was not."""
        self.conflicts, self.kept_rest = made.conflicts, True
        held = {*self.errors, *made.conflicts}
        self._saved = frozenset(self.add_prefix(name) for name in self.sent() if name not in held)

    def carries_out(self: Any, deed: Callable[..., Any], *things: Any, **facts: Any) -> bool:
        """Do what the form asks for, unless somebody else was faster: then say so at the fields."""
        try:
            seen = self.seen if BASED_ON in self.data else None  # a form of no page of ours
            self.outcome = deed(*things, seen=seen, **facts)
        except Overtaken as no:
            self.overtaken(no)
        return not self.conflicts

    def overtaken(self: Any, no: Overtaken) -> None:
        """Note that nothing was written, as somebody else was first."""
        self.conflicts = {name: conflict for name, conflict in no.conflicts.items() if name in self.fields}
        if missing := set(no.conflicts) - set(self.conflicts):
            self.add_error(None, f"{no.message} {'、'.join(sorted(missing))}")

    def unsaved(self: Any) -> list[forms.BoundField]:
        """The fields that came and were not saved."""
        return [self[name] for name in self.fields if self.came(name) and self.why_not(name)]

    def why_not(self: Any, name: str) -> dict[str, Any] | None:
        """Why a field was not saved: what is wrong with it, or what somebody else wrote meanwhile."""
        if conflict := self.conflicts.get(name):
            theirs = self.fields[name].prepare_value(conflict.theirs)
            return {
                "conflict": conflict,
                "shown": _shown(self.fields[name], conflict.theirs),
                "theirs": json.dumps(theirs, default=str, ensure_ascii=False),
                "print": print_of(conflict.theirs),
            }
        return {"errors": self.errors[name]} if name in self.errors else None

    def _typed(self: Any, name: str) -> str:
        """The print of what was typed: over it, what is typed changes nothing."""
        return print_of(getattr(self, "cleaned_data", {}).get(name))

    def _print(self: Any, name: str) -> str:
        field = self.fields[name]
        saved = self.add_prefix(name) in self._saved
        value = self.cleaned_data[name] if saved else self.get_initial_for_field(field, name)
        return print_of(bool(value) if type(field) is forms.BooleanField else value)


def answer(form: Any) -> JsonResponse:
    """Answer an autosave: what is kept now, and beside each other field why it is not."""
    notes = {field.html_name: _render(form, field) for field in form.unsaved()}
    status = 409 if form.conflicts else 422 if notes else 200
    return saved(prints=form.saved_prints(), notes=notes, status=status)


def saved(*, prints: Any = None, notes: Any = None, status: int = 200) -> JsonResponse:
    """What an autosaving page reads: when it was, and field by field what is kept now or why not."""
    now = f"{timezone.localtime(clock.now()):%H:%M}"
    return JsonResponse({"saved": now, "prints": prints or {}, "notes": notes or {}}, status=status)


def _render(form: Any, field: forms.BoundField) -> str:
    note = {"note": form.why_not(field.name), "field": field}
    return render_to_string("ui/forms/note.html", note)


def _shown(field: forms.Field, value: object) -> str:
    """A stored value in words: the labels of what was chosen, or the text."""
    if value is None or value == "":
        return ""
    choices: Any = getattr(field, "choices", None)
    if choices is None:
        return str(field.prepare_value(value))
    wanted = set(plain(value).split("\n"))
    return "、".join(str(label) for key, label in choices if plain(getattr(key, "value", key)) in wanted)
