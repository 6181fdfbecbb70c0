"""Numbers that are never given twice: 机关代字〔年〕号 of papers among them."""

from django.db import transaction

from zaiti import clock
from zaiti.papers.kinds import Kind
from zaiti.papers.models import Bureau, Counter, Paper


@transaction.atomic
def next_number(key: str) -> int:
    """Take the next number of a series, under a row lock."""
    Counter.objects.get_or_create(pk=key)
    counter = Counter.objects.select_for_update(no_key=True).get(pk=key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def letters(bureau: Bureau, word: str) -> str:
    """The 机关代字 of one series: a bureau known by that of its letters (示人社函) gives 示人社受 too."""
    return f"{bureau.doc_prefix.removesuffix('函')}{word}"


def document_number(bureau: Bureau, kind: Kind) -> str:
    """The bureau's next number of this kind, 示人社函〔年〕1号; none for one without letters."""
    if not bureau.doc_prefix:
        return ""
    year = clock.today().year
    number = next_number(f"paper:{bureau.pk}:{kind.word}:{year}")
    given = f"{letters(bureau, kind.word)}〔{year}〕{number}号"
    written = Paper.objects.filter(number=given).exists()  # by whoever numbered it elsewhere
    return document_number(bureau, kind) if written else given
