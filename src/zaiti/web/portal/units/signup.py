"""The sign-up form: a person's own name beside the account's."""

from typing import Any

from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import User
from zaiti.web.forms.fields import WordsMixin


class SignupForm(WordsMixin, BaseSignupForm):
    """One account for one person, under their real name."""

    name = forms.CharField(label=_("Your name"), max_length=60, help_text=_("As on your identity card."))
    field_order = ["name", "username", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _(
            "E-mail address"
        )  # what may be left out is not said, here as elsewhere

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name."""
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
        super().custom_signup(request, user)

    def clean_name(self) -> Any:
        """Take the name without spaces around it."""
        return self.cleaned_data["name"].strip()
