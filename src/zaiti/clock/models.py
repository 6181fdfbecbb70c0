"""Days that are not what their weekday says, the demo clock's shift, and jobs that failed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayYear(models.Model):
    """A year's holiday arrangement; no working day of a year is counted before it is in force."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    in_force = models.BooleanField(_("confirmed"), default=True)
    # What waits to be confirmed, of this year and of days beside it: [[day, working, name]].
    draft = models.JSONField(_("to be confirmed"), null=True)

    class Meta:
        verbose_name = _("holiday year")

    def __str__(self) -> str:
        return str(self.year)


class SpecialDay(models.Model):
    """A day that is not what its weekday says: a holiday on a weekday, or a make-up workday (调休)."""

    day = models.DateField(_("day"), primary_key=True)
    working = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Shift(models.Model):
    """How far the demo's clock stands from the real one; one row."""

    by = models.DurationField()

    def __str__(self) -> str:
        return str(self.by)


class Trouble(models.Model):
    """What went wrong with a job that did not go well yet."""

    class Kind(models.TextChoices):
        UNREACHABLE = "unreachable", _("The mail server does not answer, or broke off.")
        TURNED_DOWN = "turned_down", _("The mail server refuses mail.")
        NO_SUCH_ADDRESS = "no_such_address", _("The mail server refuses this address for good.")
        STORE = "store", _("The store of files can't be used.")
        DATABASE = "database", _("The database did not answer, or refused.")
        LAYOUT = "layout", _("The letter could not be typeset.")
        REFUSED = "refused", _("It can't be done at present.")
        MISSING = "missing", _("What it is about is not there.")
        KILLED = "killed", _("The worker ended in the midst of it, several times.")
        FAULT = "fault", _("It failed for a reason that nobody foresaw.")

    job = models.BigIntegerField(primary_key=True)  # procrastinate's own row, which may be cleared away
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    detail = models.TextField(blank=True)
    since = models.DateTimeField()
    at = models.DateTimeField()
    kills = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.job} {self.kind}"
