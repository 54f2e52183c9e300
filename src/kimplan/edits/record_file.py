"""The file of one record: found by its ref, read, and written over what was read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kimplan.errors import KimplanError, OutputError
from kimplan.files import write_whole
from kimplan.loader.folder import RECOMMENDATIONS
from kimplan.model.refs import HINT, is_ref, ref_order
from kimplan.model.suggestion import did_you_mean
from kimplan.reasons import hint_for, why
from kimplan.source import leads_out
from kimplan.source.file import MAX_BYTES

_SUFFIX = ".yaml"
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def refs(root: Path) -> list[str]:
    """Return the names of the records' files of the plan in `root`, without their ending."""
    folder = folder_of(root)
    try:
        names = os.listdir(folder)
    except OSError as error:
        raise OutputError(f"cannot read {folder}: {why(error)}") from None
    kept = (name for name in names if name.endswith(_SUFFIX) and not name.startswith("."))
    return sorted((name.removesuffix(_SUFFIX) for name in kept), key=ref_order)


def folder_of(root: Path) -> Path:
    """Return the records' folder; raise KimplanError for one that is a link out of the plan."""
    folder = root / RECOMMENDATIONS
    if leads_out(str(folder), str(root)):
        raise OutputError(f"{folder} is a link that leaves the plan", "Put the folder there.")
    return folder


def record_path(root: Path, name: str) -> str:
    """Return the path of the record `name` as the loader writes it, and findings name it."""
    return f"{root.as_posix()}/{RECOMMENDATIONS}/{name}"


def find_record(root: Path, ref: str) -> str:
    """Return the name of the file of the recommendation `ref`, capitals or not.

    Raises KimplanError with a suggestion where there is none.
    """
    known = refs(root)
    wanted = ref.strip()
    if not is_ref(wanted):
        raise KimplanError(f"'{ref[:40]}' is no ref", HINT)
    found = [one for one in known if one.casefold() == wanted.casefold()]
    if wanted in found:
        found = [wanted]
    if not found:
        hint = did_you_mean(wanted, known) or "kimplan list shows what there is."
        raise KimplanError(f"there is no recommendation '{wanted}'", hint)
    if len(found) > 1:
        raise KimplanError(f"the ref may be {' or '.join(found)}", "Write its capitals as well.")
    return found[0] + _SUFFIX


def read_record(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return what the record at `path` holds; raise OutputError unless it is a plain file.

    Of one that has more than `most` bytes, which is at least what a record may have, one more.
    """
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            hint = "Change the file that it leads to."
            raise OutputError(f"{path} is a link, so it is left alone", hint)
        if not stat.S_ISREG(status.st_mode):
            raise OutputError(f"{path} is not a file", "Move it out of the plan.")
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | _SAFE)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(max(most, MAX_BYTES) + 1)
    except OSError as error:
        raise OutputError(f"cannot read {path}: {why(error)}") from None


def write_record(path: Path, content: bytes) -> None:
    """Write `content` over the record at `path`, in one step; its permissions stay."""
    try:
        write_whole(path, lambda file: file.write(content))
    except OutputError as error:  # its hint may be about a report
        raise OutputError(error.message, write_hint(error)) from None


def write_hint(error: OutputError) -> str:
    """Return what to do about a file of the plan that cannot be written."""
    usual, cause = "Close it elsewhere, or ask who may write it.", error.__cause__
    return hint_for(cause, usual) if isinstance(cause, OSError) else usual
