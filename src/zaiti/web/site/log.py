"""The public log of the ledger, for machines: checkpoint, tiles and entries after c2sp.org/tlog-tiles."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from zaiti.ledger import log, tree, verify
from zaiti.ledger.models import Checkpoint
from zaiti.web.http.downloads import download

TEXT, OCTETS = "text/plain; charset=utf-8", "application/octet-stream"
for_good = cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)


class Level(IntConverter):
    """A level of the tree."""

    regex = r"6[0-3]|[1-5][0-9]|[0-9]"


class Width(IntConverter):
    """How many hashes a partial tile has."""

    regex = r"25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]?"


class Number:
    """A tile's number: x001/x234/067."""

    regex = r"(?:x[0-9]{3}/)*[0-9]{3}"

    def to_python(self, value: str) -> int:
        """The number, if it is spelled as it must be."""
        if (number := tree.number_of(value)) is None:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        """The spelling."""
        return tree.spelled(int(value))


register_converter(Level, "tile_level")
register_converter(Width, "tile_width")
register_converter(Number, "tile_number")


def _last() -> Checkpoint:
    last = log.latest()
    if last is None:
        raise Http404
    return last


def _require_signed(level: int, number: int, width: int) -> None:
    """Nothing is told of what the last checkpoint does not cover."""
    if number * tree.WIDE + width > _last().size // tree.WIDE**level:
        raise Http404


@require_safe
@cache_control(public=True, max_age=5)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """How large the log is, and its root, signed."""
    return HttpResponse(_last().note, content_type=TEXT)


@require_safe
@cache_control(public=True, max_age=3600)
def key(request: HttpRequest) -> HttpResponse:
    """The verifier key; who checks keeps it, and trusts it because others say the same."""
    return HttpResponse(f"{_last().key}\n", content_type=TEXT)


@require_safe
@for_good
def tile(request: HttpRequest, level: int, number: int, width: int = tree.WIDE) -> HttpResponse:
    """The hashes of a tile."""
    _require_signed(level, number, width)
    return HttpResponse(b"".join(log.hashes(level, number, width)), content_type=OCTETS)


@require_safe
@for_good
def entries(request: HttpRequest, number: int, width: int = tree.WIDE) -> HttpResponse:
    """A bundle of entries: of each its digest, and nothing that it says."""
    _require_signed(0, number, width)
    said = log.entries(number * tree.WIDE, width)
    return HttpResponse(b"".join(len(one).to_bytes(2) + one for one in said), content_type=OCTETS)


@require_safe
@cache_control(public=True, max_age=3600)
def checking_program(request: HttpRequest) -> HttpResponse:
    """The file with which anyone checks a proof; it needs nothing of ours."""
    return download(Path(verify.__file__).read_bytes(), "verify.py", "text/x-python; charset=utf-8")


urlpatterns: list[URLPattern] = [
    path("log/checkpoint", checkpoint, name="log_checkpoint"),
    path("log/key", key, name="log_key"),
    path("log/verify.py", checking_program, name="log_verify"),
    path("log/tile/<tile_level:level>/<tile_number:number>", tile, name="log_tile"),
    path("log/tile/<tile_level:level>/<tile_number:number>.p/<tile_width:width>", tile, name="log_tile_part"),
    path("log/tile/entries/<tile_number:number>", entries, name="log_entries"),
    path("log/tile/entries/<tile_number:number>.p/<tile_width:width>", entries, name="log_entries_part"),
]
