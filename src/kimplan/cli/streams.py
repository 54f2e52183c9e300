"""Standard output and error: any encoding, any terminal, and readers that go away."""

from __future__ import annotations

import codecs
import errno
import io
import os
import shutil
import sys
from typing import Any, BinaryIO, TextIO

from kimplan.cli.manner import manner
from kimplan.errors import KimplanError

_WIDEST = 200  # columns, beyond which lines are hard to follow
_ERRORS = "kimplan-plain-letters"
# What kimplan itself and a plan's texts use most, where a console cannot show it.
_PLAIN = {
    "█": "#", "…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "*",
    "·": "-", "£": "GBP ", "\u00a0": " ",
}  # fmt: skip


class ReaderGoneError(BaseException):
    """Whoever read standard output has closed it; not an Exception, so that nothing swallows it."""


class _Stream(io.TextIOWrapper):
    """A text stream that no character can stop, and that tells when its reader has gone."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError as error:
            _raise_if_gone(error)
            raise

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            _raise_if_gone(error)
            raise


def _raise_if_gone(error: OSError) -> None:
    # Windows reports a closed pipe as an invalid argument.
    if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
        raise ReaderGoneError from error


def prepare() -> None:
    """Make standard output and error survive what they are connected to."""
    codecs.register_error(_ERRORS, _in_plain_letters)
    sys.stdout = _prepared(sys.stdout)
    sys.stderr = _prepared(sys.stderr)


def _in_plain_letters(error: UnicodeError) -> tuple[str | bytes, int]:
    """Put what an encoding lacks in its plain letters, or as an escape, as `codecs` asks for it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    plain = "".join(
        _PLAIN.get(char) or char.encode("ascii", "backslashreplace").decode() for char in found
    )
    return plain, error.end


def _prepared(stream: Any) -> TextIO:
    if stream is None:  # closed by whoever started us
        return nowhere()
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, _Stream):
        return stream
    return _Stream(
        stream.buffer,
        encoding=stream.encoding,
        errors=_ERRORS,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def nowhere() -> TextIO:
    """Return a stream for what nobody can read."""
    return open(os.devnull, "w", encoding="utf-8")


def flush() -> None:
    """Write out what is waiting; raise ReaderGoneError where nobody reads any more."""
    sys.stdout.flush()
    sys.stderr.flush()


def write_bytes(data: bytes) -> None:
    """Write `data` to standard output as it is, whatever the console's encoding and line ends.

    Raises ReaderGoneError where nobody reads any more.
    """
    sys.stdout.flush()
    binary: BinaryIO | None = getattr(sys.stdout, "buffer", None)
    if binary is None:  # closed by whoever started us
        return
    try:
        binary.write(data)
        binary.flush()
    except OSError as error:
        _raise_if_gone(error)
        raise


def width() -> int:
    """Return the width of the terminal, or what COLUMNS says, or 80."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 40), _WIDEST)


def fitted(text: str, stream: TextIO) -> str:
    """Return `text` in lines that fit where `stream` is a terminal; elsewhere as it is."""
    if not stream.isatty():
        return text
    from kimplan.formatters.width import fold

    return fold(text, width())


def typed_on_terminal(question: str) -> str:
    """Return what is typed in answer to `question`; raise KimplanError at the end of the input."""
    sys.stdout.flush()
    sys.stderr.write(fitted(question, sys.stderr))
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        sys.stderr.write("\n")
        raise KimplanError("nobody answered; nothing is written", "--help says how to do without.")
    return answer.strip()


def is_dumb() -> bool:
    """Return whether the terminal says that it can do nothing but print."""
    return os.environ.get("TERM", "").lower() in {"dumb", "unknown"}


def has_colour(stream: TextIO) -> bool:
    """Return whether colour is wanted on `stream`: the one place that decides.

    ``--color`` counts first, then NO_COLOR (https://no-color.org), then FORCE_COLOR
    (https://force-color.org) and CLICOLOR_FORCE (https://bixense.com/clicolors), then whether it
    would be seen.
    """
    if manner.colour != "auto":
        return manner.colour == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    if is_dumb() or not stream.isatty() or os.environ.get("CLICOLOR") == "0":
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ
