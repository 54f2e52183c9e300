"""Roles by their names: which one is meant, and whether a new one can be told from the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError
from kimplan.model.nobody import is_nobody
from kimplan.model.suggestion import did_you_mean
from kimplan.source import shown

_MARKS = re.compile(r"[\W_]+")
# Letters of other scripts that look like those of ours.
_TWINS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u03bf\u03b1\u03c1\u03bd\u0131",
    "aeopcyxijsoapvi",
)
_MOST = 20  # roles that a hint names


def folded(role: str) -> str:
    """Return `role` as capitals, white space and its kinds do not count."""
    return " ".join(unicodedata.normalize("NFKC", role).casefold().split())


def _letters(role: str) -> str:
    """Return the letters and digits of `role` as a reader sees them; ``&`` is ``and``."""
    bare = unicodedata.normalize("NFKD", folded(role).replace("&", " and ").translate(_TWINS))
    return _MARKS.sub("", "".join(one for one in bare if not unicodedata.combining(one)))


def find_role(asked: str, roles: Sequence[str]) -> str | None:
    """Return the one of `roles` that is `asked` for, capitals and white space or not."""
    if asked in roles:
        return asked
    return next((role for role in roles if folded(role) == folded(asked)), None)


def known_role(asked: str, roles: Sequence[str], path: str) -> str:
    """Return the same; raise KimplanError with a suggestion where `path` registers none."""
    if found := find_role(asked, roles):
        return found
    message = f"the role {shown(asked)} is not in {path}"
    raise KimplanError(message, did_you_mean(asked, roles) or _known(roles))


def _known(roles: Sequence[str]) -> str:
    more = f" and {len(roles) - _MOST} more; see kimplan owners list" if len(roles) > _MOST else ""
    return f"Known: {'; '.join(roles[:_MOST])}{more}." if roles else ""


def check_new(role: str, others: Sequence[str], path: str, instead: Callable[[str], str]) -> None:
    """Raise RefusedError for a `role` that is none, or that looks like one of `others` in `path`.

    The hint is what may be done `instead`, with that other role.
    """
    bare = _letters(role)
    if not any(map(str.isalpha, bare)) or is_nobody(role):
        message = f"{shown(role)} is no role that anybody can hold"
        raise RefusedError(message, "Name the role that answers for it, such as 'Head of Repairs'.")
    if same := find_role(role, others):
        raise RefusedError(f"{path} has the role {shown(same)} already", instead(same))
    if twin := next((one for one in others if _letters(one) == bare), None):
        message = f"{path} has the role {shown(twin)}, which reads the same as {shown(role)}"
        raise RefusedError(message, instead(twin))
