"""A tree of files put in its place: all of it, or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp

from kimplan.errors import OutputError
from kimplan.files import give_name, sync_folder
from kimplan.interrupts import tidily
from kimplan.reasons import why

_HINT = "Choose a folder on a disk that you may write to, with some room."


@contextlib.contextmanager
def staged(there: Path) -> Iterator[Path]:
    """Make a hidden folder in the folder `there` to build in; it is gone afterwards.

    What cannot be written in it is an OutputError that names `there`.
    """
    folder = None
    try:
        with tidily() as calls:
            try:
                with calls.held():
                    folder = Path(mkdtemp(prefix=".kimplan-", suffix=".part", dir=there))
                yield folder
            finally:
                if folder:
                    _remove(folder)
    except OSError as error:
        raise OutputError(f"cannot write in {there}: {why(error)}", _HINT) from error


def _remove(folder: Path) -> None:
    """Remove `folder` with all that is in it, and what git made read-only (as Windows heeds)."""
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            os.chmod(path, 0o700)
    shutil.rmtree(folder, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write each text at its path below `folder`; raise OSError."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "xb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())


def put(built: Path, base: Path) -> None:
    """Move everything below `built` to the same place below `base`, or nothing.

    A folder that is there is filled; whatever else is there is left, and raises FileExistsError.
    Whatever is raised on the way, what was moved is moved back.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        _move(built, base, moved)
    except BaseException:
        for source, target in reversed(moved):
            _move_back(source, target)
        raise


def _move(built: Path, base: Path, moved: list[tuple[Path, Path]]) -> None:
    for source in sorted(built.iterdir()):
        target = base / source.name
        if not os.path.lexists(target):
            moved.append((source, target))
            _rename(source, target)
        elif _is_folder(source) and _is_folder(target):
            _move(source, target, moved)
        else:
            raise FileExistsError(None, f"{target} is there already")
    sync_folder(base)


def _rename(source: Path, target: Path) -> None:
    if _is_folder(source):
        os.rename(source, target)
        return
    give_name(str(source), target)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(source)  # where giving a name adds one


def _move_back(source: Path, target: Path) -> None:
    if not os.path.lexists(target):
        return
    if not os.path.lexists(source):
        os.rename(target, source)
    elif os.path.samefile(source, target):
        os.unlink(target)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)
