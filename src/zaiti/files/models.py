"""Stored files: kept by the hash of their bytes, never by the name someone gave them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zaiti.core.text import FileName


class StoredFile(models.Model):
    """One file as it came; the bytes are never changed."""

    class Damage(models.TextChoices):
        MISSING = "missing", _("missing")
        TORN = "torn", _("torn")

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    sm3 = models.CharField(_("SM3"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    name = FileName(_("name"), max_length=255)
    original_name = FileName(_("original name"), max_length=255, blank=True)
    content_type = models.CharField(_("content type"), max_length=100, default="application/pdf")
    content = models.FileField(_("content"), max_length=200)
    stored_at = models.DateTimeField(_("stored at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    damage = models.CharField(
        _("damage"), max_length=7, choices=Damage.choices, blank=True
    )  # as scrub saw it

    class Meta:
        verbose_name = _("stored file")
        indexes = [models.Index(fields=["damage"], condition=~models.Q(damage=""), name="damaged_files")]

    def __str__(self) -> str:
        return self.name


class Scrub(models.Model):
    """One going through all stored files, in as many slices as it takes."""

    started_at = models.DateTimeField(_("started at"))
    done_at = models.DateTimeField(_("done at"), null=True)
    upto = models.PositiveBigIntegerField(_("compared up to file"), default=0)
    compared = models.PositiveBigIntegerField(_("files compared"), default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("check of the files")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Held(models.Model):
    """A file of a form that was refused for something else: kept a day for whoever has the token."""

    token = models.CharField(max_length=64, unique=True)
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("held file")

    def __str__(self) -> str:
        return str(self.file)
