"""A change of one record in its file: read, changed, judged and written while nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.edits.judgement import Verdict, judge
from kimplan.edits.lock import locked
from kimplan.edits.record_file import BOM, find_record, folder_of, read_record, write_record
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.edits.update import update_text
from kimplan.errors import KimplanError
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation
from kimplan.source import decode

# An editor may put right what was never committed, which these cannot know; they are only told.
_TOLD = frozenset({"KP802", "KP804", "KP805"})


class Changed(NamedTuple):
    """The text of the file at `path` before and after, without a byte order mark.

    `said` is what was done beside what was asked for, `warnings` are the new ones about it.
    """

    path: Path
    before: str
    after: str
    said: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


Show: TypeAlias = Callable[[Changed], None]


def _nothing(changed: Changed) -> None:
    pass


def change_record(
    root: Path, ref: str, update: Update, *, write: bool = True, show: Show = _nothing
) -> Changed:
    """Make `update` in the recommendation `ref` of the plan in `root`; with `write` in its file.

    `show` is called before anything is written: what nobody could be shown is not done.

    Raises RefusedError for what a rule forbids, and KimplanError for what cannot be done.
    """
    folder, name = folder_of(root), find_record(root, ref)
    path = folder / name
    with locked(folder) if write else nullcontext():
        before = read_record(path)
        text = _readable(path, before)
        updated = update_text(text, update)
        mark = BOM if before.startswith(BOM) else b""
        after = mark + updated.text.encode()
        if after == before:
            return Changed(path, text, text)
        verdict = judge(root, name, before, after)
        _refuse(verdict)
        changed = Changed(path, text, updated.text, updated.said, verdict.warnings)
        show(changed)
        if write:
            write_record(path, after)
    return changed


def accept(
    root: Path,
    name: str,
    before: bytes,
    after: bytes,
    *,
    write: bool = True,
    show: Show = _nothing,
) -> Changed:
    """Put `after` in the place of `before`, which is what the record `name` held; raise as above.

    Who wrote `after` may have mended what stood there only a moment ago, so findings about the
    rewriting of what was there are warnings.
    """
    folder = folder_of(root)
    path = folder / name
    with locked(folder) if write else nullcontext():
        if read_record(path) != before:
            raise KimplanError(f"{path} changed meanwhile", "Make the change again in what it is.")
        if after == before:
            return Changed(path, "", "")
        text = _readable(path, after)
        found = judge(root, name, before, after)
        told = tuple(one for one in found.errors if one.code in _TOLD)
        errors = tuple(one for one in found.errors if one.code not in _TOLD)
        _refuse(Verdict(errors, found.old))
        changed = Changed(path, decode(before)[0] or "", text, (), (*told, *found.warnings))
        show(changed)
        if write:
            write_record(path, after)
    return changed


def _readable(path: Path, content: bytes) -> str:
    """Return the text of a record; raise RefusedError, with why, for one that cannot be read."""
    loaded = load_bytes(path.as_posix(), content, Recommendation)
    if loaded.document.value is None:
        errors = [one for one in loaded.diagnostics if one.severity is Severity.ERROR]
        raise RefusedError("the file cannot be read", old=errors)
    return loaded.document.text


def _refuse(verdict: Verdict) -> None:
    codes = ", ".join(dict.fromkeys(one.code for one in verdict.errors))
    if verdict.errors:
        message = "lint would find an error then"
        raise RefusedError(message, code=codes, new=verdict.errors, old=verdict.old)
    if verdict.old:
        message = "it has errors, and the change does not mend them"
        raise RefusedError(message, "Mend them with it, or with --edit.", old=verdict.old)
