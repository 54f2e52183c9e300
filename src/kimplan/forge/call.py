"""One call of a forge's API: the token goes to its host alone, and every answer is bounded.

urllib.request is the standard library's. It knows the system's certificates and proxies, those of
Windows too, and a few calls a day need neither a pool of connections nor another package.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import SecretStr

from kimplan import __version__
from kimplan.forge.address import Place, is_here
from kimplan.forge.errors import ForgeError
from kimplan.forge.patience import wait_for
from kimplan.forge.refusals import limit, refusal, said_by

LARGEST = 32 * 1024 * 1024  # bytes of an answer: a page of the longest issues is a third of it
LONGEST_WAIT = 60.0  # seconds in a whole run, however often the forge asks for it
_TRIES = 4
_UNPACED = 20  # changes after which there is a second between two: GitHub takes 80 a minute
_CHUNK = 64 * 1024
_VERSION = "2022-11-28"


class Reply(NamedTuple):
    """What the API answered: its status, its headers, and its JSON as plain data."""

    status: int
    headers: http.client.HTTPMessage
    data: Any


class Times(NamedTuple):
    """How long is waited, in seconds, and what waits: for a sign of life, and for all of it."""

    silence: float = 20.0
    whole: float = 60.0
    sleep: Callable[[float], object] = time.sleep


class _AsItCame(urllib.request.HTTPErrorProcessor):
    """Take every answer as it is: no redirection is followed, least of all with a token."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response

    https_response = http_response


class Caller:
    """Calls the API of one place with a token, and waits where it asks for a short time."""

    def __init__(self, place: Place, token: SecretStr, times: Times | None = None) -> None:
        self.place = place
        self._token = token
        self._times = times or Times()
        self._left = LONGEST_WAIT
        self._changes = 0
        # What is on this machine is reached without a proxy, whatever the environment says.
        handler = urllib.request.ProxyHandler({} if is_here(place.api) else None)
        self._opener = urllib.request.build_opener(_AsItCame, handler)

    def ask(self, method: str, path: str, content: Mapping[str, object] | None = None) -> Reply:
        """Return the answer to a call of a path that begins with a slash, or of an address.

        Raises ForgeError for one that is none, RefusedError where another call may be taken.
        """
        url = self._address(path)
        self._pace(method)
        for _ in range(_TRIES):
            reply = self._once(method, url, content)
            if 200 <= reply.status < 300:
                return reply
            self._wait(reply)
        raise limit(self._hidden(said_by(reply.data)), 0)

    def _address(self, path: str) -> str:
        """Return the whole address; raise ForgeError if it leads elsewhere, as the token must not.

        The path of a page that comes next is the server's to say.
        """
        if path.startswith("/"):
            return f"{self.place.api}{path}"
        own, asked = urlsplit(self.place.api), urlsplit(path)
        if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
            raise ForgeError(f"the forge sends us from {own.netloc} to another host")
        return path

    def _wait(self, reply: Reply) -> None:
        """Wait as long as a refusal asks for; raise ForgeError if that is long or does not help."""
        said = self._hidden(said_by(reply.data))
        seconds = wait_for(reply.status, reply.headers, said)
        if seconds is None:
            raise self._refused(reply)
        if seconds > self._left:
            raise limit(said, seconds)
        self._left -= seconds
        self._times.sleep(seconds)

    def _pace(self, method: str) -> None:
        if method == "GET":
            return
        self._changes += 1
        if self._changes > _UNPACED:
            self._times.sleep(1.0)

    def _refused(self, reply: Reply) -> ForgeError:
        error = refusal(reply.status, reply.data, self.place.name)
        error.message = self._hidden(error.message)
        return error

    def _hidden(self, text: str) -> str:
        """Return `text` without the token, should a server say it."""
        return text.replace(self._token.get_secret_value(), "…")

    def _once(self, method: str, url: str, content: Mapping[str, object] | None) -> Reply:
        request = self._request(method, url, content)
        until = time.monotonic() + self._times.whole
        try:
            with self._opener.open(request, timeout=self._times.silence) as response:
                body = _read(response, until)
                return Reply(response.status, response.headers, _parse(response, body))
        except urllib.error.URLError as error:
            raise _unreachable(error.reason, self.place.api) from None
        except (OSError, http.client.HTTPException) as error:
            raise _unreachable(error, self.place.api) from None

    def _request(
        self, method: str, url: str, content: Mapping[str, object] | None
    ) -> urllib.request.Request:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token.get_secret_value()}",
            "User-Agent": f"kimplan/{__version__}",
            "X-GitHub-Api-Version": _VERSION,
        }
        data = None
        if content is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(content).encode()
        # The address is https, or this machine's: address.read_api lets no other pass.
        return urllib.request.Request(url, data, headers, method=method)  # noqa: S310


def _read(response: Any, until: float) -> bytes:
    """Return the bytes of an answer; raise ForgeError where they are too many or too slow."""
    chunks, size = [], 0
    while chunk := response.read1(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST:
            raise ForgeError("the forge's answer is too long to be one")
        if time.monotonic() > until:
            raise TimeoutError
    return b"".join(chunks)


def _parse(response: Any, body: bytes) -> Any:
    """Return the answer's JSON; nothing for an error without any, and for an empty one."""
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        if response.status >= 300:
            return None
        hint = "Look at the API's address: --api-url, or GITHUB_API_URL."
        raise ForgeError("the forge's answer is no JSON", hint) from None


def _unreachable(reason: object, api: str) -> ForgeError:
    if isinstance(reason, TimeoutError):
        return ForgeError(f"{api} does not answer", "Try again later.")
    if isinstance(reason, ssl.SSLCertVerificationError):
        hint = "A company's own certificate has to be among the system's."
        return ForgeError(f"{api} has no certificate that can be trusted", hint)
    if isinstance(reason, http.client.HTTPException):
        return ForgeError(f"{api} does not answer as a web server does", "Look at --api-url.")
    why = getattr(reason, "strerror", None) or str(reason)
    return ForgeError(f"{api} cannot be reached: {why}", "Look at the network, and at --api-url.")
