"""The register's list: its columns, its filters, and what wants looking after."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from zaiti import clock
from zaiti.accounts.models import User
from zaiti.carriers.models import Carrier, InactivityCheck, Rectification, Revocation, TrainingYear
from zaiti.core.folding import having
from zaiti.web.desk.filters import districts, types
from zaiti.web.lists.choices import Choice
from zaiti.web.lists.columns import TemplateColumn
from zaiti.web.lists.presets import Preset
from zaiti.web.ui.pages import Request

Rows = QuerySet[Carrier]
STATE = "{% badge record.state|in_force record.get_state_display %}"
OPEN = [Revocation.State.INTENDED, Revocation.State.DEFENDED, Revocation.State.RETURNED]
FOLLOW_UP: dict[str, tuple[Any, Callable[[], Q]]] = {
    "check": (_("Missing training to look into"), lambda: Q(to_settle=True)),
    "unverified": (_("Training to verify"), lambda: Q(unverified=True)),
    "answered": (_("Correction to check"), lambda: Q(told="answered")),
    "overdue": (_("Correction overdue"), lambda: Q(told="issued", told_due__lt=clock.today())),
    "defence": (_("Revocation to go on with"), lambda: Q(revoking__in=OPEN)),
    "prepared": (_("Revocation to decide"), lambda: Q(revoking="prepared")),
}


def register(user: User) -> Rows:
    """The carriers this person follows up, with what the list says of each."""
    own = {"carrier": OuterRef("pk")}
    told = Rectification.objects.filter(state__in=Rectification.OPEN, **own)
    running = Revocation.objects.filter(state__in=[*OPEN, Revocation.State.PREPARED], **own)
    unverified = TrainingYear.objects.filter(verified_at=None, **own)
    trained = TrainingYear.objects.filter(verified_at__isnull=False, sessions__gt=0, **own)
    checks = InactivityCheck.objects.filter(to_settle=True, settled_at=None, **own)
    return (
        Carrier.objects.manageable_by(user)
        .select_related("organisation", "carrier_type", "authority")
        .annotate(
            to_settle=Exists(checks),
            unverified=Exists(unverified),
            told=Subquery(told.values("state")[:1]),
            told_due=Subquery(told.values("due")[:1]),
            revoking=Subquery(running.values("state")[:1]),
            trained=Subquery(trained.order_by("-year").values("year")[:1]),
        )
    )


def presets(rows: Rows) -> list[Preset]:
    """What wants looking after, with counts, in one query."""
    tests = {code: test() for code, (_label, test) in FOLLOW_UP.items()}
    counts = rows.order_by().aggregate(
        **{f"n_{code}": Count("pk", filter=test) for code, test in tests.items()}, n_all=Count("pk")
    )
    links = [
        Preset(label, f"follow={code}", counts[f"n_{code}"])
        for code, (label, _test) in FOLLOW_UP.items()
        if counts[f"n_{code}"]
    ]
    return [Preset(_("All carriers"), "", counts["n_all"]), *links]


def years(request: Request) -> list[tuple[int, str]]:
    """The years that have carriers, for the filter."""
    found = (
        Carrier.objects.manageable_by(request.user)
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    return [(year, str(year)) for year in found]


class CarrierFilter(django_filters.FilterSet):
    """By name, year, district, type, state, and what wants looking after."""

    q = django_filters.CharFilter(label=_("Unit, carrier or certificate"), method="search")
    year = Choice(years, field="year", label=_("Year"), any_label=_("Any"))
    authority = django_filters.ModelChoiceFilter(queryset=districts, label=_("District"))
    kind = Choice(types, field="carrier_type__code", label=_("Carrier type"), any_label=_("Any"))
    state = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("State"),
        choices=Carrier.State.choices,
    )
    follow = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Follow-up"),
        method="following",
        choices=[(code, label) for code, (label, _test) in FOLLOW_UP.items()],
    )

    class Meta:
        model = Carrier
        fields = ("q", "year", "authority", "kind", "state", "follow")

    def search(self, rows: Rows, _name: str, value: str) -> Rows:
        """Find by a part of a name or number."""
        return having(rows, value.split(), "words", "organisation__words")

    def following(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep what wants this one step."""
        return rows.filter(FOLLOW_UP[value][1]())


class CarrierTable(tables.Table):
    """One row a carrier."""

    organisation = tables.Column(
        _("Unit"),
        linkify=("desk:carrier", {"pk": tables.A("pk")}),
        order_by="organisation__name",
        accessor="organisation__name",
    )
    name = tables.Column(_("Name of the carrier"))
    certificate_number = tables.Column(_("Certificate number"), attrs={"td": {"class": "text-nowrap"}})
    carrier_type = tables.Column(_("Carrier type"), accessor="carrier_type__name")
    authority = tables.Column(
        _("District"), accessor="authority__district", attrs={"td": {"class": "text-nowrap"}}
    )
    recognised_on = tables.DateColumn(format="Y-m-d", verbose_name=_("Recognised on"))
    trained = tables.Column(_("Last verified training"), attrs={"td": {"class": "text-end"}}, default="—")
    state = TemplateColumn(STATE, verbose_name=_("State"))
    follow = TemplateColumn(
        template_name="desk/carriers/follow.html", verbose_name=_("Follow-up"), orderable=False
    )

    hidden_at_first = ("name", "recognised_on")

    def value_state(self, record: Carrier) -> str:
        """The word alone, for a file."""
        return str(record.get_state_display())

    def value_follow(self, record: Any) -> str:
        """The words alone, for a file."""
        return "、".join(str(label) for label, here in wants(record) if here)


def wants(record: Any) -> list[tuple[Any, bool]]:
    """What this row wants, in the presets' words."""
    due: date | None = record.told_due
    here = {
        "check": record.to_settle,
        "unverified": record.unverified,
        "answered": record.told == "answered",
        "overdue": record.told == "issued" and due is not None and due < clock.today(),
        "defence": record.revoking in OPEN,
        "prepared": record.revoking == "prepared",
    }
    return [(FOLLOW_UP[code][0], yes) for code, yes in here.items()]
