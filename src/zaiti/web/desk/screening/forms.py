"""What an officer says in form checks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti.applications.models import Application
from zaiti.core import Refused
from zaiti.screening.faults import FAULTS
from zaiti.screening.models import Check
from zaiti.screening.queries import default_due
from zaiti.web.forms.fields import Form

IN_ORDER, IN_WORDS = "in_order", "in_words"


class MarkForm(Form):
    """A mark: in order, one of the presets, or a fault in the officer's own words."""

    found = forms.ChoiceField(choices=[(code, code) for code in (IN_ORDER, IN_WORDS, *FAULTS)])
    reason = forms.CharField(max_length=300, required=False)

    def mark(self) -> dict[str, str]:
        """Say it as the action takes it."""
        found = self.cleaned_data["found"]
        if found in FAULTS:
            return {"mark": FAULTS[found].mark, "reason": FAULTS[found].reason}
        if found == IN_ORDER:
            return {"mark": Check.Mark.IN_ORDER}
        return {"mark": Check.Mark.NOT_IN_FORM, "reason": self.cleaned_data["reason"]}


class AcceptForm(Form):
    """Whether what is not marked yet is in order."""

    rest_in_order = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ReturnForm(AcceptForm):
    """The text of a correction notice and its due date."""

    reasons = forms.CharField(
        label=_("What is to be corrected"),
        help_text=_(
            "One fault a line; the notice numbers them. It can be sent only once, so list everything."
        ),
        widget=forms.Textarea({"rows": 7}),
        required=False,
    )
    due = forms.DateField(
        label=_("To be corrected by"),
        help_text=_(
            "Until 24:00 of this day. Left empty, the usual term is counted; if the holiday table doesn't "
            "reach it yet, the day is set by itself when the table is entered."
        ),
        required=False,
    )


class DeclineForm(Form):
    """Why it is not accepted."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The notice gives it word for word, and tells how to complain."),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )


class FieldForm(Form):
    """What is wrong with an entry of the form; empty when nothing is."""

    reason = forms.CharField(label=_("What is wrong"), max_length=300, required=False)


class WhyForm(Form):
    """Why it should be returned once more."""

    why = forms.CharField(
        label=_("Why once more"),
        help_text=_("A reviewer or approver of the bureau reads this and decides."),
        widget=forms.Textarea({"rows": 3}),
    )


class NoForm(Form):
    """Why it is not returned once more."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}))


class PaperCopyForm(Form):
    """Bound copies as they came to the counter."""

    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=99)
    pages = forms.IntegerField(label=_("Pages of each"), min_value=1, max_value=9999)
    cover_code = forms.CharField(
        label=_("Code on the cover"),
        max_length=40,
        required=False,
        help_text=_("The application number, unless the cover shows another."),
    )
    has_contents = forms.BooleanField(label=_("Has a table of contents"), required=False)
    matches = forms.BooleanField(label=_("Same as the electronic copy"), required=False)
    note = forms.CharField(
        label=_("How it differs"),
        max_length=300,
        required=False,
        help_text=_("Goes into the correction notice when the two differ."),
    )


def paper_copy_form(application: Application, pages: int) -> PaperCopyForm:
    """The form as it most likely comes: the copies the call asks for, the same pages."""
    first = {
        "copies": application.call.paper_copies,
        "pages": pages or None,
        "cover_code": application.number,
        "has_contents": True,
        "matches": True,
    }
    return PaperCopyForm(initial=first, prefix="copy")


def return_form(application: Application, text: str) -> ReturnForm:
    """The form with the text made of the marks and the usual term."""
    return ReturnForm(
        initial={"reasons": text, "due": default_due(application), "rest_in_order": True}, prefix="return"
    )


def said(form: forms.Form) -> dict[str, Any]:
    """What the form says; what can't be read is refused beside the action, so nothing typed is lost."""
    if form.is_valid():
        return form.cleaned_data
    faults = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()]
    raise Refused(" ".join(faults))
