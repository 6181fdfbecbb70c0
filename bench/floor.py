"""The least a signed-in page can cost: a bare view that reads session and user, under the same server."""

from zaiti.settings import *  # noqa: F403 - the same settings, but for what follows

ROOT_URLCONF = "bench.floor_view"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # its app wants it; it does next to nothing here
]
