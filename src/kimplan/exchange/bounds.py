"""How much of a file is read, and why one is not."""

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
