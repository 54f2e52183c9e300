"""Texts as the cells of a workbook can hold them: never longer, and never what XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kimplan.model.prose import Span

LONGEST = 32_767  # UTF-16 code units of a cell, of which Excel keeps no more
_CUT = " … (cut: a cell holds no more)"
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_x[0-9a-fA-F]{4}_|[\x00-\x08\x0b-\x1f]")


def fit(text: str) -> tuple[str, bool]:
    """Return `text` as a cell can hold it, and whether that is less than all of it."""
    if not text.isprintable() and _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("\ufffd", text)
    if len(text) * 2 <= LONGEST or _units(text) <= LONGEST:
        return text, False
    room = LONGEST - len(_CUT)
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: len(kept) - max((_units(kept) - room) // 2, 1)]
    return kept.rstrip() + _CUT, True


def _fits(runs: Sequence[Span]) -> bool:
    """Return whether a cell can hold `runs` whole."""
    return not any(fit(run.text)[1] for run in runs) and (
        sum(_units(run.text) for run in runs) <= LONGEST
    )


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def can_be_rich(runs: Sequence[Span]) -> bool:
    """Return whether a cell can show the looks of `runs`.

    XlsxWriter escapes a text of several looks twice, so that Excel would show what stands for
    characters that XML cannot hold.
    """
    return _fits(runs) and not any(_ESCAPED.search(run.text) for run in runs)


def header_text(text: str, room: int) -> str:
    """Return `text` for a header or footer of a page, on one line and at most `room` long."""
    words = " ".join(fit(text)[0].split())
    if len(words) > room:
        words = f"{words[: room - 1].rstrip()}…"
    doubled = words.replace("&", "&&")
    return doubled if len(doubled) <= room else header_text(words[: len(words) - 1], room)
