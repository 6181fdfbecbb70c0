"""Published texts of one's bureaus."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zaiti.core import require
from zaiti.notices.models import Publication
from zaiti.notices.rules import may_amend, may_decide
from zaiti.publicity.actions import take_down
from zaiti.publicity.queries import is_over
from zaiti.web.desk.access import at_desk, in_bureau
from zaiti.web.desk.calls.context import changes_of, texts_of
from zaiti.web.desk.calls.forms import TakeDownForm
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.ui.pages import Request, listing, onward, page

STATE = '{% include "ui/text_state.html" with text=record only %}'


class TextTable(tables.Table):
    """Published texts, newest first."""

    title = tables.Column(linkify=("desk:text", {"pk": tables.A("pk")}))
    authority = tables.Column(gettext_lazy("publisher"), accessor="authority__name")
    published_at = tables.DateTimeColumn(format="Y-m-d H:i")
    state = TemplateColumn(STATE, verbose_name=gettext_lazy("state"), orderable=False)
    views = tables.Column(attrs={"td": {"class": "text-end"}, "th": {"class": "text-end"}})

    class Meta:
        model = Publication
        fields = (
            "title",
            "kind",
            "authority",
            "index_number",
            "doc_number",
            "published_at",
            "state",
            "views",
        )

    def value_state(self, record: Publication) -> str:
        """The word alone, for a file."""
        if record.taken_down_at:
            return _("taken down")
        return _("replaced by a newer one") if hasattr(record, "replaced_by") else _("published")


class TextFilter(django_filters.FilterSet):
    """Published texts by kind, day and words of the title."""

    title = django_filters.CharFilter(lookup_expr="says", label=gettext_lazy("title"))
    kind = django_filters.ChoiceFilter(
        choices=Publication.Kind.choices, label=gettext_lazy("kind"), empty_label=gettext_lazy("Any")
    )
    since = django_filters.DateFilter(
        field_name="published_at", lookup_expr="date__gte", label=gettext_lazy("since")
    )
    upto = django_filters.DateFilter(
        field_name="published_at", lookup_expr="date__lte", label=gettext_lazy("up to")
    )

    class Meta:
        model = Publication
        fields = ("title", "kind")


@at_desk(in_bureau)
def texts(request: Request) -> HttpResponse:
    """List what one's bureaus have published."""
    return listing(
        request,
        "desk/calls/texts.html",
        TextTable,
        TextFilter,
        texts_of(request),
        title=_("Published texts"),
        empty_what=_("Nothing has been published yet."),
        empty_how=_("Calls, extensions, postings and announcements stand here once they are public."),
    )


@at_desk(in_bureau)
def text(request: Request, pk: int) -> HttpResponse:
    """Read a published text, with what was or is to be changed of it."""
    shown = get_object_or_404(texts_of(request).select_related("replaces", "amends", "paper"), pk=pk)
    return _show(request, shown)


@require_POST
@at_desk(in_bureau)
def down(request: Request, pk: int) -> HttpResponse:
    """Take a text out of public."""
    shown, form = get_object_or_404(texts_of(request), pk=pk), TakeDownForm(request.POST)
    require(may_decide(request.user, shown.authority))
    if not form.is_valid():
        return _show(request, shown, form)
    take_down(shown, by=request.user, **form.cleaned_data)
    messages.success(request, _("The text is no longer public."))
    return onward(request, "desk:text", pk)


def _show(request: Request, shown: Publication, form: TakeDownForm | None = None) -> HttpResponse:
    replaced, stands = getattr(shown, "replaced_by", None), shown.taken_down_at is None
    mine = may_amend(request.user, shown.authority) and shown.kind != Publication.Kind.POSTING
    facts: dict[str, Any] = {
        "amendments": changes_of(shown),
        "down_form": form or TakeDownForm(),
        "may_correct": mine and stands and replaced is None,
        "may_take_down": may_decide(request.user, shown.authority) and stands and is_over(shown),
    }
    status = 422 if form else 200
    return page(request, "desk/calls/text.html", status=status, text=shown, replaced=replaced, **facts)


urlpatterns = [
    path("texts/", texts, name="texts"),
    path("texts/<int:pk>/", text, name="text"),
    path("texts/<int:pk>/take-down/", down, name="text_take_down"),
]
