"""A change of one record in its file: read, changed, judged and written while nobody else does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.edits.judgement import Beside, Verdict, judge
from kimplan.edits.lock import locked
from kimplan.edits.proof import BYTE_ORDER_MARK
from kimplan.edits.record_file import (
    find_record,
    folder_of,
    read_record,
    record_path,
    write_record,
)
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.edits.update import update_parsed
from kimplan.errors import KimplanError
from kimplan.files import sweep_parts
from kimplan.loader import LoadedFile
from kimplan.loader.loaded_file import load_bytes, load_document
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.writing.parsed_text import ParsedText

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


Show: TypeAlias = Callable[[Changed], object]


def change_record(
    root: Path, ref: str, update: Update, show: Show, *, write: bool = True
) -> Changed:
    """Make `update` in the recommendation `ref` of the plan in `root`; with `write` in its file.

    `show` is given the change before it is written, and not at all where nothing changes: what
    nobody could be shown is not written. Raises RefusedError for what a rule forbids, KimplanError
    for what cannot be done, and whatever `show` raises.
    """
    name = find_record(root, ref)
    with _alone(folder_of(root) / name, write=write):
        prepared = prepare(root, name, [update])
        changed = prepared.changed
        if changed.before == changed.after:
            return changed
        show(changed)
        if write:
            write_record(changed.path, prepared.content)
    return changed


class Prepared(NamedTuple):
    """A change that nothing forbids and nobody has written yet.

    `content` is what the file is to hold, and `was` what it held when the change was judged.
    """

    changed: Changed
    was: bytes
    content: bytes


def prepare(
    root: Path, name: str, updates: Sequence[Update], beside: Beside | None = None
) -> Prepared:
    """Return the change that `updates`, one after the other, make of the record file `name`.

    Nothing is written. `beside` are the plan's other files, where they have been read. Raises
    RefusedError for what a rule forbids, and KimplanError for what cannot be done.
    """
    path = folder_of(root) / name
    was = read_record(path)
    beside = beside or Beside(root)
    scheme = beside.scheme()
    loaded = _load(root, name, was, scheme)
    parsed = ParsedText(loaded.document)
    said: tuple[str, ...] = ()
    for update in updates:
        parsed, more = update_parsed(parsed, update, scheme)
        said += more
    text = loaded.document.text
    if parsed.text == text:
        return Prepared(Changed(path, text, text), was, was)
    after = load_document(loaded.path, parsed.document, Recommendation, scheme=scheme)
    verdict = judge(root, loaded, after, beside)
    _refuse(verdict)
    mark = BYTE_ORDER_MARK if was.startswith(BYTE_ORDER_MARK) else b""
    changed = Changed(path, text, parsed.text, said, verdict.warnings)
    return Prepared(changed, was, mark + parsed.text.encode())


def accept(
    root: Path, name: str, before: bytes, after: bytes, show: Show, *, write: bool = True
) -> Changed:
    """Put `after` in the place of `before`, which is what the record `name` held.

    Who wrote `after` may have mended what stood there only a moment ago, so findings about the
    rewriting of what was there are warnings. Shows and raises as `change_record` does.
    """
    path = folder_of(root) / name
    with _alone(path, write=write):
        if read_record(path) != before:
            raise KimplanError(f"{path} changed meanwhile", "Make the change again in what it is.")
        if after == before:
            return Changed(path, "", "")
        beside = Beside(root)
        loaded = _read(root, name, before, beside.scheme())
        new = _load(root, name, after, beside.scheme())
        found = judge(root, loaded, new, beside)
        told = tuple(one for one in found.errors if one.code in _TOLD)
        errors = tuple(one for one in found.errors if one.code not in _TOLD)
        _refuse(Verdict(errors, found.old))
        texts = loaded.document.text, new.document.text
        changed = Changed(path, *texts, (), (*told, *found.warnings))
        show(changed)
        if write:
            write_record(path, after)
    return changed


@contextmanager
def _alone(path: Path, *, write: bool) -> Iterator[None]:
    """Keep others from changing the record at `path`, and clear away what they left unfinished."""
    if not write:
        yield
        return
    with locked(path.parent):
        sweep_parts(path)
        yield


def _load(root: Path, name: str, content: bytes, scheme: Scheme) -> LoadedFile[Recommendation]:
    """Return a record; raise RefusedError, with why, for one that cannot be read."""
    loaded = _read(root, name, content, scheme)
    if loaded.document.value is None:
        errors = [one for one in loaded.diagnostics if one.severity is Severity.ERROR]
        raise RefusedError("the file cannot be read", old=errors)
    return loaded


def _read(root: Path, name: str, content: bytes, scheme: Scheme) -> LoadedFile[Recommendation]:
    return load_bytes(record_path(root, name), content, Recommendation, scheme)


def _refuse(verdict: Verdict) -> None:
    codes = ", ".join(dict.fromkeys(one.code for one in verdict.errors))
    if verdict.errors:
        message = "lint would find an error then"
        raise RefusedError(message, code=codes, new=verdict.errors, old=verdict.old)
    if verdict.old:
        message = "it has errors, and the change does not mend them"
        raise RefusedError(message, "Mend them with it, or with --edit.", old=verdict.old)
