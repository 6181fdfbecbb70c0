"""Forms of changes of what is published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.web.forms.fields import Form


class ExtendForm(Form):
    """A later closing time for everyone."""

    closes_at = forms.DateTimeField(label=_("new closing time"))
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea({"rows": 2}),
        max_length=500,
        help_text=_("Is published with the extension, as the cause: name the thing and its time."),
    )


class CorrectForm(Form):
    """A corrected version of a published text."""

    title = forms.CharField(label=_("title"), max_length=200)
    reason = forms.CharField(
        label=_("what is corrected and why"),
        widget=forms.Textarea({"rows": 2}),
        max_length=500,
        help_text=_("Is published."),
    )
    body = forms.CharField(label=_("text"), widget=forms.Textarea({"rows": 24, "data-plain": ""}))
