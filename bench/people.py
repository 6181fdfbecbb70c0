"""Who asks for what: the pages of the table, with the rows of a grown demo."""

from bench.web import Page
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zaiti.accounts.models import User
from zaiti.applications.models import Application
from zaiti.notices.models import Publication
from zaiti.panels.models import Panel, Review, Seat
from zaiti.ranking.models import CandidateList

PUBLIC = ""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def pages() -> list[Page]:
    """The table's pages."""
    return [*_public(), *_desk(), *_experts()]


def _public() -> list[Page]:
    text = Publication.objects.filter(kind="guide").first() or Publication.objects.first()
    return [
        Page("home", PUBLIC, "/"),
        Page("one text", PUBLIC, reverse("site:notice", args=[text.pk])),
        Page("register, 25 rows", PUBLIC, reverse("site:register")),
        Page("postings", PUBLIC, reverse("site:postings")),
        Page("search", PUBLIC, reverse("site:search") + "?q=示例大单位77"),
    ]


def _desk() -> list[Page]:
    officer, city = "longgang.officer", "sz.officer"
    case = Application.objects.filter(call__authority__in=_served(officer), state="submitted")
    queue = reverse("desk:screening")
    panel = Panel.objects.filter(state="working").annotate(n=Count("reviews")).order_by("-n").first()
    ranking = (
        CandidateList.objects.filter(cycle__state="open")
        .annotate(n=Count("candidates"))
        .order_by("-n")
        .first()
    )
    return [
        Page("officer's queue, 50 rows", officer, f"{queue}?per_page=50"),
        Page("officer, all stages", officer, f"{queue}?stage=all"),
        Page("city, all stages", city, f"{queue}?stage=all"),
        Page(
            "open a case",
            officer,
            reverse("desk:screening_case", args=[case.order_by("pk")[case.count() // 2].pk]),
        ),
        Page("next case", officer, reverse("desk:screening_next")),
        Page("city start", city, reverse("desk:start")),
        Page("district start", officer, reverse("desk:start")),
        Page("panel", _officer(panel), reverse("desk:panel", args=[panel.pk])),
        Page("ranking", _officer(ranking), reverse("desk:ranking_list", args=[ranking.pk])),
        Page("ledger page", "sz.auditor", reverse("desk:audit")),
    ]


def _experts() -> list[Page]:
    review = Review.objects.filter(state="discussed", panel__state="working").order_by("-pk")[0]
    seat = Seat.objects.filter(panel=review.panel_id, left_at=None).order_by("pk")[0]
    name = seat.expert.user.username
    return [
        Page("expert's start", name, reverse("jury:start")),
        Page("expert opens one", name, reverse("jury:review", args=[review.pk])),
    ]


def _served(name: str) -> list[int]:
    return User.objects.get(username=name).authority_ids()


def _officer(thing: Panel | CandidateList) -> str:
    """An officer of the district."""
    return str(User.objects.filter(posts__authority=thing.authority_id, posts__role="officer")[0].username)


def keys(names: set[str]) -> dict[str, str]:
    """A session for each, as signing in makes it."""
    return {name: _session(User.objects.get(username=name)) if name else "" for name in names}


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def queries(page: Page, sessions: dict[str, str]) -> int:
    """How many queries it asks."""
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers={"accept-language": "zh-hans"})
    if page.user:
        client.cookies["sessionid"] = sessions[page.user]
    client.get(page.path)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.path)
    return len(asked)
