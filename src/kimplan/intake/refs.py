"""The refs of a source's records: kept as they are written."""

from __future__ import annotations

import re

from kimplan.model.refs import is_ref
from kimplan.names import fault_on_windows

_LOOKS = re.compile(
    r"(?:(?:rec(?:ommendation)?|action|item|order|no|ref)s?\.? ?)?[A-Za-z]{0,8}[ ._-]?"
    r"[0-9]{1,4}(?:[._-]?[0-9A-Za-z]{1,4}){0,4}[.):]?",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[\s.):;,]+$")
_LEADING = re.compile(r"^[\s#(]+")


def looks_like_a_ref(text: str) -> bool:
    """Return whether `text` may be a record's ref: a number with a few letters around it."""
    words = " ".join(text.split())
    return bool(words) and len(words) <= 40 and bool(_LOOKS.fullmatch(words))


def read_ref(text: str) -> str:
    """Return the ref that `text` writes, or nothing if it is none.

    Only spaces within it and marks around it are left out: ``Rec 4.`` is ``Rec4``. What Windows
    could hold no file for, such as ``CON``, is none.
    """
    bare = _LEADING.sub("", _TRAILING.sub("", text))
    for candidate in (bare, "".join(bare.split()), "-".join(bare.split())):
        if candidate and is_ref(candidate) and not fault_on_windows(f"{candidate}.yaml"):
            return candidate
    return ""


def after(known: str) -> str:
    """Return the number that follows ``1.9`` where a sheet may have lost a nought: ``1.10``."""
    head, dot, last = known.rpartition(".")
    return f"{head}.{int(last) + 1}" if dot and last.isdigit() else ""
