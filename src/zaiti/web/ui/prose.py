"""Published Markdown as safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from zaiti.core.text import plain

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
TAGS = {"h2", "h3", "h4", "p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "hr"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


def prose(text: str) -> SafeString:
    """Render Markdown; only text, lists, links and tables come through. Tables scroll by themselves."""
    html = nh3.clean(
        MARKDOWN.render(plain(text)),
        tags=TAGS | TABLE,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
    )
    boxed = html.replace("<table>", '<div class="table-responsive" tabindex="0"><table class="table">')
    return mark_safe(boxed.replace("</table>", "</table></div>"))  # noqa: S308  # cleaned above
