"""Which city a request means: the host's, the one asked for, the reader's own, the chosen, the only one."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from zaiti.accounts.models import Authority, AuthorityQuerySet, User
from zaiti.programmes.models import Programme

CHOSEN = "city"  # a cookie of who chose where the host names no city


class NoCity(Exception):  # noqa: N818 - it names what is missing, as Refused does; no error of ours
    """Several cities live here, and nothing says which one is meant."""


def bureaus_here(request: HttpRequest) -> AuthorityQuerySet:
    """The bureaus whose texts, names and numbers are read here: one city's tree."""
    city = city_here(request)
    return Authority.objects.within([city.pk] if city else [])


def city_here(request: HttpRequest) -> Authority | None:
    """The city read here; none before the first is made."""
    known: list[Authority] = getattr(request, "city_here", [])
    if not known:
        cities = _cities(request)
        known = [_of(request, cities)] if cities else []
        request.city_here = known  # type: ignore[attr-defined]  # kept with the request
    return known[0] if known else None


def named_by_host(request: HttpRequest) -> str | None:
    """The code of the city that this host is for."""
    return settings.CITY_HOSTS.get(request.get_host().partition(":")[0].lower())


def programme_known(request: HttpRequest) -> str:
    """The public title of what the city recognises, if it is one programme and the city has been read."""
    cities: list[Authority] = getattr(request, "city_here", [])
    titles: list[str] = getattr(cities[0], "titles", []) if cities else []
    return titles[0] if len(titles) == 1 else ""


def place_known(request: HttpRequest) -> str:
    """The name of the city as far as it is known without asking the database."""
    cities: list[Authority] = getattr(request, "city_here", [])
    user = getattr(request, "user", None)
    user = getattr(user, "_wrapped", user)  # what Django's lazy user holds: only there is what was read
    posts = user.__dict__.get("_live_posts", []) if isinstance(user, User) else []
    bureaus = cities or [post.authority.city or post.authority for post in posts]
    return bureaus[0].place if bureaus else ""


def may_choose(request: HttpRequest) -> bool:
    """Tell whether there is more than one city to choose from at this host."""
    return not named_by_host(request) and len(_cities(request)) > 1


def _cities(request: HttpRequest) -> list[Authority]:
    """All cities with the titles of their programmes, read once a request."""
    if not hasattr(request, "cities"):
        titles = Programme.objects.filter(city=OuterRef("pk")).order_by("id").values("title")
        rows = Authority.objects.filter(level=Authority.Level.CITY)
        request.cities = list(rows.annotate(titles=ArraySubquery(titles)))  # type: ignore[attr-defined]  # kept with the request
    return request.cities  # type: ignore[attr-defined,no-any-return]  # as above


def _of(request: HttpRequest, cities: list[Authority]) -> Authority:
    asked = named_by_host(request) or request.GET.get("city")
    if asked:
        return _coded(asked, cities)
    if len(cities) == 1:
        return cities[0]
    own = _own(request)
    found = [city for city in cities if city.pk in own]
    chosen = found if len(found) == 1 else [c for c in cities if c.code == request.COOKIES.get(CHOSEN)]
    if not chosen:
        raise NoCity
    return chosen[0]


def _coded(code: str, cities: list[Authority]) -> Authority:
    found = [city for city in cities if city.code == code]
    if not found:
        raise Http404
    return found[0]


def _own(request: HttpRequest) -> set[int]:
    """The cities in which the reader has business: a post, a unit, a place among the experts."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return set()
    own = set(user.city_ids())
    if user.organisation and user.organisation.district:
        own.add(user.organisation.district.root_id)
    if hasattr(user, "expert"):
        own.add(user.expert.city_id)
    return own


def choose_city(request: HttpRequest) -> HttpResponseBase:
    """Ask which city is meant, and come back."""
    return redirect(f"{reverse('site:cities')}?{urlencode({'next': request.get_full_path()})}")
