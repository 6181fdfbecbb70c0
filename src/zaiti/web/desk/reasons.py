"""Whoever says no says why: one form, one way to take it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from zaiti.web.forms.fields import Form
from zaiti.web.ui.pages import Request


class ReasonForm(Form):
    """Why something is sent back, in words its writer can work with."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


def with_reason(
    request: Request, do: Callable[..., object], thing: Any, again: Callable[..., HttpResponse]
) -> HttpResponse | None:
    """Do it with the reason given; without one, the page again."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return again(reason=form)
    do(thing, by=request.user, **form.cleaned_data)
    return None
