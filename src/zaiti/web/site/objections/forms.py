"""The objection form: one page, one submit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.identity import Kind, normalise
from zaiti.core import Refused
from zaiti.files.evidence import check, check_all
from zaiti.files.store import ANYBODY
from zaiti.publicity.objector import real_name
from zaiti.web.forms.fields import EmailField, Form
from zaiti.web.forms.kept import FilesField


class ObjectionForm(Form):
    """What an objector says; the name and the number are checked at their fields."""

    text = forms.CharField(
        label=_("What you object to, and the facts"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=_("Say what is not so, when and where, and how it can be checked."),
    )
    evidence = FilesField(
        label=_("Evidence"),
        required=False,
        check=check,
        check_all=check_all,
        spare=ANYBODY,
        help_text=_("PDF, JPEG or PNG; several files may be chosen, at most 10, of 100 MB together."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("Your real name; anonymous objections are not taken."),
    )
    identity_kind = forms.ChoiceField(
        label=_("Identity document"), choices=Kind.choices, initial=Kind.RESIDENT, required=False
    )
    identity_number = forms.CharField(
        label=_("Identity number"),
        max_length=80,
        help_text=_("As on the document; spaces, dashes and small letters do no harm."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40)
    email = EmailField(
        label=_("Email"),
        required=False,
        help_text=_("If you want to be told by mail when the case moves on."),
    )
    unit = forms.CharField(label=_("Your unit"), required=False, max_length=120)

    def clean_name(self) -> str:
        """Refuse what is no real name."""
        try:
            return real_name(self.cleaned_data["name"])
        except Refused as no:
            raise forms.ValidationError(no.message) from no

    def clean_identity_number(self) -> str:
        """Refuse a number that can't be one of the chosen document."""
        kind = self.cleaned_data.get("identity_kind") or Kind.RESIDENT
        try:
            return normalise(self.cleaned_data["identity_number"], kind)
        except Refused as no:
            raise forms.ValidationError(no.message) from no
