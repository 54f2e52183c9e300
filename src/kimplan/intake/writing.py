"""A plan written whole or not at all: a new folder in one step, or files beside those there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kimplan.edits.lock import locked
from kimplan.edits.record_file import folder_of
from kimplan.errors import KimplanError, OutputError
from kimplan.files import write_new, write_whole
from kimplan.intake.existing import Rewritten
from kimplan.interrupts import tidily
from kimplan.loader.folder import RECOMMENDATIONS
from kimplan.reasons import hint_for, why


def write_plan(root: Path, files: Mapping[str, str]) -> None:
    """Write a new plan's `files`, by their names below `root`, which appears in one step.

    Raises KimplanError if there is something at `root` but an empty folder, and OutputError for
    what cannot be written; nothing is left behind then.
    """
    refuse_what_is_there(root)
    parent = Path(os.path.abspath(root)).parent
    part = None
    with tidily() as calls:
        try:
            with calls.held():
                part = _new_folder(parent, root.name)
            _fill(part, files)
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(root)
            os.rename(part, os.path.abspath(root))
        except OSError as error:
            hint = hint_for(error, "Choose another.")
            raise OutputError(f"cannot write {root}: {why(error)}", hint) from None
        finally:
            if part:
                shutil.rmtree(part, ignore_errors=True)


def _new_folder(parent: Path, name: str) -> Path:
    """Return a new hidden folder in `parent`, which is made if it is not there."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{name[:40]}.", suffix=".part", dir=parent))
    except OSError as error:
        raise OutputError(f"cannot write in {parent}: {why(error)}", hint_for(error)) from None


def refuse_what_is_there(root: Path) -> None:
    """Raise KimplanError if there is something at `root` but an empty folder."""
    if not os.path.lexists(root):
        return
    if os.path.islink(root) or not os.path.isdir(root) or os.listdir(root):
        message = f"{root} is there already, and is no plan"
        raise KimplanError(message, "Name a folder that is not there: --plan FOLDER.")


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    os.mkdir(folder / RECOMMENDATIONS)
    for name, text in files.items():
        with open(folder / name, "wb") as file:
            file.write(text.encode())
    if hasattr(os, "sync"):
        os.sync()  # one wait for all of them; each on its own takes minutes for a large plan
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(folder, 0o777 & ~umask)


def add_to_plan(root: Path, records: Mapping[str, str], others: Mapping[str, Rewritten]) -> None:
    """Write new `records`, by ref, into the plan in `root`, and its `others`, by their names.

    A record that is there is never overwritten, nor is another file that is not what it was:
    KimplanError, and what was written before it is taken away again.
    """
    folder = folder_of(root)
    done: list[Path] = []
    with tidily(), locked(folder):
        for name, other in others.items():
            if (root / name).read_bytes() != other.was:
                message = f"{(root / name).as_posix()} changed meanwhile; nothing is written"
                raise KimplanError(message, "Run the command again.")
        try:
            for name, other in others.items():
                if other.content != other.was:
                    _write_over(root / name, other.content)
            for ref, text in records.items():
                write_new(folder / f"{ref}.yaml", text.encode())
                done.append(folder / f"{ref}.yaml")
        except BaseException as error:
            _take_back(root, done, others)
            if isinstance(error, FileExistsError):
                message = "a record of that name has been written meanwhile; nothing is changed"
                raise KimplanError(message, "Run the command again.") from None
            raise


def _take_back(root: Path, done: list[Path], others: Mapping[str, Rewritten]) -> None:
    for path in done:
        with contextlib.suppress(OSError):
            os.unlink(path)
    for name, other in others.items():
        if (root / name).read_bytes() != other.was:
            _write_over(root / name, other.was)


def _write_over(path: Path, content: bytes) -> None:
    write_whole(path, lambda file: file.write(content))
