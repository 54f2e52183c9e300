"""What a text was meant to say that stands between quotation marks, or begins with one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHOLE = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^']|'')*'")
_OPENS = {q: re.compile(rf"(?:\A|[\s(]){q}(?=[^\s.,;:!?)])") for q in "'\""}
_CLOSES = {q: re.compile(rf"(?<=[^\s(]){q}(?=[\s.,;:!?)]|\Z)") for q in "'\""}


def closed(text: str) -> int:
    """Return where the quoted text at the beginning of `text` ends for YAML, or 0."""
    found = _WHOLE.match(text)
    return found.end() if found else 0


def is_quoted(text: str) -> bool:
    """Return whether all of `text` stands between quotation marks, for YAML."""
    return _WHOLE.fullmatch(text) is not None


def encloses_all(text: str) -> bool:
    """Return whether the marks at both ends of `text` were meant to enclose all of it.

    Of ``'It's done'`` they were, of ``"Find it" and "that"`` they were not.
    """
    mark = text[:1]
    if mark not in {"'", '"'} or len(text) < 2 or not text.endswith(mark):
        return False
    inner = text[1:-1]
    closing, opening = _CLOSES[mark].search(inner), _OPENS[mark].search(inner)
    if closing and opening:
        return opening.start() < closing.start()
    return not (closing and mark == '"')


def inner(text: str) -> str:
    """Return what the marks at the ends of `text`, or the one at its beginning, enclose."""
    mark = text[0]
    said = text[1:-1] if len(text) > 1 and text.endswith(mark) else text[1:]
    if mark == "'":
        return said.replace("''", "'")
    return said.replace('\\"', '"')


def readings(text: str) -> Iterator[str]:
    """Yield what `text`, as somebody typed it, may have been meant to say, the likeliest first."""
    mark = text[:1]
    other = {"'": '"', '"': "'"}.get(mark)
    if not other:
        yield text
    elif mark not in text[1:] and text.endswith(other) and other not in text[1:-1]:
        yield text[1:-1]
    elif encloses_all(text) or (mark not in text[1:] and not closed(text)):
        yield inner(text)
    elif text[closed(text) :].strip() in {",", ";"}:
        yield inner(text[: closed(text)])
    else:
        yield text
