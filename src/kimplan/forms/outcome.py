"""What became of a form, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kimplan.diagnostic import Diagnostic
from kimplan.edits.change import Changed
from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError
from kimplan.forms.words import hint_in_words, in_words
from kimplan.model.choice import Choice

_HAS_ERRORS = "its file has errors already, which a form cannot mend"
_ASK = "Ask whoever keeps the plan to mend them first."


class Kind(Choice):
    """How a form ended."""

    CHANGED = "changed", "The file is changed, or would be."
    UNCHANGED = "unchanged", "The plan says so already."
    REFUSED = "refused", "Something forbids it, or is unclear; the file is as it was."


class Outcome(NamedTuple):
    """What became of the form of the issue `number`, by `author`.

    `path` is the file, empty where it is refused. `message` and `hint` say why it is refused, in
    the words of the form; `found` are the errors of a refused change, or the warnings about one
    that is made, and `old` the errors that were there before.
    """

    kind: Kind
    number: int = 0
    author: str = ""
    answers: Mapping[str, str] = {}
    ref: str = ""
    path: str = ""
    said: tuple[str, ...] = ()
    message: str = ""
    hint: str = ""
    code: str = ""
    found: Sequence[Diagnostic] = ()
    old: Sequence[Diagnostic] = ()


def changed_outcome(begun: Outcome, changed: Changed) -> Outcome:
    """Return the outcome of a form that nothing forbids; `begun` says whose form it is."""
    is_same = changed.before == changed.after
    return begun._replace(
        kind=Kind.UNCHANGED if is_same else Kind.CHANGED,
        path=changed.path.as_posix(),
        said=changed.said,
        found=changed.warnings,
    )


def refused_outcome(begun: Outcome, error: RefusedError | KimplanError) -> Outcome:
    """Return the outcome of a form that `error` stops; `begun` says whose form it is."""
    if isinstance(error, KimplanError):
        return _refused(begun, error.message, error.hint, "")
    if error.new:
        found = _refused(begun, "the recommendation would not be right then", "", error.code)
    elif error.old:
        found = _refused(begun, _HAS_ERRORS, _ASK, error.code)
    else:
        found = _refused(begun, error.message, error.hint, error.code)
    return found._replace(found=error.new, old=error.old)


def _refused(begun: Outcome, message: str, hint: str, code: str) -> Outcome:
    words, how = in_words(message), hint_in_words(hint, code)
    return begun._replace(kind=Kind.REFUSED, message=words, hint=how, code=code)
