"""Published texts of one's bureaus, and their corrections."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaiti.core import require
from zaiti.doors.desk.access import at_desk, in_bureau
from zaiti.doors.desk.calls_find import texts_of
from zaiti.doors.desk.calls_forms import CorrectForm
from zaiti.doors.ui.pages import Request, listing, onward, page
from zaiti.notices.actions import correct_text
from zaiti.notices.models import Publication
from zaiti.notices.rules import may_decide


class TextTable(tables.Table):
    """Published texts, newest first."""

    title = tables.Column(linkify=("desk:text", {"pk": tables.A("pk")}))
    authority = tables.Column(gettext_lazy("publisher"), accessor="authority__name")
    published_at = tables.DateTimeColumn(format="Y-m-d H:i")
    views = tables.Column(attrs={"td": {"class": "z-number"}, "th": {"class": "z-number"}})

    class Meta:
        model = Publication
        fields = ("title", "kind", "authority", "index_number", "doc_number", "published_at", "views")


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
        "desk/texts.html",
        TextTable,
        TextFilter,
        texts_of(request),
        title=_("Published texts"),
        empty_what=_("Nothing has been published yet."),
        empty_how=_("Calls, extensions, postings and announcements stand here once they are public."),
    )


@at_desk(in_bureau)
def text(request: Request, pk: int) -> HttpResponse:
    """Read a published text; its bureau's approver may correct it."""
    shown = get_object_or_404(texts_of(request).select_related("replaces", "amends", "paper"), pk=pk)
    form = CorrectForm(request.POST or None, initial={"title": shown.title, "body": shown.body})
    if request.method != "POST":
        return _show(request, shown, form)
    require(may_decide(request.user, shown.authority))
    if not form.is_valid():
        return _show(request, shown, form, status=422)
    new = correct_text(shown, by=request.user, **form.cleaned_data)
    messages.success(request, _("The correction is published under %(n)s.") % {"n": new.index_number})
    return onward(request, "desk:text", new.pk)


def _show(request: Request, shown: Publication, form: CorrectForm, status: int = 200) -> HttpResponse:
    replaced = Publication.objects.filter(replaces=shown).first()
    may = may_decide(request.user, shown.authority) and replaced is None
    facts: dict[str, Any] = {"text": shown, "form": form, "may_correct": may, "replaced": replaced}
    return page(request, "desk/text.html", status=status, **facts)


urlpatterns = [
    path("texts/", texts, name="texts"),
    path("texts/<int:pk>/", text, name="text"),
]
