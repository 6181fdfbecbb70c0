"""Form fields as the schema of a pack asks for them; each gives its value as the facts hold it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zaiti.studio.shape import Shape
from zaiti.web.desk.studio.labels import label

LONG = {"purpose", "definition", "focus", "cap_text", "text", "addressees"}
CHOICES = {
    "city": _("city"),
    "district": _("one district"),
    "photo": _("photos and pictures"),
    "word": _("Word files"),
    "ofd": _("OFD, kept beside the PDF"),
    "mean": _("mean of all scores"),
    "trimmed": _("mean without the highest and the lowest"),
    "call": _("publishing the call"),
    "window": _("window of the applications"),
    "apply": _("applying"),
    "accept": _("acceptance"),
    "review": _("review by experts"),
    "publicity": _("publicity"),
    "result": _("result"),
    "format": _("file format"),
    "sealed": _("sealed"),
    "clear": _("legible"),
    "complete": _("no page missing"),
    "straight": _("not askew"),
    "named": _("named after its material"),
    "text": _("one line of text"),
    "lines": _("several lines of text"),
    "whole": _("whole number"),
    "number": _("number with decimals"),
    "money": _("amount of money"),
    "day": _("day"),
    "choice": _("one of several options"),
    "choices": _("any of several options"),
    "address": _("address"),
    "phone": _("telephone"),
    "person": _("somebody's name"),
    "agreed": _("statement to agree to"),
    "rows": _("table"),
    "sum": _("worked out from a table"),
    "expert": _("expert"),
    "public": _("the public"),
    "registered_address": _("the unit's registered address"),
    "operating_address": _("the unit's operating address"),
    "own_name": _("the name of who begins"),
    "own_phone": _("the telephone of who begins"),
}
READERS = {"city": _("city bureau"), "district": _("district bureau")}


def word_of(shape: Shape, one: str) -> "str | Promise":
    """What can be chosen, in words; who reads an answer is a bureau, not an area."""
    return READERS.get(one, CHOICES.get(one, one)) if shape.name == "read_by" else CHOICES.get(one, one)


class OfShape(forms.Field):
    """A field of the facts: it may be empty while the year is in preparation, but never wrong."""

    shape: Shape

    def clean(self, value: Any) -> Any:
        """Give the value as the facts hold it, refused in the schema's own sentence."""
        given = _as_json(super().clean(value))
        if given in (None, ""):
            return "" if self.shape.kind in ("text", "lines") and not self.shape.optional else None
        if no := self.shape.wrong(self.shape.stated(given)):
            raise forms.ValidationError(no.replace(f"“{self.shape.name}”", f"“{self.label}”", 1))
        return given


class Text(OfShape, forms.CharField):
    """Words."""


class Day(OfShape, forms.DateField):
    """A day."""


class Moment(OfShape, forms.DateTimeField):
    """A day and time."""

    def prepare_value(self, value: Any) -> Any:
        """Show it as the clock on the wall does."""
        return super().prepare_value(datetime.fromisoformat(value) if _is_moment(value) else value)


class Whole(OfShape, forms.IntegerField):
    """A whole number."""


class Number(OfShape, forms.DecimalField):
    """A number."""


class Yes(OfShape, forms.BooleanField):
    """Yes or no."""


class Choice(OfShape, forms.ChoiceField):
    """One of few."""


class Choices(OfShape, forms.MultipleChoiceField):
    """Any of few."""


KINDS: dict[str, type[OfShape]] = {
    "text": Text,
    "lines": Text,
    "day": Day,
    "moment": Moment,
    "whole": Whole,
    "number": Number,
    "yes": Yes,
    "choice": Choice,
    "choices": Choices,
}


def field_of(shape: Shape) -> OfShape:
    """The field for a shape."""
    given: dict[str, Any] = {"label": label(shape.name), "required": False}
    if shape.kind == "lines":
        given |= {"widget": forms.Textarea({"rows": 4}), "help_text": _("One a line, in order.")}
    elif shape.kind == "text" and shape.name in LONG:
        given |= {"widget": forms.Textarea({"rows": 3, "data-plain": ""})}
    elif shape.kind == "choice":
        given["choices"] = [("", _("Please choose")), *_named(shape)]
    elif shape.kind == "choices":
        given |= {"choices": _named(shape), "widget": forms.CheckboxSelectMultiple}
    made = KINDS[shape.kind](**given)
    made.shape = shape
    return made


def _named(shape: Shape) -> list[tuple[str, Any]]:
    return [(one, word_of(shape, one)) for one in shape.choices]


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and "T" in value and value.endswith("+08:00")
