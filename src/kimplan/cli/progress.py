"""A line that says how far long work has come, on a terminal and only after a second."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from kimplan.cli.manner import manner

if TYPE_CHECKING:
    from threading import Timer

_EVERY = 256
_CLEARED = "\r" + " " * 60 + "\r"


class Progress:
    """Counts what was read; shows the count on standard error when it takes long."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._count = 0
        self._shown = False
        self._start = time.monotonic()
        self._on = sys.stderr.isatty() and not manner.is_quiet

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
            sys.stderr.write(_CLEARED)


class Patience:
    """Says on a terminal what takes so long, once it has taken a second; for work in one piece."""

    def __init__(self, what: str, seconds: float = 1) -> None:
        self._what = what
        self._seconds = seconds
        self._timer: Timer | None = None
        self._shown = False

    def __enter__(self) -> None:
        """Begin to wait."""
        if sys.stderr.isatty() and not manner.is_quiet:
            from threading import Timer

            self._timer = Timer(self._seconds, self._say)
            self._timer.daemon = True
            self._timer.start()

    def __exit__(self, *problem: object) -> None:
        """Take the line away again."""
        if self._timer:
            self._timer.cancel()
            self._timer.join()
        if self._shown:
            sys.stderr.write(_CLEARED)

    def _say(self) -> None:
        self._shown = True
        sys.stderr.write(f"\r{self._what} …")
        sys.stderr.flush()
