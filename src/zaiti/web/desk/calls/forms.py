"""Forms of calls and published texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.notices.models import Call
from zaiti.programmes.actions.rubrics import Line
from zaiti.programmes.models import CarrierType, Rubric
from zaiti.web.forms.fields import Form

SPARE_LINES = 3
DOC_NUMBER = r"^[^\s〔〕\d]+〔\d{4}〕[1-9]\d*号$"  # 机关代字〔年〕号 (GB/T 9704-2012)
INDEX_NUMBER = r"^[0-9A-Z]{18}/\d{4}-\d{5}$"


class CallForm(Form):
    """All a district says in its call; the rest comes from the year's pack."""

    shared = True

    title = forms.CharField(label=_("title"), max_length=200)
    opens_at = forms.DateTimeField(
        label=_("opens at"), help_text=_("From this second on applications are taken.")
    )
    closes_at = forms.DateTimeField(
        label=_("closes at"),
        help_text=_("At this second the window is closed: 18:00:00 is too late already."),
    )
    types = forms.ModelMultipleChoiceField(
        CarrierType.objects.none(), label=_("carrier types"), widget=forms.CheckboxSelectMultiple
    )
    contact_office = forms.CharField(label=_("contact office"), max_length=120)
    contact_phone = forms.CharField(
        label=_("contact telephone"),
        max_length=60,
        help_text=_("An office line, not a private mobile number."),
    )
    contact_address = forms.CharField(label=_("address"), max_length=200, required=False)
    paper_required = forms.BooleanField(label=_("paper copies required"), required=False)
    paper_copies = forms.IntegerField(label=_("number of paper copies"), min_value=1, max_value=10, initial=2)
    requirements = forms.CharField(
        label=_("further requirements"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Stands at the end of the notice's last section. An empty line begins a new paragraph."),
    )

    category = forms.CharField(label=_("category"), max_length=60, required=False)
    numbered_elsewhere = forms.BooleanField(
        label=_("numbers are not given by this system"),
        required=False,
        help_text=_("Then the two below are published as written here; what is left empty stays empty."),
    )
    doc_number = forms.RegexField(
        DOC_NUMBER,
        label=_("document number"),
        max_length=60,
        required=False,
        error_messages={"invalid": _("Write it as the bureau's letters, the bracketed year and the number.")},
    )
    index_number = forms.RegexField(
        INDEX_NUMBER,
        label=_("index number"),
        max_length=40,
        required=False,
        error_messages={"invalid": _("Write it as the bureau's credit code, the year and five digits.")},
    )

    def __init__(self, types: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["types"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = types

    def clean(self) -> dict[str, Any]:
        """The window closes after it opens; paper needs an address."""
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The window must close after it opens."))
        if not given.get("numbered_elsewhere"):
            for name in ("doc_number", "index_number"):
                if given.get(name):
                    self.add_error(
                        name, _("Say above that numbers are not given by this system, or leave it empty.")
                    )
        if given.get("paper_required") and not given.get("contact_address"):
            self.add_error(
                "contact_address", _("Paper copies are asked for; fill in the address they go to.")
            )
        return given


def call_initial(call: Call) -> dict[str, Any]:
    """What the form shows of a draft."""
    names = [name for name in CallForm.base_fields if name != "types"]
    return {name: getattr(call, name) for name in names} | {
        "types": [row.carrier_type for row in call.types.all()]
    }


class TakeDownForm(Form):
    """Why a text is taken down."""

    reason = forms.CharField(
        label=_("why it is taken down"),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        help_text=_("It is published in place of the text: name nobody in it."),
    )


class RubricForm(Form):
    """The pass line and least share of a district's version; which version it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    pass_line = forms.DecimalField(label=_("pass line"), min_value=0, max_value=100, decimal_places=2)
    category_min_ratio = forms.DecimalField(
        label=_("least share of each category"), min_value=0, max_value=1, decimal_places=2
    )


class SourceForm(Form):
    """Which document a rubric comes from."""

    source = forms.CharField(
        label=_("document it comes from"),
        max_length=200,
        help_text=_("Title and number of the notice or its attachment."),
    )


class LineForm(Form):
    """One criterion; a line without a name is left out."""

    category = forms.CharField(label=_("category"), max_length=60, required=False)
    name = forms.CharField(label=_("criterion"), max_length=120, required=False)
    points = forms.DecimalField(
        label=_("points"), min_value=0, max_digits=5, decimal_places=2, required=False
    )
    note = forms.CharField(label=_("how to judge"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A named line needs its category and points."""
        given = super().clean() or self.cleaned_data
        if given.get("name") and not (given.get("category") and given.get("points")):
            raise forms.ValidationError(_("Each criterion needs a category, a name and points above 0."))
        return given


Lines = forms.formset_factory(LineForm, extra=SPARE_LINES, max_num=60, absolute_max=60)


def lines_of(rubric: Rubric) -> list[dict[str, Any]]:
    """A rubric's lines as the form takes them."""
    return [
        {"category": line.category, "name": line.name, "points": line.points.normalize(), "note": line.note}
        for line in rubric.criteria.all()
    ]


def filled(lines: Any) -> list[Line]:
    """The lines that have a name, as `adapt_rubric` takes them."""
    return [_line(form.cleaned_data) for form in lines if form.cleaned_data.get("name")]


def _line(given: dict[str, Any]) -> Line:
    return Line(category=given["category"], name=given["name"], points=given["points"], note=given["note"])
