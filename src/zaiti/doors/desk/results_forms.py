"""Forms of the reports and the announcement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.doors.desk.publicity_forms import NamesForm
from zaiti.doors.ui.forms import Form


class ReportForm(NamesForm):
    """Which names to report, and the district's opinion."""

    opinion = forms.CharField(
        label=_("The district's opinion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("It stands in the letter as written here; it may be left out."),
    )


class AnnouncementForm(Form):
    """The announcement's opening words."""

    opening = forms.CharField(
        label=_("Opening words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Left empty, the usual words are used, with the measures the year rests on."),
    )
