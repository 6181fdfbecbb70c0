"""Forms of the reports and the announcement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.web.desk.publicity.forms import NamesForm
from zaiti.web.forms.fields import Form


class ReportForm(NamesForm):
    """Which names to report, and the district's opinion."""

    shared = True

    opinion = forms.CharField(
        label=_("The district's opinion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("It stands in the letter as written here; it may be left out."),
    )

    def report(self) -> dict[str, Any]:
        """What the action takes."""
        return {"candidates": self.cleaned_data["names"], "opinion": self.cleaned_data["opinion"]}


class AnnouncementForm(Form):
    """The announcement's opening words."""

    shared = True

    opening = forms.CharField(
        label=_("Opening words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Left empty, the usual words are used, with the measures the year rests on."),
    )
