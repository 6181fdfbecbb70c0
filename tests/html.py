"""HTML as a browser takes it: how many blanks and line ends stand in it is the template writer's affair."""

import re


def flat(html: str) -> str:
    """One blank for any, none inside a tag's end, after a tag that opens and before one that closes."""
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r"(<[^>]*?) >", r"\1>", html)
    return re.sub(r"(<[a-z][^>]*>) | (?=</)", r"\1", html)
