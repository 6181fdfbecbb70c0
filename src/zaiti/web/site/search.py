"""One search over carriers, postings and published texts, in the words a citizen types."""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode

from zaiti.accounts.models import Authority
from zaiti.carriers.models import Carrier
from zaiti.core.folding import having
from zaiti.notices.models import Publication
from zaiti.publicity.models import Posting
from zaiti.publicity.queries import standing_postings
from zaiti.web.http.cities import bureaus_here, city_here
from zaiti.web.http.visitors import limited
from zaiti.web.site.choices import Choices, districts
from zaiti.web.site.notices.tables import with_words
from zaiti.web.site.register.tables import carriers_with
from zaiti.web.site.register.views import public_carriers
from zaiti.web.ui.pages import page

SHOWN = 20
LONGEST = 100
MOST_A_MINUTE = 120  # an office shares one address [D]
# Not the one in a name, as in Lab2025.
YEAR = re.compile(r"(?<![A-Za-z\d-])(20\d\d)(?![A-Za-z\d-])(?:年度?)?")
# Said of every carrier, posting and call alike: such words choose nothing.
COMMON = "认定|终身|职业|技能|培训|载体|单位|名单|结果|名录|公示|公告|通知|候选"
ONLY_COMMON = re.compile(rf"(?:{COMMON}|的|哪些)+")


@dataclass(frozen=True)
class Query:
    """What was asked: years and districts are understood, the rest are words."""

    years: list[int]
    districts: list[str]
    words: list[str]

    @property
    def choosing(self) -> list[str]:
        """The words that choose among carriers."""
        return [word for word in self.words if not ONLY_COMMON.fullmatch(word)]

    @property
    def parts(self) -> list[str]:
        """What chooses among texts: 认定名单 asks for 认定 and for 名单."""
        common = [word for word in self.words if ONLY_COMMON.fullmatch(word)]
        return [*self.choosing, *re.findall(COMMON, " ".join(common))]

    @property
    def filters(self) -> str:
        """The same question to the register's list."""
        asked = {
            "year": self.years[0] if self.years else "",
            "district": self.districts[0] if self.districts else "",
            "q": " ".join(self.choosing),
        }
        return urlencode({name: value for name, value in asked.items() if value})


@limited("search", most=MOST_A_MINUTE)
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, carriers first."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    if not asked:
        return page(request, "site/search.html", asked="")
    query = understood(unicodedata.normalize("NFKC", asked), districts(request), _city_words(request))
    here = bureaus_here(request)
    return page(
        request,
        "site/search.html",
        asked=asked,
        query=query,
        carriers=_first(_carriers(public_carriers(request), query)),
        postings=_first(_postings(query).filter(authority__in=here)),
        texts=_first(_texts(query).filter(authority__in=here)),
    )


def understood(asked: str, named: Choices, city: str = "") -> Query:
    """Take years and districts out of the question; a district goes without its 区, too."""
    years = [int(year) for year in YEAR.findall(asked)]
    rest, codes = YEAR.sub(" ", asked), []
    for code, name in named:
        found = re.search(rf"{city}{re.escape(name.removesuffix('区'))}区?", rest) if name else None
        if found:
            codes.append(code)
            rest = rest.replace(found.group(), " ", 1)
    return Query(years, codes, rest.split())


def _city_words(request: HttpRequest) -> str:
    """A pattern of the city's name, with or without 市, before a district's."""
    city = city_here(request)
    name = city.place.removesuffix("市") if city else ""
    return rf"(?:{re.escape(name)}市?)?" if name else ""


def _carriers(here: QuerySet[Carrier], query: Query) -> QuerySet[Carrier]:
    rows = carriers_with(here, query.choosing)
    rows = rows.filter(year__in=query.years) if query.years else rows
    return rows.filter(authority__code__in=query.districts) if query.districts else rows


def _postings(query: Query) -> QuerySet[Posting]:
    rows = standing_postings().select_related("authority", "publication").order_by("-posted_at")
    rows = having(
        rows,
        query.choosing,
        "names__words",
        "candidates__review__application__organisation__words",
    )
    rows = rows.filter(cycle__year__in=query.years) if query.years else rows
    rows = rows.filter(authority__code__in=query.districts) if query.districts else rows
    return rows.distinct()


def _texts(query: Query) -> QuerySet[Publication]:
    rows = with_words(Publication.objects.standing().select_related("authority"), query.parts)
    for year in query.years:
        rows = rows.filter(title__icontains=str(year))
    of_the_city = Q(authority__level=Authority.Level.CITY)  # its texts are for every district
    return rows.filter(of_the_city | Q(authority__code__in=query.districts)) if query.districts else rows


def _first(rows: QuerySet[Carrier] | QuerySet[Posting] | QuerySet[Publication]) -> dict[str, object]:
    found = list(rows[: SHOWN + 1])
    return {"rows": found[:SHOWN], "more": len(found) > SHOWN}


urlpatterns: list[URLPattern] = [path("search/", search, name="search")]
