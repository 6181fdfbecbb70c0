"""Who comes in at the bureaus' door."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds, in_city
from zaiti.web.ui.pages import Request

View = Callable[..., HttpResponseBase]
POSTS = (*Post.BUREAU, Post.Role.SUPERVISOR, Post.Role.AUDITOR)


def works_here(user: User) -> bool:
    """Tell whether the person holds any post, or keeps the accounts."""
    return holds(user, POSTS) or user.is_admin


def in_bureau(user: User) -> bool:
    """Tell whether the person is an official: officer, reviewer or approver somewhere."""
    return holds(user, Post.BUREAU)


def in_city_bureau(user: User) -> bool:
    """Tell whether the person is an official of the city."""
    return in_city(user)


def at_desk(may: Callable[[User], bool] = works_here) -> Callable[[View], View]:
    """Let in whom `may` lets in: others are asked to sign in, or told no."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return guard
