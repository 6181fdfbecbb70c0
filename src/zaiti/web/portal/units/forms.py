"""Forms of a unit's registration and its members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.accounts import uscc
from zaiti.accounts.models import Authority, AuthorityQuerySet, Organisation
from zaiti.applications.queries import bound_to
from zaiti.core import Refused
from zaiti.files.evidence import check
from zaiti.programmes.queries import kind_words, kinds_of
from zaiti.web.forms.fields import EmailField, Form, ModelForm
from zaiti.web.forms.kept import FileField, FilesField

FIELDS = ["name", "kind", "founded_on", "legal_person", "registered_address", "operating_address"]


class UnitForm(ModelForm):
    """What is said of a unit."""

    shared = True

    class Meta:
        model = Organisation
        fields = FIELDS

    def __init__(self, *args: Any, city: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_of(city)
        own = [] if not self.instance.kind else [(self.instance.kind, kind_words(self.instance))]
        choices = dict([*kinds, *own])
        field = self.fields["kind"]
        self.fields["kind"] = forms.ChoiceField(
            label=field.label, choices=[("", _("Please choose")), *choices.items()]
        )

    def clean_name(self) -> str:
        """A unit that has handed in asks its district for a new name; it is not changed here."""
        name: str = self.cleaned_data["name"]
        if self.instance.pk and name != self.instance.name and bound_to(self.instance):
            raise forms.ValidationError(
                _("Your unit has handed in; ask the district for the new name below, with your reason.")
            )
        return name


class CodeField(forms.CharField):
    """A unit's code; spaces, small letters and full-width characters are put right."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Unified social credit code"),
            help_text=_("18 characters, as on the licence; spaces and small letters do no harm."),
            max_length=40,
        )

    def clean(self, value: Any) -> str:
        """Give the code in its one spelling, or say what is wrong with it."""
        try:
            return uscc.normalise(super().clean(value))
        except Refused as no:
            raise forms.ValidationError(no.message)


class DistrictField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """The district that decides whether one may act for the unit."""

    def __init__(self) -> None:
        super().__init__(
            Authority.objects.filter(level=Authority.Level.DISTRICT),
            label=_("District of the registered address"),
            help_text=_("Its bureau looks at the unit's letter of authorisation."),
        )

    def label_from_instance(self, obj: Authority) -> str:
        """Name the district, as applicants do."""
        return obj.district or obj.name


def offer(form: forms.BaseForm, bureaus: AuthorityQuerySet) -> None:
    """Have the form choose among the districts of one city."""
    field: Any = form.fields["district"]
    field.queryset = bureaus.filter(level=Authority.Level.DISTRICT)


class RegistrationForm(UnitForm):
    """A unit, its code and its district."""

    class Meta(UnitForm.Meta):
        fields = ["uscc", *FIELDS, "district"]

    def __init__(self, *args: Any, bureaus: AuthorityQuerySet, **kwargs: Any) -> None:
        city = bureaus.filter(level=Authority.Level.CITY).first()
        super().__init__(*args, city=city.pk if city else None, **kwargs)
        self.fields |= {"uscc": CodeField(), "district": DistrictField()}
        offer(self, bureaus)

    def validate_unique(self) -> None:
        """Whether the unit is registered already is the action's to say."""


class LetterForm(Form):
    """The sealed letter of the unit one runs."""

    def __init__(self, *args: Any, bureaus: AuthorityQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, bureaus)

    district = DistrictField()
    letter = FileField(
        label=_("Sealed letter (PDF scan)"), help_text=_("Printed, signed and sealed, then scanned: one PDF.")
    )


class ClaimForm(LetterForm):
    """A claim to a unit that someone else registered."""

    uscc = CodeField()
    name = forms.CharField(
        label=_("Name of the unit"), max_length=120, help_text=_("As on the licence and on the seal.")
    )
    field_order = ["uscc", "name", "district", "letter"]


class InvitationForm(Form):
    """A colleague to invite."""

    name = forms.CharField(label=_("Colleague's name"), max_length=60)
    email = EmailField(
        label=_("Colleague's email"), help_text=_("The link is sent there; it works once, for 7 days.")
    )


class RenamingForm(Form):
    """A new name, with the reason and what shows it."""

    name = forms.CharField(
        label=_("New name"), max_length=120, help_text=_("As on the new licence, character by character.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The district reads it."),
    )
    evidence = FilesField(
        label=_("Evidence"),
        required=False,
        check=check,
        help_text=_("Such as the notice of the change of registration; PDF, JPEG or PNG."),
    )
