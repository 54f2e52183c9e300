"""How much of a file is read, how large its numbers are, and why one is not read."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_DEPTH = 200


class UnreadableError(Exception):
    """A file holds no table that can be read: the `reason` as half a sentence, and what to do."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def whole_number(text: str | None, otherwise: int = 0, digits: int = 8) -> int:
    """Return the number that `text` is: without a sign, of at most so many `digits`.

    Anything else that somebody may have written is `otherwise`.
    """
    bare = (text or "").strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= digits else otherwise
