"""The score sheet as a form: a field of points and one of remarks for each criterion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zaiti.panels.models import ScoreSheet
from zaiti.panels.queries import sheet_fields
from zaiti.programmes.models import Criterion
from zaiti.web.forms.fields import FigureInput, Form


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


class Points(forms.DecimalField):
    """Points written in figures; 1e1 is none that anybody means."""

    def to_python(self, value: Any) -> Any:
        """Take figures with at most one point."""
        if isinstance(value, str) and value and not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class SheetForm(Form):
    """Points within each criterion's range; `whole` asks for all of them, as signing does."""

    shared = True
    comment = forms.CharField(label=_("Opinion"), widget=forms.Textarea({"rows": 4}), required=False)

    def __init__(self, sheet: ScoreSheet, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        self.lines = list(sheet.rubric.criteria.all())
        self.sheet = sheet
        super().__init__(*args, **kwargs)
        for line in self.lines:
            self.fields[f"points_{line.pk}"] = _points(line, required=whole)
            self.fields[f"remark_{line.pk}"] = _remark(line)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What stands on the sheet; a save that goes through never asks."""
        return {name: _figure(value) for name, value in sheet_fields(self.sheet).items()}

    def get_initial_for_field(self, _field: forms.Field, field_name: str) -> Any:
        """Begin each field with what stands on the sheet."""
        return self.kept[field_name]

    def groups(self) -> Iterator[Group]:
        """The lines by category, in the rubric's order."""
        for name, rows in groupby(self.lines, key=lambda line: line.category):
            lines = [Line(row, self[f"points_{row.pk}"], self[f"remark_{row.pk}"]) for row in rows]
            yield Group(name, sum((row.criterion.points for row in lines), Decimal()), lines)

    def most(self) -> Decimal:
        """All the points there are."""
        return sum((line.points for line in self.lines), Decimal())

    def given(self) -> dict[str, Any]:
        """What was sent and is valid, in the shape the action takes."""
        sent = self.sent()
        return {
            "points": {line.pk: sent[name] for line in self.lines if (name := f"points_{line.pk}") in sent},
            "remarks": {line.pk: sent[name] for line in self.lines if (name := f"remark_{line.pk}") in sent},
            "comment": sent.get("comment"),
        }


def _figure(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _points(line: Criterion, *, required: bool) -> Points:
    most = f"{line.points.normalize():f}"
    label = _now("%(name)s, points (0 to %(most)s)") % {"name": line.name, "most": most}
    widget = FigureInput(
        {"inputmode": "decimal", "autocomplete": "off", "data-points": "", "data-most": most}
    )
    return Points(
        label=label,
        error_messages=_faults(most),
        min_value=0,
        max_value=Decimal(most),
        max_digits=5,
        decimal_places=2,
        required=required,
        widget=widget,
    )


def _faults(most: str) -> dict[str, str]:
    return {
        "invalid": _now("write a number from 0 to %s, such as 4.5.") % most,
        "min_value": _now("not below 0."),
        "max_value": _now("at most %s.") % most,
        "max_digits": _now("at most %s.") % most,
        "max_whole_digits": _now("at most %s.") % most,
        "max_decimal_places": _now("at most two decimals."),
    }


def _remark(line: Criterion) -> forms.CharField:
    label = _now("%s, remark") % line.name
    widget = forms.TextInput({"placeholder": _now("Remark"), "data-remark": ""})
    return forms.CharField(label=label, max_length=300, required=False, widget=widget)
