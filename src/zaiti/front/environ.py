"""An ASGI request in WSGI's words; what a client says of itself in our name is left out."""

import sys
import time
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from zaiti.front.intake import Scope

ARRIVED = "zaiti.arrived"  # when the whole request had arrived, in seconds since 1970
STAMPED_BY_PROXY = "HTTP_X_REQUEST_START"  # t=seconds.milliseconds
LEFT_OUT = {"HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_PROXY"}
OLDEST_STAMP = 300.0  # seconds: no queue of a proxy's is longer


def environ(scope: Scope, body: IO[bytes], size: int, *, stamps: bool) -> dict[str, Any]:
    """All that Django reads of a request; with `stamps` our proxy says when it came, never a client."""
    said = _headers(scope["headers"])
    stamp = said.pop(STAMPED_BY_PROXY, "")
    host, port = scope.get("server") or ("localhost", 80)
    return said | {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": address(scope),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        ARRIVED: arrival(stamp if stamps else "", time.time()),
    }


def address(scope: Scope) -> str:
    """Who is at the other end of the line."""
    return str((scope.get("client") or ("",))[0])


def client(scope: Scope, proxies: int) -> str:
    """Who sends it: behind proxies of ours, the one the outermost of them saw."""
    passed = _headers(scope["headers"]).get("HTTP_X_FORWARDED_FOR", "").split(",")
    return passed[-proxies].strip() if 0 < proxies <= len(passed) else address(scope)


def arrival(stamp: str, now: float) -> float:
    """Take our proxy's stamp unless it is of times to come, too old or no time at all; then it is now."""
    try:
        stamped = float(stamp.removeprefix("t="))
    except ValueError:
        return now
    return stamped if now - OLDEST_STAMP < stamped < now else now


def length(scope: Scope) -> int | None:
    """How long the body is said to be; None when it has no end yet, 0 when there is none."""
    said = dict(scope["headers"])
    if b"transfer-encoding" in said:
        return None
    given = said.get(b"content-length", b"0")
    return int(given) if given.isdigit() else 0


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, value in pairs:
        if b"_" in name:  # as nginx does: X_Forwarded_For would pass for X-Forwarded-For
            continue
        key, text = name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        said[key] = f"{said[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}" if key in said else text
    return {key: text for key, text in said.items() if key not in LEFT_OUT and key != "HTTP_CONTENT_LENGTH"}
