"""A form that somebody sent, from the JSON that a forge gives to a pipeline, or of a program.

It is either the event of an issue (https://docs.github.com/en/webhooks/webhook-events-and-payloads),
of which only the issue's text, number and author are read, or an object of answers by their keys.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from kimplan.errors import KimplanError
from kimplan.forms.body import MOST_CHARACTERS, read_body
from kimplan.forms.questions import QUESTIONS

MOST_BYTES = 2 * 1024 * 1024  # a text of the greatest length, each character of it an escape
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,98}(?:\[bot\])?", re.ASCII)
_FILE_HINT = "Name the file of an issue's event, or an object of answers: docs/update.md."


class Sent(NamedTuple):
    """What came: the issue's `number` (0 where there is none), its `author`, and what it says.

    `author` is a name on the forge, empty where it is not known. Either `body` is the issue's
    text, or `answers` are those that a program wrote.
    """

    number: int = 0
    author: str = ""
    body: str = ""
    answers: dict[str, str] | None = None

    def read(self) -> dict[str, str]:
        """Return the answers by their keys, those that say something.

        Raises RefusedError for a text that is no such form.
        """
        if self.answers is None:
            return read_body(self.body)
        return {key: answer for key, answer in self.answers.items() if answer.strip()}


def read_sent(data: bytes) -> Sent:
    """Return what the file of a form holds; raise KimplanError for one that is none."""
    value = _json(data)
    if "issue" in value:
        return _issue(value["issue"])
    unknown = next((key for key in value if key not in QUESTIONS), None)
    if unknown is not None:
        raise KimplanError(f"the form knows no answer '{unknown[:40]}'", f"Known: {_known()}.")
    wrong = next((key for key, answer in value.items() if not isinstance(answer, str)), None)
    if wrong is not None:
        raise KimplanError(f"the answer '{wrong}' of the form is not a text", _FILE_HINT)
    if sum(map(len, value.values())) > MOST_CHARACTERS:
        raise KimplanError("the answers of the form are too long", "Shorten them.")
    return Sent(answers=value)


def _known() -> str:
    return ", ".join(QUESTIONS)


def _json(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise KimplanError("the file of the form is larger than 2 MiB", _FILE_HINT)
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise KimplanError("the file of the form is not JSON in UTF-8", _FILE_HINT) from None
    if not isinstance(value, dict):
        raise KimplanError("the file of the form holds no object", _FILE_HINT)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys stand there once; raise KimplanError for another."""
    value: dict[str, Any] = {}
    for key, one in pairs:
        if key in value:
            message = f"'{key[:40]}' stands twice in the file of the form"
            raise KimplanError(message, "Leave it once, so that it is clear which counts.")
        value[key] = one
    return value


def _issue(issue: Any) -> Sent:
    """Return the issue of an event; a text that is missing is empty, as GitHub's is null then."""
    if not isinstance(issue, dict):
        raise KimplanError("the event has no issue", _FILE_HINT)
    number, body = issue.get("number"), issue.get("body")
    if type(number) is not int or not 0 < number < 2**53:
        raise KimplanError("the event's issue has no number", _FILE_HINT)
    if body is not None and not isinstance(body, str):
        raise KimplanError("the event's issue has no text", _FILE_HINT)
    user = issue.get("user")
    login = user.get("login") if isinstance(user, dict) else None
    is_name = isinstance(login, str) and _LOGIN.fullmatch(login)
    return Sent(number, str(login) if is_name else "", body or "")
