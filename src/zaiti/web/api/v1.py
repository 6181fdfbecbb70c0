"""Version 1 of the machine door: what each address answers."""

from datetime import date
from typing import Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import Throttled, ValidationError
from ninja.pagination import PageNumberPagination, paginate
from ninja.throttling import BaseThrottle

from zaiti.accounts.models import Authority
from zaiti.carriers.models import Carrier
from zaiti.limits import TooMany, spend
from zaiti.notices.models import Call, Publication
from zaiti.programmes.models import Cycle
from zaiti.programmes.queries import type_choices
from zaiti.publicity.models import Posted, Posting
from zaiti.publicity.queries import standing_postings
from zaiti.web.api.schemas import CarrierOut, CycleOut, NoticeOut, PostingOut, WholeNoticeOut
from zaiti.web.http.cities import NoCity, bureaus_here
from zaiti.web.http.visitors import MINUTE, household

PAGE, PAGE_MOST = 50, 100
MOST_A_MINUTE = 300  # a whole register in pages of 100 takes a few dozen [D]
REFUSED = "zaiti.refused"
LAST_PAGE = 10**9
NAMES = ("candidate__carrier_type",)


class ByAddress(BaseThrottle):
    """How often an address may ask."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count it; what is too often is answered by `too_many`."""
        try:
            spend("api", household(request), most=MOST_A_MINUTE, per=MINUTE)
        except TooMany as no:
            request.META[REFUSED] = no
        return REFUSED not in request.META


api = NinjaAPI(
    title="Zaiti",
    version="1",
    description="Recognition of lifelong vocational-skills training carriers: what the public may read.",
    urls_namespace="api",
    docs_url=None,
    throttle=ByAddress(),
)


class Pages(PageNumberPagination):
    """Pages by number, no further than a database can count."""

    class Input(PageNumberPagination.Input):
        page: int = Field(1, ge=1, le=LAST_PAGE)


paged = paginate(Pages, page_size=PAGE, max_page_size=PAGE_MOST)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, _exception: Throttled) -> HttpResponse:
    """Say so, and when to ask again."""
    no: TooMany = request.META[REFUSED]
    answer = api.create_response(request, {"detail": no.message}, status=429)
    answer["Retry-After"] = str(no.retry_after)
    return answer


@api.exception_handler(NoCity)
def no_city(request: HttpRequest, _exception: NoCity) -> HttpResponse:
    """Say how to name the city that is meant."""
    said = _("Several cities are served here: name one, as in ?city=%(code)s.")
    code = Authority.objects.filter(level=Authority.Level.CITY).values_list("code", flat=True)[0]
    return api.create_response(request, {"detail": said % {"code": code}}, status=400)


class CarrierQuery(Schema):
    """Which carriers."""

    year: int | None = None
    district: str | None = Field(None, description=gettext_noop("code of a district, as each thing tells it"))
    type: str | None = Field(None, description=gettext_noop("code of a type, as the years tell them"))
    state: Literal["valid", "revoked"] | None = None


class NoticeQuery(Schema):
    """Which published texts."""

    kind: Literal[tuple(Publication.Kind.values)] | None = None  # type: ignore[valid-type]  # the model's list
    publisher: str | None = Field(None, description=gettext_noop("code of a bureau, as each text tells it"))
    since: date | None = Field(None, description=gettext_noop("published on this day or later"))


class PostingQuery(Schema):
    """Which postings."""

    year: int | None = None
    district: str | None = Field(None, description=gettext_noop("code of a district, as each thing tells it"))
    state: Literal["open", "replaced", "closed"] | None = None


@api.get(
    "/carriers", response=list[CarrierOut], url_name="carriers", summary=gettext_noop("Recognised carriers")
)
@paged
def carriers(request: HttpRequest, asked: Query[CarrierQuery]) -> QuerySet[Carrier]:
    """Every carrier ever recognised, by year (latest first) and certificate number."""
    _require_type(request, asked.type)
    rows = _carriers(request).filter(**_given(year=asked.year, authority__code=asked.district))
    rows = rows.filter(**_given(carrier_type__code=asked.type))
    return rows.filter(revoked_on__isnull=asked.state == "valid") if asked.state else rows


@api.get(
    "/carriers/{certificate}", response=CarrierOut, url_name="carrier", summary=gettext_noop("One carrier")
)
def carrier(request: HttpRequest, certificate: str) -> Carrier:
    """One carrier by its certificate number."""
    return get_object_or_404(_carriers(request), certificate_number=certificate)


@api.get("/notices", response=list[NoticeOut], url_name="notices", summary=gettext_noop("Published texts"))
@paged
def notices(request: HttpRequest, asked: Query[NoticeQuery]) -> QuerySet[Publication]:
    """Published texts with their disclosure metadata, the latest first."""
    given = _given(kind=asked.kind, authority__code=asked.publisher, published_at__date__gte=asked.since)
    here = Publication.objects.standing().filter(authority__in=bureaus_here(request))
    return here.select_related("authority").filter(**given)


@api.get(
    "/notices/{number}", response=WholeNoticeOut, url_name="notice", summary=gettext_noop("One text, whole")
)
def notice(request: HttpRequest, number: int) -> Publication:
    """One text with its body in Markdown; of one that was taken down, when and why."""
    return get_object_or_404(
        Publication.objects.filter(authority__in=bureaus_here(request)).select_related("authority"), pk=number
    )


@api.get("/postings", response=list[PostingOut], url_name="postings", summary=gettext_noop("Public postings"))
@paged
def postings(request: HttpRequest, asked: Query[PostingQuery]) -> QuerySet[Posting]:
    """Public postings with the units' names, the latest first."""
    names = Prefetch("names", Posted.objects.select_related(*NAMES))
    here = standing_postings().filter(authority__in=bureaus_here(request))
    rows = here.select_related("authority", "cycle", "publication").prefetch_related(names)
    given = _given(cycle__year=asked.year, authority__code=asked.district, state=asked.state)
    return rows.filter(**given).order_by("-posted_at", "-pk")


@api.get("/cycles", response=list[CycleOut], url_name="cycles", summary=gettext_noop("Years of recognition"))
@paged
def cycles(request: HttpRequest) -> QuerySet[Cycle]:
    """Years the city has opened, with their types and published calls, the latest first."""
    published = Call.objects.filter(state=Call.State.PUBLISHED).select_related("authority")
    calls = Prefetch("calls", published, to_attr="published_calls")
    here = Cycle.objects.filter(city__in=bureaus_here(request))
    shown = here.exclude(state__in=[Cycle.State.PLANNED, Cycle.State.ABANDONED])
    return shown.prefetch_related("types", calls)


def _require_type(request: HttpRequest, code: str | None) -> None:
    """A type that no year of this city has is a mistake, not an empty list."""
    codes = [known for known, _name in type_choices(Cycle.objects.filter(city__in=bureaus_here(request)))]
    if code is not None and code not in codes:
        said = {"loc": ["query", "asked", "type"], "msg": f"one of: {', '.join(codes)}", "type": "enum"}
        raise ValidationError([said])


def _carriers(request: HttpRequest) -> QuerySet[Carrier]:
    here = Carrier.objects.filter(authority__in=bureaus_here(request))
    return here.select_related("organisation", "carrier_type", "authority")


def _given(**asked: object) -> dict[str, object]:
    return {name: value for name, value in asked.items() if value is not None}
