"""What a forge's refusal means, in a sentence for whoever has to do something about it."""

from __future__ import annotations

from typing import Any

from kimplan.forge.errors import ForgeError, RefusedError

_LONGEST = 300  # characters of what the forge says
_RIGHTS = (
    "In a workflow: permissions: issues: write. A fine-grained token needs Issues: read and write."
)
_TOKEN = "Make a new one, and give it in KIMPLAN_FORGE_TOKEN; in a workflow, github.token."  # noqa: S105
_SENTENCES = {
    301: ("the repository {where} has moved", "Name it as it is called now: --repository."),
    401: ("the forge does not accept the token", _TOKEN),
    403: ("the token may not do this in {where}", _RIGHTS),
    404: (
        "the forge knows no repository {where}, or the token may not see it",
        f"Look at its name: --repository OWNER/NAME. {_RIGHTS}",
    ),
    410: ("issues are turned off in {where}", "They can be turned on in its settings."),
}


def said_by(data: object) -> str:
    """Return the message of an answer, shortened, or nothing."""
    found = data.get("message") if isinstance(data, dict) else None
    return " ".join(found.split())[:_LONGEST] if isinstance(found, str) else ""


def refusal(status: int, data: object, where: str) -> ForgeError:
    """Return the error that says why an answer of this `status` is no good; `where` is asked."""
    error = _error(301 if 300 <= status < 400 else status, data, where)
    error.status = status
    return error


def _error(status: int, data: object, where: str) -> ForgeError:
    said = said_by(data)
    if status == 422:
        return _invalid(data, said)
    if status in _SENTENCES:
        sentence, hint = _SENTENCES[status]
        kind = RefusedError if status == 410 else ForgeError
        return kind(f"{sentence.format(where=where)}{_quoted(said)}", hint)
    again = "Try again later." if status >= 500 else ""
    return ForgeError(f"the forge answers with {status}{_quoted(said)}", again)


def limit(said: str, seconds: float) -> ForgeError:
    """Return the error that says that the forge wants to be left alone for so long."""
    minutes = f" for {seconds / 60:,.0f} minutes" if 60 < seconds < 86_400 else ""
    hint = "Run the command again later: it goes on where it stopped."
    return ForgeError(f"the forge asks to wait{minutes}{_quoted(said)}", hint)


def _invalid(data: object, said: str) -> RefusedError:
    """Return what is wrong with a request: the fields, and the forge's own words of them."""
    errors: Any = data.get("errors") if isinstance(data, dict) else None
    found = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    words = [said_by(one) or str(one.get("code", "")) for one in found]
    why = ", ".join(filter(None, words)) or said
    error = RefusedError(f"the forge does not take it{_quoted(why[:_LONGEST])}")
    error.fields, error.codes = (
        frozenset(one[key] for one in found if isinstance(one.get(key), str))
        for key in ("field", "code")
    )
    return error


def _quoted(said: str) -> str:
    return f": {said.rstrip('.')}" if said else ""
