"""Ctrl-C and its like while something is begun that must be tidied up.

Elsewhere a process of kimplan ends at once (`kimplan.end_at_once`): nothing is raised then, so that
no traceback can be shown, wherever it was. Where files are being written, `tidily` has an exception
raised instead, and whoever has begun something takes it away again.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from kimplan import end_at_once

# What ends a process from outside: Ctrl-C, a system that shuts down, a terminal that is closed.
_SIGNALS = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
_USUAL = (signal.SIG_DFL, signal.default_int_handler, end_at_once)
_TIDYING = 1.0  # seconds, in which nobody who asks again may stop the tidying up


class Stopped(KeyboardInterrupt):
    """Another signal than that of Ctrl-C has come; `number` is which."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Calls:
    """The signals that come while something is begun."""

    def __init__(self) -> None:
        self._last = 0
        self._when = 0.0
        self._is_held = False

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt or `Stopped`, unless somebody tidies up because of the last."""
        if self._last and time.monotonic() - self._when < _TIDYING:
            return
        self._last, self._when = number, time.monotonic()
        if not self._is_held:
            self.answer()

    def answer(self) -> None:
        """Raise what has come, if anything has."""
        if self._last:
            raise KeyboardInterrupt if self._last == signal.SIGINT else Stopped(self._last)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Have nothing raised before the end of this: while a file is made and its name kept."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        self.answer()


@contextlib.contextmanager
def tidily() -> Iterator[Calls]:
    """Have Ctrl-C and its like raise KeyboardInterrupt in here, and at the latest at the end.

    What another program that imports kimplan does with its signals is left as it is, and so are
    threads, to which none come.
    """
    outer = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    if isinstance(outer, Calls) or threading.current_thread() is not threading.main_thread():
        yield outer if isinstance(outer, Calls) else Calls()
        return
    calls, usual, hook = Calls(), dict[int, Any](), sys.unraisablehook
    try:
        sys.unraisablehook = _quiet(hook)
        for number in filter(None, _SIGNALS):
            if signal.getsignal(number) in _USUAL:
                usual[number] = signal.getsignal(number)
                signal.signal(number, calls.hear)
        yield calls
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        sys.unraisablehook = hook
        calls.answer()


def _quiet(hook: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a hook that says nothing of an interruption where Python can raise nothing."""

    def say(what: Any) -> object:
        is_ours = what.exc_type is not None and issubclass(what.exc_type, KeyboardInterrupt)
        return None if is_ours else hook(what)

    return say
