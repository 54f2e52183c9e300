"""One change of a plan at a time: who comes second waits, and reads what the first one wrote.

The lock is the folder ``recommendations/`` itself, locked through an open descriptor (flock): no
file is made, nothing is left behind, and the system lets go when the process ends, however it
ends. Where a folder cannot be locked (Windows, some network drives) it is a file in the folder
for temporary files, named after the plan's real path and never inside the plan. That one keeps
apart the processes of one user on one machine only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kimplan.errors import KimplanError, OutputError
from kimplan.reasons import why

PATIENCE = 60.0  # seconds; a change takes a few tenths of one
_PAUSE = 0.02
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@contextlib.contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep every other kimplan from changing what is in `folder` meanwhile.

    Raises KimplanError after `patience` seconds in vain.
    """
    descriptor = _lock_folder(folder, patience)
    if descriptor is None:
        descriptor = lock_by_file(folder, patience)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock_folder(folder: Path, patience: float) -> int | None:
    """Return a locked descriptor of `folder` itself, or None where that cannot be."""
    if os.name == "nt":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise OutputError(f"cannot open {folder}: {why(error)}") from None
    return _taken(descriptor, folder, patience)


def lock_by_file(folder: Path, patience: float) -> int:
    """Return a locked descriptor of the file that stands for `folder`."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    path = lock_file(folder)
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        raise OutputError(f"cannot open {path}: {why(error)}") from None
    taken = _taken(descriptor, folder, patience)
    if taken is None:
        message = f"the system cannot lock {path}"
        raise KimplanError(message, "Set TMPDIR to a folder on this machine's own disk.")
    return taken


def lock_file(folder: Path) -> str:
    """Return the file that stands for `folder` where a folder cannot be locked."""
    import hashlib
    import tempfile

    real = os.path.normcase(os.path.realpath(folder))
    name = hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    user = f"{os.getuid()}-" if sys.platform != "win32" else ""
    return os.path.join(tempfile.gettempdir(), f"kimplan-{user}{name}.lock")


def _taken(descriptor: int, folder: Path, patience: float) -> int | None:
    """Return `descriptor` once it is locked; close it and return None if it cannot be."""
    until = time.monotonic() + patience
    try:
        while True:
            try:
                try_lock(descriptor)
            except OSError as error:
                if error.errno not in _TAKEN:
                    os.close(descriptor)
                    return None
            else:
                return descriptor
            if time.monotonic() > until:
                message = f"another kimplan is changing {folder} and does not end"
                raise KimplanError(message, "End it, and run the command again.")
            time.sleep(_PAUSE)
    except BaseException:
        os.close(descriptor)
        raise


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> None:
        """Lock an open file for this process; raise OSError where another has it."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def try_lock(descriptor: int) -> None:
        """Lock an open file for this process; raise OSError where another has it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
