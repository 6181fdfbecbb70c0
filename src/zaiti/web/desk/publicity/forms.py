"""Forms of the publicity pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.ranking.models import Candidate
from zaiti.web.forms.fields import Form


class NamesForm(Form):
    """Names ticked of those that may be."""

    names = forms.ModelMultipleChoiceField(
        Candidate.objects.none(), label=_("Candidates"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choose_from: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(choose_from)
        field = self.fields["names"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = choose_from
        field.choices = [(row.pk, f"{row} · {row.carrier_type}") for row in self.rows]
        field.initial = [row.pk for row in self.rows]


class CorrectionForm(NamesForm):
    """Which posted names a correction changes, and what was wrong."""

    reason = forms.CharField(
        label=_("What was wrong"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].initial = []


class AnswerForm(Form):
    """What to answer an objector."""

    shared = True

    upholds = forms.TypedChoiceField(
        label=_("Conclusion"),
        choices=[("1", _("upheld: the name is blocked")), ("0", _("not upheld"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("What was found, and why"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=_(
            "This goes into the letter as it stands. Name nobody and nothing that tells who objected."
        ),
    )
