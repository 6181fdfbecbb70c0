"""What officers fill in about panels and experts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zaiti.accounts import uscc
from zaiti.accounts.models import Post, User
from zaiti.core import Refused
from zaiti.notices.models import CallType
from zaiti.panels.models import Panel, Review, Seat
from zaiti.panels.photos import check_number, check_photo
from zaiti.web.forms.fields import EmailField, Form
from zaiti.web.forms.kept import FilesField

SIZE = 5  # offered, not asked: five is where the usual rule begins to drop the extremes [D]


class Seats(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Some of a panel's experts."""

    widget = forms.CheckboxSelectMultiple


class Reviews(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Some of a panel's applications."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Name the unit and its number."""
        return f"{obj.application.organisation}（{obj.application.number}）"


class CallTypes(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A type of a call."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the year and the type."""
        return f"{obj.call.cycle.year} · {obj.call.authority.district} · {obj.carrier_type}"


class PanelForm(Form):
    """Which type, and how many experts."""

    call_type = CallTypes(CallType.objects.none(), label=_("Call and type"))
    size = forms.IntegerField(label=_("Number of experts"), min_value=1, max_value=15, initial=SIZE)

    def __init__(self, *args: Any, choices: QuerySet[CallType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "call_type", choices)
        if len(choices) == 1:
            self.fields["call_type"].initial = choices[0].pk


class DrawForm(Form):
    """Who watches, and why there is a further draw."""

    watched_by = forms.ModelChoiceField(
        User.objects.none(), label=_("Supervisor present"), required=False, empty_label=_("nobody")
    )
    reason = forms.CharField(label=_("Why experts are drawn again"), max_length=200, required=False)

    def __init__(self, *args: Any, panel: Panel, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bureaus = [panel.authority_id, panel.authority.city_id]
        posts = Post.objects.filter(role=Post.Role.SUPERVISOR, ended_at=None, authority__in=bureaus)
        _offer(self, "watched_by", User.objects.filter(pk__in=posts.values("user"), is_active=True))
        if again:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class LeaveForm(Form):
    """Why an expert leaves, which decides what becomes of the scores."""

    KEEP, VOID = "keep", "void"
    kind = forms.ChoiceField(
        label=_("Ground"),
        widget=forms.RadioSelect,
        choices=[
            (KEEP, _("Illness or another hindrance: signed sheets stay valid")),
            (VOID, _("Recusal: all this expert's sheets become void")),
        ],
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RecuseForm(Form):
    """Who steps back from one application, and why."""

    seat = forms.TypedChoiceField(label=_("Expert"), coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = self.fields["seat"]
        assert isinstance(seat, forms.ChoiceField)
        seat.choices = [("", _("Please choose")), *((one.pk, str(one)) for one in seats)]


class VisitForm(Form):
    """A site visit, as it was."""

    visited_at = forms.DateTimeField(label=_("Visited at"))
    place = forms.CharField(label=_("Place"), max_length=200)
    visitors = Seats(Seat.objects.none(), label=_("Experts present"))
    findings = forms.CharField(label=_("What was found"), widget=forms.Textarea({"rows": 8}))
    photos = FilesField(
        label=_("Photos"),
        required=False,
        check=check_photo,
        check_all=check_number,
        help_text=_("JPEG, PNG or WebP; at most 12, each at most 10 MB."),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, initial={"place": review.application.training_address}, **kwargs)
        _offer(self, "visitors", present_seats(review.panel))


class MinutesForm(Form):
    """A discussion, as it was."""

    reviews = Reviews(Review.objects.none(), label=_("Applications discussed"))
    held_at = forms.DateTimeField(label=_("Held at"))
    place = forms.CharField(label=_("Place"), max_length=200)
    present = Seats(Seat.objects.none(), label=_("Experts present"))
    text = forms.CharField(label=_("What was discussed"), widget=forms.Textarea({"rows": 10}))

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visited = panel.reviews.filter(state=Review.State.VISITED)
        _offer(self, "reviews", visited.select_related("application__organisation"))
        _offer(self, "present", present_seats(panel))


class PoolForm(Form):
    """What the pool says of an expert."""

    unit = forms.CharField(label=_("Employer"), max_length=120)
    unit_uscc = forms.CharField(label=_("Employer's credit code"), max_length=40, required=False)
    title = forms.CharField(label=_("Professional title"), max_length=80, required=False)
    specialities = forms.CharField(label=_("Specialities"), max_length=200, required=False)
    types = forms.MultipleChoiceField(
        label=_("Carrier types"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, types: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["types"]
        field.choices, field.required = types, bool(types)

    def clean_unit_uscc(self) -> str:
        """Take a valid code only."""
        given = str(self.cleaned_data["unit_uscc"])
        try:
            return uscc.normalise(given) if given else ""
        except Refused as no:
            raise forms.ValidationError(no.message) from no


class ExpertForm(PoolForm):
    """An expert for the pool: an account that is there, or a new one."""

    field_order = ("username", "name", "email")
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=User._meta.get_field("username").validators,
        help_text=_("If an account has this name, it is used; else one is made."),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False, help_text=_("For a new account."))
    email = EmailField(label=_("E-mail"), required=False, help_text=_("For a new account."))

    def clean(self) -> dict[str, Any]:
        """Ask for a name when the account is new."""
        cleaned = super().clean() or self.cleaned_data
        self.account = User.objects.filter(username=cleaned.get("username", ""), is_active=True).first()
        if self.account is None and not cleaned.get("name"):
            self.add_error("name", _now("There is no such account yet: give the new one a name."))
        return dict(cleaned)


def present_seats(panel: Panel) -> QuerySet[Seat]:
    """The experts who sit on the panel now."""
    return panel.seats.filter(left_at=None).select_related("expert__user")


def _offer(form: Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
