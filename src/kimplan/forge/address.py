"""Where a forge's API is, and which repository is meant."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from kimplan.errors import KimplanError
from kimplan.git.remote import Remote

GITHUB = "https://api.github.com"
_NAME = re.compile(r"(?!\.{1,2}(?:/|\Z))[A-Za-z0-9_.-]{1,100}/(?!\.{1,2}\Z)[A-Za-z0-9_.-]{1,100}")
_HERE = {"localhost", "127.0.0.1", "::1"}
_API_HINT = "GitHub's is https://api.github.com, a GitHub Enterprise Server's https://HOST/api/v3."
_NAME_HINT = "Write it as OWNER/NAME: --repository example-homes/action-plan."


class Place(NamedTuple):
    """A repository by ``OWNER/NAME``, and the address of the API that knows it."""

    api: str
    name: str


def read_api(text: str, said_by: str) -> str:
    """Return an API's address without a slash at its end; `said_by` is the option or variable.

    Only https will do, because a token is sent there, except for this very machine. Raises
    KimplanError.
    """
    address = text.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_plain = address.isascii() and address.isprintable() and not re.search(r"[\s<>\"\\]", address)
    if not host or not is_plain or port == 0:
        raise KimplanError(f"{said_by} is no web address", _API_HINT)
    if "@" in parts.netloc or parts.query or parts.fragment:
        message = f"{said_by} may have no user, password, question mark or number sign"
        raise KimplanError(message, _API_HINT)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _HERE):
        raise KimplanError(f"{said_by} must begin with https://", "A token is sent there.")
    return address


def read_name(text: str, said_by: str) -> str:
    """Return a repository's ``OWNER/NAME``; raise KimplanError for anything else."""
    name = text.strip()
    if not _NAME.fullmatch(name):
        raise KimplanError(f"{said_by} '{name[:80]}' is no repository's name", _NAME_HINT)
    return name


def name_of(remote: Remote | None, api: str) -> str:
    """Return the ``OWNER/NAME`` of a repository that the API at `api` knows.

    Raises KimplanError where the repository's origin is on another host: a repository of the same
    name there may be anybody's.
    """
    if remote is None:
        raise KimplanError("it is not known which repository the issues are for", _NAME_HINT)
    host = urlsplit(api).netloc
    if remote.host != host.removeprefix("api."):
        message = f"the repository came from {remote.host}, and the API is that of {host}"
        raise KimplanError(message, f"Name the repository, or its API: --api-url. {_NAME_HINT}")
    return read_name(remote.path, "the origin's")


def is_here(api: str) -> bool:
    """Return whether an API is on this machine, where no proxy leads."""
    return urlsplit(api).hostname in _HERE
