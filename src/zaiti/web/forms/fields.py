"""Forms in the house's dress: label above, help below, errors at the field and summed up at the top."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from zaiti.core.figures import figure
from zaiti.core.text import says_something, tidy, wrong
from zaiti.web.forms.kept import KeepsFiles
from zaiti.web.forms.saving import Based

DASHES = "---------"  # Django's empty choice
CHOOSE = _("Please choose")


class Renderer(TemplatesSetting):
    """Every form of the site is drawn by these templates."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class DateInput(forms.DateInput):
    """A day, typed or picked, in one form whatever the browser speaks: 2025-07-04."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        given = {
            "placeholder": "2025-07-04",
            "inputmode": "numeric",
            "autocomplete": "off",
            "data-date": "date",
        }
        super().__init__(given | (attrs or {}), format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and time to the second, in one form: 2025-07-04 18:00:00."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        given = {"placeholder": "2025-07-04 18:00:00", "autocomplete": "off", "data-date": "datetime-local"}
        super().__init__(given | (attrs or {}), format="%Y-%m-%d %H:%M:%S")


class EmailField(forms.EmailField):
    """An address as Chinese keyboards write it, too: full width, with “＠” and “。”."""

    def to_python(self, value: Any) -> str:
        """Give it in half width, without spaces."""
        wide = unicodedata.normalize("NFKC", str(value or "")).replace("。", ".")
        return str(super().to_python("".join(wide.split())))


class FigureInput(forms.TextInput):
    """A number as text: a field of type number drops what is no number before anybody can say so."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Read what is plainly a number as one; anything else stays as typed, to be told what is wrong."""
        given = super().value_from_datadict(data, files, name)
        return figure(given) if isinstance(given, str) else given


def dress(form: forms.BaseForm, blank: Any = CHOOSE) -> None:
    """Give date and time fields their one widget, and the empty choice its words."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.MultiWidget):
            continue
        if isinstance(field, forms.DateTimeField):
            _change(field, MomentInput())
        elif isinstance(field, forms.DateField):
            _change(field, DateInput())
        elif isinstance(field, forms.IntegerField) and not field.widget.is_hidden:
            _change(field, FigureInput({"inputmode": "decimal" if _has_point(field) else "numeric"}))
        else:
            _name_blank(field, blank)
        _tell_length(field)


def _has_point(field: forms.Field) -> bool:
    return isinstance(field, forms.DecimalField | forms.FloatField)


def _tell_length(field: forms.Field) -> None:
    """A browser cuts what is pasted at `maxlength` without a word; the page counts and the server says."""
    if isinstance(field, forms.CharField) and (most := field.widget.attrs.pop("maxlength", None)):
        field.widget.attrs["data-most-letters"] = most


def _name_blank(field: Any, blank: Any) -> None:
    kind = type(field)
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = blank
    elif issubclass(kind, forms.ChoiceField) and not issubclass(kind, forms.ModelChoiceField):
        field.choices = [(value, blank if label == DASHES else label) for value, label in field.choices]
    elif issubclass(kind, forms.NullBooleanField):
        field.widget.choices = [("", blank), *field.widget.choices[1:]]


def _change(field: forms.Field, widget: forms.Widget) -> None:
    if field.widget.is_hidden or type(field.widget) is type(widget):
        return
    widget.attrs |= {
        key: value for key, value in field.widget.attrs.items() if key not in {"type", "min", "max", "step"}
    }
    widget.is_required = field.widget.is_required
    field.widget = widget


class OfWords:
    """Refuses in a sentence what can't stand in people's words, and words that nobody can see."""

    def __init__(self, *, lines: bool, needed: bool) -> None:
        self.lines, self.needed = lines, needed

    def __call__(self, text: object) -> None:
        """Check one text."""
        if no := wrong(str(text), lines=self.lines):
            raise forms.ValidationError(no, code="control")
        if self.needed and not says_something(str(text)):
            raise forms.ValidationError(forms.Field.default_error_messages["required"], code="required")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OfWords) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # compared, never kept in sets


class WordsMixin(forms.BaseForm):
    """Takes people's words in one form: unseen characters are left out, control characters refused."""

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]  # not in the stubs
        if isinstance(value, str) and not isinstance(widget, forms.PasswordInput):
            return tidy(value, lines=_has_lines(widget))
        return value

    def _clean_fields(self) -> None:
        for field in self.fields.values():
            check = OfWords(
                lines=_has_lines(field.widget),
                needed=field.required and not isinstance(field.widget, forms.PasswordInput),
            )
            if isinstance(field, forms.CharField) and check not in field.validators:
                field.validators.append(check)
        super()._clean_fields()  # type: ignore[misc]  # not in the stubs


def _has_lines(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.Textarea)


class Form(Based, KeepsFiles, WordsMixin, forms.Form):
    """The base of the doors' forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ModelForm(Based, KeepsFiles, WordsMixin, forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The base of the doors' forms upon a model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
