"""The list of published texts."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zaiti.core.folding import having
from zaiti.notices.models import Publication
from zaiti.web.lists.choices import Choice
from zaiti.web.site.choices import notice_years, publishers


class NoticeTable(tables.Table):
    """One row for each published text."""

    title = tables.Column(_("Title"), linkify=("site:notice", {"pk": tables.A("pk")}))
    kind = tables.Column(_("Kind"))
    authority = tables.Column(_("Published by"), accessor="authority__name", order_by=("authority_id",))
    index_number = tables.Column(_("Index number"))
    doc_number = tables.Column(_("Document number"))
    published_at = tables.DateTimeColumn(format="Y-m-d", verbose_name=_("Published on"))
    hidden_at_first = ("index_number", "doc_number")


class NoticeFilter(django_filters.FilterSet):
    """By words, kind, publisher and year."""

    q = django_filters.CharFilter(label=_("Words"), method="by_words")
    kind = Choice(Publication.Kind.choices, field="kind", label=_("Kind"), any_label=_("Any"))
    district = Choice(publishers, field="authority__code", label=_("District"), any_label=_("Any"))
    year = Choice(notice_years, field="made_on__year", label=_("Year"), any_label=_("Any"))

    class Meta:
        model = Publication
        fields = ("q", "kind", "district", "year")

    def by_words(self, rows: QuerySet[Publication], _name: str, words: str) -> QuerySet[Publication]:
        """Keep the texts that have every word in their title, numbers or keywords."""
        return with_words(rows, words.split())


def with_words(rows: QuerySet[Publication], words: list[str]) -> QuerySet[Publication]:
    """Keep the texts that have every word in their title, numbers, keywords or publisher's name."""
    return having(rows, words, "words", "authority__words")
