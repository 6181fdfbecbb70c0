"""The score sheet as a form: a field of points and one of remarks for each criterion."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zaiti.doors.ui.forms import Form
from zaiti.panels.models import ScoreSheet
from zaiti.programmes.models import Criterion


@dataclass(frozen=True)
class Line:
    """One criterion with its two fields."""

    criterion: Criterion
    points: forms.BoundField
    remark: forms.BoundField


@dataclass(frozen=True)
class Group:
    """One category with its lines and the most it gives."""

    name: str
    most: Decimal
    lines: list[Line]


class SheetForm(Form):
    """Points within each criterion's range; `whole` asks for all of them, as signing does."""

    comment = forms.CharField(label=_("Opinion"), widget=forms.Textarea({"rows": 4}), required=False)

    def __init__(self, sheet: ScoreSheet, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        self.lines = list(sheet.rubric.criteria.all())
        super().__init__(*args, initial=_kept(sheet), **kwargs)
        for line in self.lines:
            self.fields[f"points_{line.pk}"] = _points(line, required=whole)
            self.fields[f"remark_{line.pk}"] = _remark(line)

    def groups(self) -> Iterator[Group]:
        """The lines by category, in the rubric's order."""
        for name, rows in groupby(self.lines, key=lambda line: line.category):
            lines = [Line(row, self[f"points_{row.pk}"], self[f"remark_{row.pk}"]) for row in rows]
            yield Group(name, sum((row.criterion.points for row in lines), Decimal()), lines)

    def most(self) -> Decimal:
        """All the points there are."""
        return sum((line.points for line in self.lines), Decimal())

    def given(self) -> dict[str, Any]:
        """What is valid, in the shape the action takes; fields with errors are left out."""
        data = self.cleaned_data
        points = {line.pk: data.get(f"points_{line.pk}") for line in self.lines}
        remarks = {line.pk: data.get(f"remark_{line.pk}", "") for line in self.lines}
        kept = {pk: value for pk, value in points.items() if value is not None}
        return {"points": kept, "remarks": remarks, "comment": data.get("comment", "")}


def _kept(sheet: ScoreSheet) -> dict[str, Any]:
    kept: dict[str, Any] = {"comment": sheet.comment}
    for score in sheet.scores.all():
        kept[f"points_{score.criterion_id}"] = f"{score.points.normalize():f}"
        kept[f"remark_{score.criterion_id}"] = score.remark
    return kept


def _points(line: Criterion, *, required: bool) -> forms.DecimalField:
    most = f"{line.points.normalize():f}"
    label = _now("%(name)s, points (0 to %(most)s)") % {"name": line.name, "most": most}
    widget = forms.TextInput(
        {"inputmode": "decimal", "autocomplete": "off", "data-points": "", "data-most": most}
    )
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=line.points,
        max_digits=5,
        decimal_places=2,
        required=required,
        widget=widget,
    )


def _remark(line: Criterion) -> forms.CharField:
    label = _now("%s, remark") % line.name
    widget = forms.TextInput({"placeholder": _now("Remark"), "data-remark": ""})
    return forms.CharField(label=label, max_length=300, required=False, widget=widget)
