"""The audit chain: what happened, to what, by whom; append-only, each entry sealed to the one before."""

import secrets
from collections.abc import Iterable

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from zaiti.ledger.statement import RULE

CHAIN_LOCK = 7_031_964
GENESIS = "0" * 64
# At the end of each transaction, when all its rows are held: so whoever waits for the chain holds it never.
# The first of a transaction's entries seals them all; nobody else's unsealed ones can be seen.
SEAL = f"""
    IF EXISTS (SELECT FROM ledger_entry WHERE id = NEW.id AND place IS NOT NULL) THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock({CHAIN_LOCK});
    SELECT place, hash INTO last FROM ledger_entry WHERE place IS NOT NULL ORDER BY place DESC LIMIT 1;
    at_place := COALESCE(last.place, 0);
    before := COALESCE(last.hash, '{GENESIS}');
    FOR one IN SELECT id, digest FROM ledger_entry WHERE place IS NULL ORDER BY id LOOP
        at_place := at_place + 1;
        sealed := encode(sha256(convert_to(before || encode(one.digest, 'hex'), 'UTF8')), 'hex');
        UPDATE ledger_entry SET place = at_place, previous = before, hash = sealed WHERE id = one.id;
        before := sealed;
    END LOOP;
    RETURN NULL;
"""  # noqa: S608 - constants
SEALED_OR_MORE_THAN_SEALING = """
    OLD.place IS NOT NULL OR NEW.place IS NULL
    OR to_jsonb(OLD) - '{place,previous,hash}'::text[] IS DISTINCT FROM
    to_jsonb(NEW) - '{place,previous,hash}'::text[]
"""


def new_salt() -> bytes:
    """What keeps a digest from telling what was hashed."""
    return secrets.token_bytes(32)


class EntryQuerySet(models.QuerySet["Entry"]):
    def count(self) -> int:
        """All of them are known by the last one's place: the chain has no holes."""
        if self.query.where or self.query.is_sliced or self.query.combinator:
            return super().count()
        last = self.model._base_manager.aggregate(models.Max("place"))["place__max"] or 0
        return last + self.model._base_manager.filter(place=None).count()

    def within(self, cities: Iterable[int]) -> "EntryQuerySet":
        """The deeds of these cities, and those of the whole installation; of its accounts, none."""
        everybodys = models.Q(city=None) & ~models.Q(thing_type="accounts.user")
        return self.filter(models.Q(city__in=list(cities)) | everybodys)


class Entry(models.Model):
    """One deed. Never changed, never deleted: the database refuses both, and seals it into the chain."""

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
    # What it says is hashed by this rule, with this salt, to this digest: the leaf of the public log.
    rule = models.PositiveSmallIntegerField(default=RULE)
    salt = models.BinaryField(max_length=32, default=new_salt)
    digest = models.BinaryField(max_length=32)
    previous = models.CharField(_("hash before"), max_length=64, default="")
    hash = models.CharField(_("hash"), max_length=64, unique=True, null=True)
    place = models.PositiveBigIntegerField(_("place in the chain"), unique=True, null=True)
    # Whose auditors read it; none for what is the whole installation's, as the holiday table.
    city = models.ForeignKey("accounts.Authority", models.PROTECT, null=True, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("ledger entry")
        indexes = [models.Index(fields=["thing_type", "thing_id"])]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(SEALED_OR_MORE_THAN_SEALING),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="seal",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[
                    ("last", "record"),
                    ("one", "record"),
                    ("at_place", "bigint"),
                    ("before", "text"),
                    ("sealed", "text"),
                ],
                func=SEAL,
            ),
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

    @property
    def broke(self) -> bool:
        """Whether the chain did not hold; checks of before reasons were kept name the entry alone."""
        return bool(self.reason) or self.broken_entry is not None


class Checkpoint(models.Model):
    """The log's size and root at a moment, signed; what is public of the ledger."""

    size = models.PositiveBigIntegerField(_("entries"), unique=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    key = models.CharField(max_length=400)  # the verifier key
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["-size"]
        verbose_name = _("checkpoint of the log")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.size}"


class FullTile(models.Model):
    """The hash of a full tile of the tree, from which its roots are made without reading every entry."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["level", "number"]
        verbose_name = _("tile of the log")
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="one_tile")]
        triggers = [pgtrigger.Protect(name="tile_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"
