"""Which server sends the mail, and how: ``KIMPLAN_SMTP_URL``."""

from __future__ import annotations

import enum
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kimplan.errors import KimplanError

_LOCAL = {"localhost", "127.0.0.1", "::1"}
_PATIENCE = 30  # seconds
_LONGEST_PATIENCE = 600
_HINT = (
    "Write it as smtps://user:password@smtp.example.org:465, or with smtp:// and 587 for a server "
    "that begins plainly; in user and password, @ is %40, : is %3A and / is %2F."
)


class Security(enum.Enum):
    """How what is sent is kept secret on its way to the server."""

    TLS = "TLS from the beginning"
    STARTTLS = "TLS after STARTTLS, or nothing is sent"
    NONE = "no TLS"


class Server(NamedTuple):
    """A mail server; `patience` is how many seconds it may take over each answer."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    patience: float = _PATIENCE

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"Server({self.host}:{self.port}, {self.security.value})"

    @property
    def has_login(self) -> bool:
        """Whether the server is told a user and a password."""
        return bool(self.user)


def read_server(url: str) -> Server:
    """Return the server that an address names; no error says what it holds.

    Without TLS only this machine itself is spoken to, unless the address says ``?tls=no``; a
    password then goes to no other. Raises KimplanError.
    """
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname or ""
        options = (
            dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
            if (parts.query)
            else {}
        )
    except ValueError:
        raise _refused("it cannot be read") from None
    _check(parts, host, options)
    security = _security(parts.scheme, host, options.get("tls", ""))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise _refused("it has a user without a password, or a password without a user")
    if user and security is Security.NONE and host not in _LOCAL:
        raise _refused("a password would travel without TLS")
    usual = 465 if security is Security.TLS else 25 if host in _LOCAL else 587
    return Server(host, port or usual, security, user, password, _patience(options))


def _check(parts: SplitResult, host: str, options: dict[str, str]) -> None:
    if parts.scheme not in {"smtp", "smtps"}:
        raise _refused("it begins with neither smtps:// nor smtp://")
    if not host or not host.isascii() or not host.isprintable() or " " in host:
        raise _refused("it names no server")
    if parts.path.strip("/") or parts.fragment:
        raise _refused("something stands behind the server's name and port")
    if unknown := set(options) - {"tls", "timeout"}:
        raise _refused(f"'{min(unknown)[:20]}' is no option of it; tls and timeout are")


def _security(scheme: str, host: str, tls: str) -> Security:
    if tls not in {"", "yes", "no"} or (scheme == "smtps" and tls == "no"):
        raise _refused("tls is either yes or, with smtp://, no")
    if scheme == "smtps":
        return Security.TLS
    is_plain = tls == "no" or (host in _LOCAL and not tls)
    return Security.NONE if is_plain else Security.STARTTLS


def _patience(options: dict[str, str]) -> float:
    text = options.get("timeout", str(_PATIENCE))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= _LONGEST_PATIENCE:
        raise _refused(f"timeout is a number of seconds from 1 to {_LONGEST_PATIENCE}")
    return int(text)


def _refused(why: str) -> KimplanError:
    return KimplanError(f"the mail server's address in KIMPLAN_SMTP_URL is no use: {why}", _HINT)
