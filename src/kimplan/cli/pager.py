"""A long answer on a terminal, shown page by page by the program that the reader is used to."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys

from kimplan.cli.manner import manner
from kimplan.cli.streams import is_dumb

_VARIABLES = ("KIMPLAN_PAGER", "PAGER")
_USUAL = "less"
_LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*\x1b\\")  # the address is in the text as well


def show_long(text: str) -> None:
    """Write `text` to standard output, through a pager where it is longer than the terminal."""
    command = _command() if _is_long(text) else []
    if not (command and _is_paged(_LINK.sub("", text), command)):
        sys.stdout.write(text)


def _is_long(text: str) -> bool:
    """Return whether `text` goes to a terminal that it does not fit on."""
    if not (manner.has_pager and sys.stdout.isatty() and sys.stdin and sys.stdin.isatty()):
        return False
    if is_dumb():
        return False
    size = shutil.get_terminal_size()
    rows = 0
    for line in text.splitlines():
        rows += 1 + max(0, _width(line) - 1) // size.columns
        if rows >= size.lines:  # the rest of a long answer need not be measured
            return True
    return False


def _width(line: str) -> int:
    from kimplan.formatters.width import width_of

    return width_of(re.sub(r"\x1b\[[0-9;]*m", "", _LINK.sub("", line)))


def _command() -> list[str]:
    """Return the pager that the environment names, or ``less``; nothing where none is wanted."""
    named = next((os.environ[name] for name in _VARIABLES if name in os.environ), None)
    if named is None:
        return [_USUAL] if os.name != "nt" and shutil.which(_USUAL) else []
    try:
        words = shlex.split(named, posix=os.name != "nt")
    except ValueError:  # a quotation mark that nothing closes
        return []
    return [] if words in ([], ["cat"]) else words


def _is_paged(text: str, command: list[str]) -> bool:
    """Show `text` by a pager; return False where that could not be started."""
    # What git sets: less ends where all fits, keeps colours, and leaves the text on the screen.
    environment = {"LESS": "FRX", "LV": "-c"} | dict(os.environ)
    sys.stdout.flush()
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    except (OSError, ValueError):
        return False
    try:
        process.communicate(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    except OSError:  # the reader has seen enough
        pass
    except KeyboardInterrupt:  # meant for the pager, which has its own idea of it
        process.wait()
    while True:
        try:
            process.wait()
        except KeyboardInterrupt:
            continue
        break
    return True
