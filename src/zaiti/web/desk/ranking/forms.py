"""Forms of the ranking pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zaiti.ranking.models import Candidate
from zaiti.web.forms.fields import Form

MOST_DIGITS = 18  # of a key


class DecisionForm(Form):
    """What the meeting made of the ranking: the names ticked, and why where it departs."""

    shared = True

    meeting_on = forms.DateField(label=_("Meeting held on"))
    meeting_text = forms.CharField(
        label=_("The meeting's decision"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        rows: Sequence[Candidate],
        others: Sequence[Candidate] = (),
        places: int = 0,
        suggested: int = 0,
        **kwargs: Any,
    ) -> None:
        self.turning = data is not None and "turn" in data
        self.shown, self.others, self.places, self.suggested = rows, others, places, suggested
        super().__init__(_turned_to(data, rows) if data is not None and self.turning else data, **kwargs)
        self.all_rows = [*rows, *others]
        self.fields["listed"] = forms.TypedMultipleChoiceField(
            label=_("Names listed"),
            coerce=int,
            required=False,
            choices=[(row.pk, str(row)) for row in self.all_rows],
            initial=[row.pk for row in rows if _first(row)],
        )
        for row in self.all_rows:
            self.fields[f"reason_{row.pk}"] = _why(row)
        self.ticked = {str(key) for key in self["listed"].value() or ()}

    def full_clean(self) -> None:
        """Nothing is asked yet of who only turns the page."""
        if self.turning:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Pages nobody turned to are taken as the ranking suggests, so its line must be where it was."""
        if self.data.get("places", str(self.places)) != str(self.places):
            said = _("The quota has changed meanwhile; look through all pages again.")
            raise forms.ValidationError(said, code="moved")
        return self.cleaned_data

    def lines(self) -> list[dict[str, Any]]:
        """Each application with its tick and its reason, as they stand on the page."""
        return [self._line(row) for row in self.shown]

    def _line(self, row: Candidate) -> dict[str, Any]:
        return {"row": row, "ticked": str(row.pk) in self.ticked, "reason": self[f"reason_{row.pk}"]}

    def elsewhere(self) -> list[dict[str, Any]]:
        """Names of other pages that no longer stand as nobody touched them."""
        lines = [self._line(row) for row in self.others]
        return [line for line in lines if line["ticked"] != _first(line["row"]) or _rewritten(line)]

    def ticked_elsewhere(self) -> int:
        """How many names of other pages are ticked."""
        here = sum(_first(row) for row in self.all_rows)
        return self.suggested - here + sum(str(row.pk) in self.ticked for row in self.others)

    def decision(self) -> dict[str, Any]:
        """What the action takes."""
        reasons = {row.pk: self.cleaned_data[f"reason_{row.pk}"] for row in self.all_rows}
        told = {name: self.cleaned_data[name] for name in ("meeting_on", "meeting_text")}
        return told | {"listed": set(self.cleaned_data["listed"]), "reasons": reasons}


class SuccessorForm(Form):
    """Who follows, where the next are equal, and the meeting's reason."""

    choice = forms.TypedChoiceField(label=_("Successor"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, equals: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [(row.pk, f"{row.rank} · {row} · {row.total}") for row in equals]  # type: ignore[attr-defined]  # a choice field
        if len(equals) == 1:
            self.fields["choice"].initial = equals[0].pk


def named(data: QueryDict) -> set[int]:
    """The names that a post speaks of."""
    told = [name.removeprefix("reason_") for name in data if name.startswith("reason_")]
    return {int(key) for key in told if key.isdecimal() and len(key) < MOST_DIGITS}


def _turned_to(data: QueryDict, rows: Sequence[Candidate]) -> QueryDict:
    """A post whose writer turns to these names: those it does not speak of stand as nobody touched them."""
    whole, told = data.copy(), named(data)
    for row in rows:
        if row.pk not in told:
            whole.setdefault(f"reason_{row.pk}", row.deviation_reason)
            whole.setlistdefault("listed").extend([str(row.pk)] * _first(row))
    return whole


def _why(row: Candidate) -> forms.CharField:
    """Why the meeting departs from the ranking with this name."""
    label = _now("Reason for %(row)s") % {"row": row}
    widget = forms.TextInput({"data-most-letters": "500", "aria-label": label})
    return forms.CharField(label=label, required=False, initial=row.deviation_reason, widget=widget)


def _rewritten(line: dict[str, Any]) -> bool:
    return bool((line["reason"].value() or "") != line["row"].deviation_reason)


def _first(row: Candidate) -> bool:
    """Before anyone ticks: what the ranking suggests, or what was decided before."""
    return row.state != Candidate.State.RANKED or row.suggested
