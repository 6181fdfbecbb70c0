"""What was spent of each allowance, and what the cache keeps; only what has run out is ever removed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Spent(models.Model):
    """When, and how much, one key spent of one allowance within its window."""

    name = models.CharField(max_length=120, primary_key=True)  # the scope and a seal of the key
    ats = ArrayField(models.DateTimeField())
    costs = ArrayField(models.BigIntegerField())
    ends = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class Kept(models.Model):
    """One entry of Django's cache."""

    name = models.CharField(max_length=300, primary_key=True)
    value = models.BinaryField()
    ends = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.name
