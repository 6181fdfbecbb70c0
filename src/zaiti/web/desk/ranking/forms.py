"""Forms of the ranking pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zaiti.ranking.models import Candidate
from zaiti.web.forms.fields import Form


class DecisionForm(Form):
    """What the meeting made of the ranking: the names ticked, and why where it departs."""

    shared = True

    meeting_on = forms.DateField(label=_("Meeting held on"))
    meeting_text = forms.CharField(
        label=_("The meeting's decision"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(self, *args: Any, rows: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["listed"] = forms.TypedMultipleChoiceField(
            label=_("Names listed"),
            coerce=int,
            required=False,
            choices=[(row.pk, str(row)) for row in rows],
            initial=[row.pk for row in rows if _first(row)],
        )
        for row in rows:
            self.fields[f"reason_{row.pk}"] = _why(row)
        self.ticked = {str(key) for key in self["listed"].value() or ()}

    def lines(self) -> list[dict[str, Any]]:
        """Each application with its tick and its reason, as they stand on the page."""
        return [
            {"row": row, "ticked": str(row.pk) in self.ticked, "reason": self[f"reason_{row.pk}"]}
            for row in self.rows
        ]

    def decision(self) -> dict[str, Any]:
        """What the action takes."""
        reasons = {row.pk: self.cleaned_data[f"reason_{row.pk}"] for row in self.rows}
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


def _why(row: Candidate) -> forms.CharField:
    """Why the meeting departs from the ranking with this name."""
    label = _now("Reason for %(row)s") % {"row": row}
    widget = forms.TextInput({"data-most-letters": "500", "aria-label": label})
    return forms.CharField(label=label, required=False, initial=row.deviation_reason, widget=widget)


def _first(row: Candidate) -> bool:
    """Before anyone ticks: what the ranking suggests, or what was decided before."""
    return row.state != Candidate.State.RANKED or row.suggested
