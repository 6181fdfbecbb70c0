"""Who last wrote each field of what several people fill in; which forms were sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Touch(models.Model):
    """The last hand on one field of one thing, and the page it wrote from."""

    kind = models.CharField(max_length=80)
    thing = models.BigIntegerField()
    field = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("time"))
    page = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("last change of a field")
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "field"], name="one_last_touch_of_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}: {self.field}"


class Sent(models.Model):
    """A form that was sent, by a print of it, and where its deed led; kept for a day."""

    print = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(_("time"), db_index=True)
    location = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("form sent")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.location}"
