"""How a command ends that none of its own sentences has ended: by an error, or from outside."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence

from kimplan.characters import make_visible
from kimplan.cli.streams import ReaderGoneError, fitted
from kimplan.errors import KimplanError
from kimplan.interrupts import Stopped
from kimplan.reasons import hint_for, is_of_the_output, why, working_folder_is_gone

_INTERRUPTED = 130
_COULD_NOT = 2


def after(code: int, done: SystemExit, arguments: Sequence[str]) -> int:
    """Return the exit code of a command that ended by `done`, having told CI what stopped it."""
    cause = getattr(done.__context__, "__cause__", None) or done.__context__
    if isinstance(cause, KeyboardInterrupt):
        return interrupted(cause)
    if code == _COULD_NOT:
        if isinstance(cause, KimplanError):
            _tell_ci(arguments, cause.message, cause.hint)
        elif wrong_usage := getattr(cause, "format_message", None):
            message = wrong_usage()
            if "\n" in message:  # the whole help, which has been shown
                message = "no command was named"
            _tell_ci(arguments, message, "--help says what there is.")
    return code


def interrupted(stop: KeyboardInterrupt) -> int:
    """Return the exit code for Ctrl-C; end by the signal itself if it was another."""
    if isinstance(stop, Stopped):
        signal.signal(stop.number, signal.SIG_DFL)
        os.kill(os.getpid(), stop.number)
    return _INTERRUPTED


def tell_fault(error: Exception, arguments: Sequence[str]) -> int:
    """Say in a sentence what nobody expected; KIMPLAN_TRACEBACK=1 shows where it was."""
    if os.environ.get("KIMPLAN_TRACEBACK"):
        import traceback

        traceback.print_exc()
    message, hint = _sentences(error)
    said = f"kimplan: {make_visible(message)}\n"
    if hint:
        said += f"  hint: {make_visible(hint)}\n"
    try:
        sys.stderr.write(fitted(said, sys.stderr))
        sys.stderr.flush()
        with contextlib.suppress(Exception):  # whatever is at fault may be at fault there too
            _tell_ci(arguments, message, hint)
        sys.stdout.flush()
    except (OSError, ReaderGoneError):
        pass
    return _COULD_NOT


def _sentences(error: Exception) -> tuple[str, str]:
    """Return what has happened, and what to do about it."""
    if isinstance(error, MemoryError):
        return "there is not enough memory for this", "Close other programs, and try again."
    if isinstance(error, RecursionError):
        hint = "Look for brackets in brackets in the file that was read last."
        return "something that was read is nested too deeply", hint
    if isinstance(error, FileNotFoundError) and working_folder_is_gone():
        return "the working folder is not there any more", "Go to a folder that is there."
    if isinstance(error, ImportError):
        name = error.name or "a module"
        return f"kimplan is not installed as it should be: {name} is missing", "Install it again."
    if isinstance(error, OSError) and is_of_the_output(error):
        file = error.filename if isinstance(error.filename, str) else ""
        return f"cannot write {file or 'the output'}: {why(error)}", hint_for(error) if file else ""
    text = f"{type(error).__name__}: {error}"
    return f"internal error, which is a fault of kimplan: {text}", ""


def _tell_ci(arguments: Sequence[str], message: str, hint: str) -> None:
    from kimplan.cli.stop import tell_stop

    tell_stop(arguments, message, hint)
