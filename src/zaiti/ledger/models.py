"""The audit chain: what happened, to what, by whom; append-only, each entry sealed to the one before."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One deed. Never changed, never deleted: the database refuses both."""

    at = models.DateTimeField(_("time"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+"
    )
    actor = models.CharField(_("actor"), max_length=150)
    verb = models.CharField(_("deed"), max_length=40, db_index=True)
    thing_type = models.CharField(_("kind of thing"), max_length=60)
    thing_id = models.BigIntegerField(_("thing number"))
    thing_label = models.CharField(_("thing"), max_length=200)
    facts = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("ledger entry")
        indexes = [models.Index(fields=["thing_type", "thing_id"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.thing_label}"


class ChainCheck(models.Model):
    """One recomputing of the whole chain, by a job: asked for by an auditor, or each night."""

    asked_at = models.DateTimeField(_("asked for at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+"
    )
    done_at = models.DateTimeField(_("done at"), null=True)
    entries = models.PositiveBigIntegerField(_("entries"), default=0)
    broken_entry = models.BigIntegerField(_("first entry that does not hold"), null=True)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("check of the chain")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
