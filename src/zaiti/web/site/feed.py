"""The published texts as an Atom feed."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page

from zaiti.accounts.models import AuthorityQuerySet
from zaiti.core.text import one_line
from zaiti.notices.models import Publication
from zaiti.web.http.cities import bureaus_here
from zaiti.web.ui.prose import prose

ENTRIES = 30


class Texts(Feed):  # type: ignore[type-arg]  # generic only in the stubs
    """The latest texts, whole."""

    feed_type = Atom1Feed

    def title(self, _here: AuthorityQuerySet) -> str:
        """The site's name."""
        return str(settings.SITE_NAME)

    link = reverse_lazy("site:notices")

    def get_object(self, request: HttpRequest) -> AuthorityQuerySet:
        """The city's bureaus."""
        return bureaus_here(request)

    def items(self, here: AuthorityQuerySet) -> list[Publication]:
        """The latest texts."""
        rows = Publication.objects.standing().filter(authority__in=here).select_related("authority")
        return list(rows[:ENTRIES])

    def item_title(self, item: Publication) -> str:
        """The title; feeds escape it themselves."""
        return one_line(item.title)

    def item_description(self, item: Publication) -> SafeString:
        """The whole text."""
        return prose(item.body)

    def item_link(self, item: Publication) -> str:
        """The text's page."""
        return reverse("site:notice", args=[item.pk])

    def item_author_name(self, item: Publication) -> str:
        """The bureau."""
        return one_line(item.authority.name)

    def item_pubdate(self, item: Publication) -> datetime:
        """When it was published."""
        return item.published_at

    def item_categories(self, item: Publication) -> list[str]:
        """Its kind."""
        return [str(item.get_kind_display())]


urlpatterns: list[URLPattern] = [path("feed/", conditional_page(Texts()), name="feed")]
