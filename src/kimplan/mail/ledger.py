"""What was sent: a file of the user's choice that keeps a second run from sending it again.

A line is a JSON object with the Message-ID; the file is only ever added to, each line on the disk
before the next mail goes out. It holds no address and no name.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from types import TracebackType

from kimplan.edits.lock import try_lock
from kimplan.errors import KimplanError, OutputError
from kimplan.files import sync_folder
from kimplan.reasons import why

_ID = "message_id"
_BEGINS = b'{"message_id": "'  # each line, also one that was cut off
_LARGEST = 64 * 1024 * 1024  # bytes
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_NOT_OURS = "Name another file with --ledger; it is made if it is not there."


class Ledger:
    """An open ledger, locked until it is closed; use it in a ``with`` statement.

    Raises OutputError where the file cannot be used, and KimplanError where another run has it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _open(path)
        try:
            self._known = self._read()
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Ledger:
        """Begin to use it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it, and let others use it."""
        os.close(self._file)

    def __contains__(self, message_id: str) -> bool:
        """Return whether a mail was sent."""
        return message_id in self._known

    def add(self, message_id: str, day: str) -> None:
        """Write that a mail was sent; it is on the disk afterwards. Raises OutputError."""
        line = json.dumps({_ID: message_id, "as_of": day}) + "\n"
        try:
            _write(self._file, line.encode("ascii"))
            os.fsync(self._file)
        except OSError as error:
            raise OutputError(f"cannot write {self._path}: {why(error)}") from None
        self._known.add(message_id)

    def _read(self) -> set[str]:
        """Return the Message-IDs; a line that a crash cut off is ended, and counts if it is whole.

        An editor may leave the last line without its end, too.
        """
        if os.fstat(self._file).st_size > _LARGEST:
            raise OutputError(f"{self._path} is too large for a ledger", _NOT_OURS)
        os.lseek(self._file, 0, os.SEEK_SET)
        data = b"".join(iter(lambda: os.read(self._file, 1 << 16), b""))
        lines = data.split(b"\n")
        found = [(_message_id(line), line) for line in lines if line.strip()]
        cut_off = [line for known, line in found if known is None]
        if not all(line[: len(_BEGINS)] == _BEGINS[: len(line)] for line in cut_off):
            raise OutputError(f"{self._path} is no ledger of kimplan", _NOT_OURS)
        if lines[-1]:
            self._end_line()
        return {known for known, _ in found if known}

    def _end_line(self) -> None:
        try:
            _write(self._file, b"\n")
        except OSError as error:
            raise OutputError(f"cannot write {self._path}: {why(error)}") from None


def _message_id(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    known = found.get(_ID) if isinstance(found, dict) else None
    return known if isinstance(known, str) else None


def _open(path: Path) -> int:
    """Return a locked descriptor of the file, which is made if it is not there."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)  # a pipe does not keep us waiting
    try:
        descriptor = os.open(path, flags, 0o600)
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot open the ledger {path}: {why(error)}", _NOT_OURS) from None
    try:
        _check(descriptor, path)
        try_lock(descriptor)
        sync_folder(path.parent)
    except OSError as error:
        os.close(descriptor)
        if error.errno in _TAKEN:
            message = f"another run is sending with the ledger {path}"
            raise KimplanError(
                message, "Wait until it ends; nothing was sent by this one."
            ) from None
        message = f"cannot lock the ledger {path}: {why(error)}"
        raise OutputError(message, "Choose a file on this machine's own disk.") from None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _check(descriptor: int, path: Path) -> None:
    import stat

    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise OutputError(f"the ledger {path} is no plain file", _NOT_OURS)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
