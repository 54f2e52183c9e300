"""A line that says how far long work has come, on a terminal and only after a second."""

from __future__ import annotations

import sys
import time

_EVERY = 256


class Progress:
    """Counts what was read; shows the count on standard error when it takes long."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._count = 0
        self._shown = False
        self._start = time.monotonic()
        self._on = sys.stderr.isatty()

    def step(self) -> None:
        """Count one more."""
        self._count += 1
        if self._on and self._count % _EVERY == 0 and time.monotonic() - self._start > 1:
            self._shown = True
            sys.stderr.write(f"\r{self._verb} {self._count:,} recommendations …")
            sys.stderr.flush()

    def done(self) -> None:
        """Take the line away again."""
        if self._shown:
            sys.stderr.write("\r" + " " * 60 + "\r")
