"""The files of a plan that can be mended, and their writing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from kimplan.edits.lock import locked
from kimplan.edits.mend import Mended, mend_document
from kimplan.edits.proof import BYTE_ORDER_MARK
from kimplan.edits.record_file import write_hint
from kimplan.errors import OutputError
from kimplan.files import sweep_parts, write_whole
from kimplan.loader import LoadedFile, PlanFolder
from kimplan.loader.folder import RECOMMENDATIONS
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.reasons import why
from kimplan.source import Document, decode


class Fixed(NamedTuple):
    """A file that can be mended: its text before and after, without a byte order mark."""

    path: str
    before: str
    after: str
    mended: Mended


def fix(root: Path, paths: Sequence[Path] = ()) -> list[Fixed]:
    """Return the files of the plan in `root` that can be mended, among `paths` if there are any.

    Nothing is written; `write` does that. Files that cannot be read are left alone.
    """
    return fix_folder(PlanFolder(root), paths)


def fix_folder(folder: PlanFolder, paths: Sequence[Path] = ()) -> list[Fixed]:
    """Return the same as `fix` for a `folder` that may differ from what is on the disk."""
    return [fixed for fixed in _fixed(folder) if _is_below(fixed.path, paths)]


def _fixed(folder: PlanFolder) -> Iterator[Fixed]:
    settings = folder.settings()
    exceptions = settings.value.lint.ignore if settings.value else ()
    for path, document, model in _documents(folder, settings):
        mended = mend_document(document, model, exceptions)
        if mended.text != document.text:
            yield Fixed(path, document.text, mended.text, mended)


def _documents(
    folder: PlanFolder, settings: LoadedFile[Settings]
) -> Iterator[tuple[str, Document, type[PlanModel]]]:
    owners = folder.owners()
    yield settings.path, settings.document, Settings
    yield owners.path, owners.document, Owners
    for file in folder.recommendations():
        yield file.path, file.document, Recommendation


def _is_below(path: str, paths: Sequence[Path]) -> bool:
    place = os.path.abspath(path)
    wanted = map(os.path.abspath, paths)
    return not paths or any(place == one or place.startswith(one + os.sep) for one in wanted)


def write(fixed: Fixed) -> None:
    """Write what was mended over the file.

    Others who change a record wait meanwhile. Raises OutputError if the file is not what it was, or
    a link. A byte order mark and the permissions stay.
    """
    refuse_link(fixed)
    folder = Path(fixed.path).parent
    if folder.name != RECOMMENDATIONS:  # plan.yaml and owners.yaml
        folder /= RECOMMENDATIONS
    with locked(folder) if folder.is_dir() else nullcontext():
        before = _bytes_of(fixed.path)
        if decode(before)[0] != fixed.before:
            hint = "Run the command again."
            raise OutputError(f"{fixed.path} changed meanwhile, so it is left alone", hint)
        mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
        _replace(Path(fixed.path), mark + fixed.after.encode())


def _replace(path: Path, content: bytes) -> None:
    sweep_parts(path)
    try:
        write_whole(path, lambda file: file.write(content))
    except OutputError as error:  # its hint may be about a new file
        raise OutputError(error.message, write_hint(error)) from None


def refuse_link(fixed: Fixed) -> None:
    """Raise OutputError if the file is a link: what it leads to is not ours to replace."""
    if os.path.islink(fixed.path):
        hint = "Mend the file that it leads to."
        raise OutputError(f"{fixed.path} is a link, so it is left alone", hint)


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise OutputError(f"cannot read {path} again: {why(error)}") from None
