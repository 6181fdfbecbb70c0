"""The application form (申报书)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.applications.models import Application
from zaiti.web.forms.fields import ModelForm

PARTS = (
    (
        _("The carrier"),
        ("carrier_name", "training_address", "occupations", "trained_last_year", "summary", "plan"),
    ),
    (_("The skills master"), Application.STUDIO_FORM),
    (
        _("The unit and its contact"),
        ("registered_address", "operating_address", "contact_name", "contact_phone"),
    ),
)


class ApplicationForm(ModelForm):
    """Every entry may wait while it is a draft; while returned, only what the notice names is there."""

    shared = True

    class Meta:
        model = Application
        fields = [*Application.FORM, *Application.STUDIO_FORM]
        widgets = {
            "contact_phone": forms.TextInput,
            "summary": forms.Textarea({"rows": 6}),
            "plan": forms.Textarea({"rows": 6}),
        }
        help_texts = {
            "carrier_name": _("As it should stand on the certificate."),
            "occupations": _("Parted by 、"),
            "trained_last_year": _("Number of people, counted once each."),
            "contact_phone": _("Kept encrypted; shown to the district that checks the application."),
            "master_certificate": _("A master can head one studio citywide in a year."),
            "training_address": _("Where training takes place; the experts visit it."),
        }

    def __init__(self, *args: Any, instance: Application, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        returned = instance.state == Application.State.RETURNED
        for name in set(self.fields) - set(instance.open_fields if returned else instance.form_fields):
            del self.fields[name]

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Group the fields under their headings."""
        named = [(title, [self[name] for name in names if name in self.fields]) for title, names in PARTS]
        return [(title, fields) for title, fields in named if fields]
