"""Numbers that are never given twice."""

from django.db import transaction

from zaiti.papers.models import Counter


@transaction.atomic
def next_number(key: str) -> int:
    """Take the next number of a series, under a row lock."""
    Counter.objects.get_or_create(pk=key)
    counter = Counter.objects.select_for_update(no_key=True).get(pk=key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
