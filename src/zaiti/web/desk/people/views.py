"""Accounts and posts, for the system administrator, who sees nothing of applications or scores."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zaiti.accounts import actions
from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import may_administer, may_become_admin
from zaiti.accounts.second_factor import demanded_of, has_one
from zaiti.accounts.separation import clashes
from zaiti.dossiers.timeline import history
from zaiti.web.desk.access import at_desk
from zaiti.web.desk.people.tables import (
    UserFilter,
    UserTable,
    accounts,
    acts_as,
    address_of,
    clashing,
    posts_of,
)
from zaiti.web.desk.reasons import ReasonForm
from zaiti.web.forms.fields import EmailField, Form
from zaiti.web.ui.pages import Request, listing, onward, page


class OfficialForm(Form):
    """A new official's account."""

    username = forms.CharField(
        label=_("User name"), max_length=150, validators=User._meta.get_field("username").validators
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    email = EmailField(label=_("Email"))
    password = forms.CharField(
        label=_("First password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Left empty, the person sets it through “Forgot your password?”."),
    )

    def clean_password(self) -> str | None:
        """A first password keeps the rules for passwords."""
        given: str = self.cleaned_data["password"]
        if given:
            validate_password(given)
        return given or None


class PostForm(Form):
    """A post to give."""

    authority = forms.ModelChoiceField(label=_("Bureau"), queryset=Authority.objects.all())
    role = forms.ChoiceField(label=_("Official post"), choices=Post.Role.choices)


@at_desk(may_administer)
def index(request: Request) -> HttpResponse:
    """List the accounts."""
    return listing(
        request,
        "desk/people/index.html",
        UserTable,
        UserFilter,
        accounts(),
        title=_now("Accounts"),
        clashing=clashing(),
    )


@at_desk(may_administer)
def create(request: Request) -> HttpResponse:
    """Make an official's account."""
    form = OfficialForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "desk/people/new.html", form=form, title=_now("New account"), status=status)
    user = actions.create_official(by=request.user, **form.cleaned_data)
    messages.success(request, _now("The account was made; give it a post now."))
    return onward(request, "desk:person", user.pk)


@at_desk(may_administer)
def show(request: Request, pk: int) -> HttpResponse:
    """One account."""
    return _show(request, _find(pk))


@require_POST
@at_desk(may_administer)
def give(request: Request, pk: int) -> HttpResponse:
    """Give a post."""
    user, form = _find(pk), PostForm(request.POST)
    if not form.is_valid():
        return _show(request, user, post_form=form)
    actions.give_post(user, by=request.user, **form.cleaned_data)
    return onward(request, "desk:person", pk)


@require_POST
@at_desk(may_administer)
def end(request: Request, pk: int) -> HttpResponse:
    """End a post."""
    post = get_object_or_404(Post, pk=pk)
    actions.end_post(post, by=request.user)
    return onward(request, "desk:person", post.user_id)


@require_POST
@at_desk(may_administer)
def suspend(request: Request, pk: int) -> HttpResponse:
    """Shut an account out."""
    user, form = _find(pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, user, reason_form=form)
    actions.suspend_user(user, by=request.user, **form.cleaned_data)
    return onward(request, "desk:person", pk)


@require_POST
@at_desk(may_administer)
def restore(request: Request, pk: int) -> HttpResponse:
    """Let an account in again."""
    actions.restore_user(_find(pk), by=request.user)
    return onward(request, "desk:person", pk)


@require_POST
@at_desk(may_administer)
def appoint(request: Request, pk: int) -> HttpResponse:
    """Let another person keep the accounts too."""
    actions.make_admin(_find(pk), by=request.user)
    return onward(request, "desk:person", pk)


@require_POST
@at_desk(may_administer)
def reset_factor(request: Request, pk: int) -> HttpResponse:
    """Take a lost second factor away."""
    actions.reset_second_factor(_find(pk), by=request.user)
    return onward(request, "desk:person", pk)


@require_POST
@at_desk(may_administer)
def dismiss(request: Request, pk: int) -> HttpResponse:
    """End another person's keeping of the accounts."""
    actions.end_admin(_find(pk), by=request.user)
    return onward(request, "desk:person", pk)


def _find(pk: int) -> User:
    return get_object_or_404(accounts(), pk=pk)


def _show(request: Request, person: User, **given: Any) -> HttpResponse:
    posts = list(person.posts.select_related("authority").order_by("ended_at", "pk"))
    shown: dict[str, Any] = {
        "person": person,
        "title": str(person),
        "email": address_of(person),
        "roles": acts_as(person),
        "posts": posts,
        "may_hold": not (person.organisation_id or person.is_admin or hasattr(person, "expert")),
        "clashes": clashes(person, posts_of(person)),
        "may_appoint": person.is_active and not person.is_admin and may_become_admin(person),
        "is_self": person == request.user,
        "factor": has_one(person),
        "factor_demanded": demanded_of(person),
        "post_form": PostForm(),
        "reason_form": ReasonForm(),
        "events": history(person, *posts, most=50),
    }
    return page(request, "desk/people/person.html", status=422 if given else 200, **shown | given)


urlpatterns = [
    path("people/", index, name="people"),
    path("people/new/", create, name="person_new"),
    path("people/<int:pk>/", show, name="person"),
    path("people/<int:pk>/posts/", give, name="post_give"),
    path("people/posts/<int:pk>/end/", end, name="post_end"),
    path("people/<int:pk>/suspend/", suspend, name="person_suspend"),
    path("people/<int:pk>/restore/", restore, name="person_restore"),
    path("people/<int:pk>/second-factor/", reset_factor, name="person_reset_factor"),
    path("people/<int:pk>/administrator/", appoint, name="person_appoint"),
    path("people/<int:pk>/administrator/end/", dismiss, name="person_dismiss"),
]
