"""Forms of a unit's registration and its members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.accounts import uscc
from zaiti.accounts.models import Organisation
from zaiti.core import Refused
from zaiti.doors.ui.forms import EmailField, Form, ModelForm

FIELDS = ["name", "kind", "founded_on", "legal_person", "registered_address", "operating_address"]


class UnitForm(ModelForm):
    """What is said of a unit."""

    class Meta:
        model = Organisation
        fields = FIELDS


class RegistrationForm(UnitForm):
    """A unit and its code; spaces, small letters and full-width characters are put right."""

    class Meta(UnitForm.Meta):
        fields = ["uscc", *FIELDS]
        help_texts = {"uscc": _("18 characters, as on the licence; spaces and small letters do no harm.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uscc"] = forms.CharField(
            label=self.fields["uscc"].label, help_text=self.fields["uscc"].help_text, max_length=40
        )

    def clean_uscc(self) -> str:
        """Give the code in its one spelling, or say what is wrong with it."""
        try:
            return uscc.normalise(self.cleaned_data["uscc"])
        except Refused as no:
            raise forms.ValidationError(no.message)

    def validate_unique(self) -> None:
        """Whether the unit is registered already is the action's to say."""


class InvitationForm(Form):
    """A colleague to invite."""

    name = forms.CharField(label=_("Colleague's name"), max_length=60)
    email = EmailField(
        label=_("Colleague's email"), help_text=_("The link is sent there; it works once, for 7 days.")
    )
