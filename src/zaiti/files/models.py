"""Stored files: kept by the hash of their bytes, never by the name someone gave them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zaiti.core.text import FileName


class StoredFile(models.Model):
    """One file as it came; the bytes are never changed."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    sm3 = models.CharField(_("SM3"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    name = FileName(_("name"), max_length=255)
    original_name = FileName(_("original name"), max_length=255, blank=True)
    content_type = models.CharField(_("content type"), max_length=100, default="application/pdf")
    content = models.FileField(_("content"), max_length=200)
    stored_at = models.DateTimeField(_("stored at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("stored file")

    def __str__(self) -> str:
        return self.name
