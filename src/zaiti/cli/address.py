"""Where the web process listens: ZAITI_HOST and PORT."""

import ipaddress
import os
import socket
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple

from zaiti.cli.failures import Stop


class Address(NamedTuple):
    """A place to listen at."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def read() -> Address:
    """Read the address from the environment."""
    host, port = os.environ.get("ZAITI_HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise Stop(f"PORT must be a number from 1 to 65535, not “{port}”.")
    return Address("127.0.0.1" if host == "localhost" else host, int(port))


def require_loopback(here: Address) -> None:
    """Keep demo mode, whose passwords are on the screen, to this machine."""
    if not _is_loopback(here.host):
        raise Stop(f"Demo mode serves this machine alone, not {here.host}: leave ZAITI_HOST unset.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_free(here: Address) -> None:
    """See that no other program listens there."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(here.host, here.port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as failure:
        raise Stop(
            f"Port {here.port} on {here.host} can't be used ({failure.strerror}): "
            "stop what uses it, or choose another, as in PORT=8001 make run."
        ) from failure


def answers(here: Address) -> bool:
    """Say whether the web process answers requests by now, whatever it says."""
    asking = HTTPConnection(here.host, here.port, timeout=5)
    try:
        asking.request("HEAD", "/")
        asking.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()
    return True
