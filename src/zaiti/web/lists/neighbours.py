"""What stands before and after a thing in a list, found by where it stands: no list is read for it."""

from typing import Any

from django.db.models import Count, Max, Model, Q, QuerySet, Subquery


def neighbours(queryset: QuerySet[Any], thing: Model) -> dict[str, Any]:
    """Find what stands before and after a thing in a list, as keys, with its place and the count."""
    order = [*map(str, queryset.query.order_by), "pk"]
    rows = queryset.order_by(*order)
    before, after = _past(_opposite(order), thing), _past(order, thing)
    found = rows.order_by().aggregate(
        count=Count("pk"),
        here=Count("pk", filter=Q(pk=thing.pk)),
        place=Count("pk", filter=before) + 1,
        previous=_first(rows.filter(before).reverse()),
        next=_first(rows.filter(after)),
        first=_first(rows),
    )
    first = found.pop("first")
    if found.pop("here"):
        return found
    return {"previous": None, "next": first, "place": None, "count": found["count"]}


def _first(rows: QuerySet[Any]) -> Max:
    """The first one's key; the same for every row, so their greatest."""
    return Max(Subquery(rows.values("pk")[:1]))


def _opposite(order: list[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _past(order: list[str], thing: Model) -> Q:
    """What comes after a thing in an order."""
    past, same = Q(pk__in=[]), Q()
    for name in order:
        field, value = name.removeprefix("-"), _read(thing, name.removeprefix("-"))
        past |= same & _beyond(field, value, falling=name.startswith("-"))
        same &= Q(**{field: value})
    return past


def _beyond(field: str, value: Any, *, falling: bool) -> Q:
    """What a column has beyond a value; nothing stands last, as PostgreSQL has it."""
    if falling:
        return Q(**{f"{field}__isnull": False} if value is None else {f"{field}__lt": value})
    return Q(pk__in=[]) if value is None else Q(**{f"{field}__gt": value}) | Q(**{field: None})


def _read(thing: Any, path: str) -> Any:
    for name in path.split("__"):
        thing = getattr(thing, name) if thing is not None else None
    return thing
