"""Forms of the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority
from zaiti.clock.arrangement import Arrangement, number_in, read_rows, read_text
from zaiti.clock.table_file import sentences
from zaiti.core import Refused
from zaiti.drafts.merging import print_of
from zaiti.programmes.actions import cell
from zaiti.programmes.models import CarrierType, Quota
from zaiti.programmes.queries import QuotaTable
from zaiti.web.forms.fields import Form
from zaiti.web.forms.kept import FileField


class QuotasForm(Form):
    """The plan as a grid of numbers, district × type."""

    shared = True

    def __init__(self, table: QuotaTable, *args: Any, **kwargs: Any) -> None:
        self.table = table
        super().__init__(*args, **kwargs)
        for row in table.rows:
            for each in row.cells:
                self.fields[_name(each)] = _number(each)

    def places(self) -> dict[tuple[int, int], int]:
        """What was entered, as `set_quotas` takes it."""
        rows = [each for row in self.table.rows for each in row.cells]
        return {
            (each.authority_id, each.carrier_type_id): self.cleaned_data[_name(each)] or 0 for each in rows
        }

    def _print(self, name: str) -> str:
        """Of what is stored: a sample that is filled in is not."""
        return print_of(self.fields[name].initial)

    def grid(self) -> list[tuple[Authority, list[Any], Any]]:
        """Each district with its bound fields and its row's sum."""
        return [
            (row.authority, [self[_name(each)] for each in row.cells], row.total) for row in self.table.rows
        ]


def _name(row: Quota) -> str:
    return cell((row.authority_id, row.carrier_type_id))


def _number(cell: Quota) -> forms.IntegerField:
    label = f"{cell.authority.district} {cell.carrier_type.name}"
    attrs: dict[str, Any] = {
        "class": "z-cell text-end ms-auto",
        "inputmode": "numeric",
        "data-district": cell.authority_id,
        "data-type": cell.carrier_type_id,
        "aria-label": label,
    }
    if cell.frozen_at and cell.places:
        attrs |= {"readonly": True, "title": _("frozen by the district's published call")}
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=999,
        required=False,
        initial=cell.places,
        widget=forms.NumberInput(attrs),
    )


class CapForm(Form):
    """The year's cap."""

    cap = forms.IntegerField(label=_("cap"), min_value=1, max_value=9999)


class MoveForm(Form):
    """Places that go from one district to another."""

    carrier_type = forms.ModelChoiceField(CarrierType.objects.none(), label=_("carrier type"))
    source = forms.ModelChoiceField(Authority.objects.none(), label=_("from district"))
    target = forms.ModelChoiceField(Authority.objects.none(), label=_("to district"))
    places = forms.IntegerField(label=_("places"), min_value=1, max_value=999)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Goes on record and to both districts."),
    )

    def __init__(self, types: Any, districts: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("carrier_type", types), ("source", districts), ("target", districts)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices


class YearForm(Form):
    """A year whose holiday arrangement is known."""

    year = forms.IntegerField(label=_("year"), min_value=2004, max_value=2100)
    source = forms.CharField(
        label=_("source"),
        max_length=200,
        help_text=_("The State Council's notice, with its number."),
    )


class ImportForm(Form):
    """A year's arrangement: the notice's text, or a table."""

    year = forms.IntegerField(label=_("year"), min_value=2004, max_value=2100)
    text = forms.CharField(
        label=_("Text of the notice"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20000,
        required=False,
        help_text=_("Paste the State Council's notice on the year's holidays, with its title or without."),
    )
    table = FileField(
        label=_("or a table (XLSX)"),
        required=False,
        help_text=_("In each row a day, whether it is off or worked, and the holiday's name."),
    )
    source = forms.CharField(
        label=_("source"),
        max_length=200,
        required=False,
        help_text=_("The State Council's notice, with its number; read from the text when it is there."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the days; each fault is a sentence with its line."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if not given["text"].strip() and not given["table"]:
            raise forms.ValidationError(_("Paste the notice's text, or choose a table."))
        try:
            self.found = self._read(given)
        except Refused as no:
            self.add_error("table", no.message)
            return given
        for fault in self.found.faults:
            said = _now("Line %(line)s: %(said)s") % {"line": fault.line, "said": fault.said}
            self.add_error("table" if given["table"] else "text", said)
        given["source"] = given["source"].strip() or number_in(given["text"])
        if not given["source"]:
            self.add_error("source", _now("Name the notice that it comes from, with its number."))
        return given

    def _read(self, given: dict[str, Any]) -> Arrangement:
        if given["table"]:
            return read_rows(sentences(given["table"]), given["year"])
        return read_text(given["text"], given["year"])


class DayForm(Form):
    """A day that is not what its weekday says, or is so again."""

    day = forms.DateField(label=_("day"))
    working = forms.TypedChoiceField(
        label=_("kind of day"),
        choices=[("", _("Please choose")), ("0", _("rest day")), ("1", _("working day"))],
        coerce=lambda value: value == "1",
    )
    name = forms.CharField(
        label=_("name of the day"),
        max_length=60,
        required=False,
        help_text=_("For example the holiday's name."),
    )
