"""What this door's tests share."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from zaiti.accounts.models import User

HTMX = {"HX-Request": "true"}


def browser(user: User | None = None) -> Client:
    """A browser, signed in when a person is given."""
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(name: str = "scan.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, make.pdf() if content is None else content, "application/pdf")
