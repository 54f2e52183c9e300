"""Changes of several files that are written together: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kimplan.edits.change import Prepared
from kimplan.edits.lock import locked
from kimplan.edits.record_file import folder_of, read_record, write_record
from kimplan.errors import KimplanError, OutputError
from kimplan.files import sweep_parts
from kimplan.interrupts import tidily


def write_together(root: Path, changes: Sequence[Prepared]) -> None:
    """Write `changes` of records of the plan in `root`, while nobody else changes one.

    Raises as `write_all` does.
    """
    with locked(folder_of(root)):
        write_all(changes)


def write_all(changes: Sequence[Prepared]) -> None:
    """Write `changes`; the caller keeps others from changing the plan meanwhile.

    Raises KimplanError where one of the files is not what it was when its change was judged, and
    OutputError where one cannot be written; what was written before it is put back then, or it is
    said which files could not be.
    """
    with tidily():
        _write_all(changes)


def _write_all(changes: Sequence[Prepared]) -> None:
    for change in changes:
        if _content(change) != change.was:
            message = f"{change.changed.path} changed meanwhile, so nothing is written"
            raise KimplanError(message, "Run the command again.")
    done: list[Prepared] = []
    try:
        for change in changes:
            sweep_parts(change.changed.path)
            done.append(change)  # before, for an interruption may come in between
            write_record(change.changed.path, change.content)
    except BaseException as error:
        left = [str(change.changed.path) for change in done if not _is_put_back(change)]
        if left:
            raise _half(left, error) from error
        if isinstance(error, OutputError) and len(done) > 1:
            message = f"{error.message}; what was written before it is put back"
            raise OutputError(message, error.hint) from None
        raise


def _content(change: Prepared) -> bytes:
    return read_record(change.changed.path, len(change.was))


def _is_put_back(change: Prepared) -> bool:
    try:
        if _content(change) != change.was:
            write_record(change.changed.path, change.was)
    except KimplanError:
        return False
    return True


def _half(left: Sequence[str], error: BaseException) -> OutputError:
    """Return what is said where files stay changed although others could not be."""
    why = error.message if isinstance(error, KimplanError) else "it was interrupted"
    message = f"{why}; changed already, and not to be put back: {', '.join(left)}"
    return OutputError(message, "Mend what hinders the writing, and run the command again.")
