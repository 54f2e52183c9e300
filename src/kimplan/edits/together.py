"""Changes of several records that are written together: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kimplan.edits.change import Prepared
from kimplan.edits.lock import locked
from kimplan.edits.record_file import folder_of, read_record, write_record
from kimplan.errors import KimplanError
from kimplan.files import sweep_parts
from kimplan.interrupts import tidily


def write_together(root: Path, changes: Sequence[Prepared]) -> None:
    """Write `changes` of records of the plan in `root`, while nobody else changes one.

    Raises KimplanError where one of the files is not what it was when its change was judged, and
    OutputError where one cannot be written; what was written before it is put back then.
    """
    with tidily(), locked(folder_of(root)):
        for change in changes:
            if read_record(change.changed.path) != change.was:
                message = f"{change.changed.path} changed meanwhile, so nothing is written"
                raise KimplanError(message, "Run the command again.")
        done: list[Prepared] = []
        try:
            for change in changes:
                sweep_parts(change.changed.path)
                done.append(change)  # before, for an interruption may come in between
                write_record(change.changed.path, change.content)
        except BaseException:
            for change in done:
                if read_record(change.changed.path) != change.was:
                    write_record(change.changed.path, change.was)
            raise
