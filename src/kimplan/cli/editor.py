"""``kimplan update --edit``: a record in its owner's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from kimplan.cli.asking import can_ask
from kimplan.cli.changing import refused, show_change, tell
from kimplan.edits.change import Changed, accept
from kimplan.edits.record_file import folder_of, read_record
from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError

_EDITORS = ("sensible-editor", "nano", "vi")


def edit_record(root: Path, name: str, *, write: bool) -> Changed:
    """Open a copy of the record `name` in an editor, and put it in place if lint accepts it.

    The copy is kept, and named, where it is not put in place. On a terminal the editor opens
    again where its user wants that. Raises RefusedError and KimplanError.
    """
    from kimplan.interrupts import tidily

    command = _editor()
    path = folder_of(root) / name
    before = read_record(path)
    with tidily():
        copy = _copy(name, before)
        try:
            while True:
                _run_editor(command, copy)
                after = copy.read_bytes()
                try:
                    show = partial(show_change, is_dry=not write)
                    changed = accept(root, name, before, after, show, write=write)
                    break
                except RefusedError as error:
                    if not _wants_again(error):
                        raise
        except BaseException as error:
            _tell_copy(copy, before, error)
            raise
        shutil.rmtree(copy.parent, ignore_errors=True)
        return changed


def _copy(name: str, content: bytes) -> Path:
    """Return a file with `content` in a new folder for temporary files."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="kimplan-"))
    except OSError as error:
        from kimplan.reasons import hint_for, why

        hint = hint_for(error, "Set TMPDIR to a folder that you may write to.")
        raise KimplanError(f"a copy cannot be made: {why(error)}", hint) from None
    try:
        (folder / name).write_bytes(content)
    except BaseException as error:
        from kimplan.reasons import hint_for, why

        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            hint = hint_for(error, "Set TMPDIR to another folder.")
            raise KimplanError(f"a copy in {folder} cannot be made: {why(error)}", hint) from None
        raise
    return folder / name


def _tell_copy(copy: Path, before: bytes, error: BaseException) -> None:
    """Say where the copy is, if there is anything in it that would be lost."""
    try:
        is_changed = copy.read_bytes() != before
    except OSError as problem:
        from kimplan.reasons import why

        if not isinstance(error, KimplanError | RefusedError):
            tell(f"cannot read {copy}: {why(problem)}")
        return
    if is_changed:
        tell(f"what you wrote is kept in {copy}")
    else:
        shutil.rmtree(copy.parent, ignore_errors=True)


def _editor() -> list[str]:
    """Return the editor's command: $VISUAL, $EDITOR, or what the system has."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        raise KimplanError(f"the editor {chosen[:80]} cannot be read", "Mend $EDITOR.") from None
    words = [word.strip('"') for word in words] if os.name == "nt" else words
    if words:
        return words
    if os.name == "nt":
        return ["notepad"]
    found = next(filter(None, map(shutil.which, _EDITORS)), None)
    if found is None:
        raise KimplanError("no editor is known", "Name one in the variable EDITOR.")
    return [found]


def _run_editor(command: list[str], copy: Path) -> None:
    try:
        done = subprocess.run([*command, str(copy)], check=False)  # noqa: S603
    except (OSError, ValueError) as error:
        from kimplan.reasons import why

        message = f"cannot run the editor {command[0]}: {why(error)}"
        raise KimplanError(message, "Name another in the variable EDITOR.") from None
    if done.returncode:
        message = f"the editor {command[0]} ended with {done.returncode}, so nothing is changed"
        raise KimplanError(message, "Save and leave it as usual.")


def _wants_again(error: RefusedError) -> bool:
    """Say what is wrong, and ask whether to open the editor again, where somebody can answer."""
    if not can_ask():
        return False
    refused("this cannot be accepted", error)
    sys.stderr.write("Open the editor again? [Y/n] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"", "y", "yes"}
