"""Forms of the follow-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.carriers.models import Carrier, Ground
from zaiti.carriers.queries import follow_up_policy
from zaiti.web.forms.fields import Form

WIDE = forms.Textarea(attrs={"rows": 6})


class TellForm(Form):
    """A notice to correct."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    text = forms.CharField(
        label=_("What must be corrected"),
        widget=WIDE,
        max_length=3000,
        help_text=_("It stands in the notice as written here."),
    )
    due = forms.DateField(label=_("To be put right by"))

    def __init__(self, *args: Any, carrier: Carrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = follow_up_policy(carrier)["rectification_days"]
        self.fields["due"].initial = clock.term(clock.today(), days)


class IntendForm(Form):
    """The notice of an intended revocation."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=[row for row in Ground.choices if row[0] != Ground.NOT_PERFORMING]
    )
    facts = forms.CharField(
        label=_("Facts and evidence"),
        widget=WIDE,
        max_length=3000,
        help_text=_("They stand in the notice and the decision as written here, never in the public text."),
    )
    defence_due = forms.DateField(label=_("Statement and defence until"))

    def __init__(self, *args: Any, carrier: Carrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = follow_up_policy(carrier)["defence_days"]
        self.fields["defence_due"].initial = clock.term(clock.today(), days)


class DecisionForm(Form):
    """What the decision says of the defence."""

    decision = forms.CharField(
        label=_("Finding on the statement and defence"),
        widget=WIDE,
        max_length=3000,
        help_text=_("One or two sentences; facts, ground and the decision itself are put in by themselves."),
    )


class ConclusionForm(Form):
    """What a check found."""

    conclusion = forms.CharField(
        label=_("Conclusion"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
