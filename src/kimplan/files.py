"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from kimplan.errors import OutputError
from kimplan.interrupts import tidily
from kimplan.reasons import hint_for, why

_IN_USE_HINT = (
    "If the file is open in Word or elsewhere, close it there and try again; "
    "otherwise choose another name."
)
_PART = ".part"  # how the name of an unfinished file ends; .gitignore knows it


def _prefix(target: Path) -> str:
    """Return how the name of an unfinished file begins that is to become `target`."""
    return f".{target.name[:40]}."


def new_part(target: Path) -> tuple[int, str]:
    """Return a descriptor and the path of an unfinished file beside `target`; raise OSError."""
    import tempfile

    return tempfile.mkstemp(prefix=_prefix(target), suffix=_PART, dir=target.parent)


def sweep_parts(target: Path) -> None:
    """Delete what interrupted writings of `target` left beside it.

    Only plain files with a name as `new_part` makes it are deleted, and no link is followed. Nobody
    else may be writing `target` meanwhile.
    """
    name = re.compile(re.escape(_prefix(target)) + "[a-z0-9_]{8}" + re.escape(_PART))
    with contextlib.suppress(OSError):
        for part in filter(name.fullmatch, os.listdir(target.parent)):
            path = os.path.join(target.parent, part)
            with contextlib.suppress(OSError):
                if stat.S_ISREG(os.lstat(path).st_mode):
                    os.unlink(path)


def write_whole(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Give `write` an open file, and put what it wrote at `target` in one step.

    `write` may read what it has written, and refuse it.
    A file that was there is replaced, and keeps its permissions; it is untouched when anything
    fails. Raises OutputError with what to do when `target` cannot be written, and whatever
    `write` raises.
    """
    mode = _check_target(target)
    try:
        with _part(target) as (descriptor, temporary):
            with os.fdopen(descriptor, "w+b") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode)
            os.replace(temporary, target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    sync_folder(target.parent)


@contextlib.contextmanager
def _part(target: Path) -> Iterator[tuple[int, str]]:
    """Make an unfinished file beside `target`, which is gone afterwards, however this ends."""
    temporary = ""
    with tidily() as calls:
        try:
            with calls.held():
                descriptor, temporary = new_part(target)
            yield descriptor, temporary
        finally:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)


@contextlib.contextmanager
def temporary_folder() -> Iterator[str]:
    """Make a folder for temporary files, which is gone afterwards, however this ends.

    Raises OutputError where no such file can be written.
    """
    import shutil
    import tempfile

    folder = ""
    try:
        with tidily() as calls:
            try:
                with calls.held():
                    folder = tempfile.mkdtemp(prefix="kimplan-")
                yield folder
            finally:
                if folder:
                    shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        reason = why(error) if folder else "no folder for them can be written to"
        hint = hint_for(error, "Set TMPDIR to a folder that you may write to, with some room.")
        raise OutputError(f"temporary files cannot be written: {reason}", hint) from error


def write_new(path: Path, content: bytes) -> None:
    """Write `content` to a new file at `path` in one step.

    Raises FileExistsError where something is there, and OutputError for what cannot be written.
    """
    try:
        with _part(path) as (descriptor, temporary):
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, _usual_mode())
            give_name(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {why(error)}", hint_for(error)) from None
    sync_folder(path.parent)


def give_name(temporary: str, path: Path) -> None:
    """Give the file `temporary` its name; raise FileExistsError if that is taken."""
    if os.name == "nt":  # where a file is never renamed over another
        os.rename(temporary, path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links; the caller's lock keeps others away
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(temporary, path)


def _usual_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def check_target(target: Path) -> None:
    """Raise OutputError where it can be told beforehand that `target` cannot be written."""
    _check_target(target)
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise _cannot_write(target, PermissionError(errno.EACCES, ""))


def _check_target(target: Path) -> int:
    """Return the permissions that the file at `target` has or will have."""
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return _usual_mode()
    except (OSError, ValueError) as error:
        raise _cannot_write(target, error) from error
    if stat.S_ISDIR(status.st_mode):
        hint = "Name a file in it: folder/name."
        raise OutputError(f"cannot write {target}: it is a folder", hint)
    if not stat.S_ISREG(status.st_mode):
        hint = "Choose another name."
        raise OutputError(f"cannot write {target}: it is a link or a device, not a file", hint)
    if not os.access(target, os.W_OK):
        raise OutputError(f"cannot write {target}: it is read-only or in use", _IN_USE_HINT)
    return stat.S_IMODE(status.st_mode)


def _cannot_write(target: Path, error: OSError | ValueError) -> OutputError:
    if not target.parent.is_dir():
        hint = "Make the folder first, or choose another."
        return OutputError(f"cannot write {target}: there is no folder {target.parent}", hint)
    return OutputError(f"cannot write {target}: {why(error)}", hint_for(error, _IN_USE_HINT))


def sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where a folder can be synced (not on Windows)."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
