"""What people are told: an inbox row for each, a mail sent by a job, and which mails went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message to one person."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox")
    template = models.CharField(max_length=120)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"))
    # What it is about: a kind of thing, and which one; a door knows the page (`web/ui/subjects.py`).
    about = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    posted_at = models.DateTimeField(_("posted at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    class Meta:
        ordering = ["-posted_at", "-id"]
        verbose_name = _("message")
        indexes = [models.Index(fields=["to", "read_at"])]

    def __str__(self) -> str:
        return self.subject


class Mailed(models.Model):
    """A mail that the mail server took: it is not sent again."""

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
