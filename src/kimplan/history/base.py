"""The plan as it was at a base revision, for what a change may not do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.history.blob import is_blob
from kimplan.history.git import GitError, git
from kimplan.loader import find_repository
from kimplan.loader.record import LoadedFile, load_bytes
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.rules import Base

_SETTINGS = "plan.yaml"
_RECORDS = "recommendations/"
_SHORT = 7
_LONGEST = 500
_COMMIT = re.compile(rb"([0-9a-f]{40,64}) commit [0-9]+")
_NAME_ONE = "Name a branch, a tag or a commit of this repository: --base origin/main."
_FETCH_MORE = "This is a shallow clone: fetch more of the history (on GitHub: fetch-depth: 0)."


class Comparison(NamedTuple):
    """The base of a change, or None where there is nothing to compare with.

    `unseen` are sentences about what could not be seen.
    """

    base: Base | None
    unseen: tuple[str, ...] = ()


def read_base(plan: Path, revision: str) -> Comparison:
    """Return the state of the plan in the folder `plan` at the commit where `revision` was left.

    That is the merge base of `revision` and HEAD, as of a pull request. The files on disk are
    compared with it, committed or not. Raises KimplanError when there is no such revision or it
    has nothing in common with this repository's history.
    """
    _check_name(revision)
    root = find_repository(plan)
    if root is None:
        return _nothing(f"{plan} is not in a git repository")
    try:
        return _compare(plan, root, revision)
    except GitError as error:
        return _nothing(str(error))


def _nothing(reason: str) -> Comparison:
    what = "what a change may not do (KP8) was left out, and everything overdue counts"
    return Comparison(None, (f"{what}, because {reason}",))


def _check_name(revision: str) -> None:
    is_odd = not revision.isprintable() or len(revision) > _LONGEST
    if not revision.strip() or revision.startswith("-") or is_odd:
        raise KimplanError(f"--base '{revision[:40]}' is no revision", _NAME_ONE)


def _compare(plan: Path, root: Path, revision: str) -> Comparison:
    commit, unseen = _base_commit(root, revision)
    then = _tree(root, commit, plan.resolve().relative_to(root).as_posix())
    if not then:
        unseen.append(f"there was no plan in {plan} at {revision}, so all of it counts as new")
    changed, earlier = _changes(plan, then)
    records: dict[str, LoadedFile[Recommendation]] = {}
    settings: LoadedFile[Settings] | None = None
    contents = _contents(root, [then[name] for name in earlier])
    for name, content in zip(earlier, contents, strict=True):
        path = f"{plan.as_posix()}/{name}"
        if name == _SETTINGS:
            settings = load_bytes(path, content, Settings)
            continue
        records[path] = load_bytes(path, content, Recommendation)
        if records[path].value is None:
            unseen.append(f"{path} could not be understood at {revision}, so it is not compared")
    paths = frozenset(f"{plan.as_posix()}/{name}" for name in changed)
    shown = f"{revision} ({commit[:_SHORT]})"
    return Comparison(Base(shown, paths, records, settings), tuple(unseen))


def _base_commit(root: Path, revision: str) -> tuple[str, list[str]]:
    """Return the name of the commit to compare with, and what could not be seen."""
    is_shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    asked = f"{revision}^{{commit}}\nHEAD^{{commit}}\n"
    answers = git(root, "cat-file", "--batch-check", stdin=os.fsencode(asked)).splitlines()
    found = [_COMMIT.fullmatch(answer) for answer in answers]
    if len(found) != 2 or not found[0] or not found[1]:
        hint = _FETCH_MORE if is_shallow else _NAME_ONE
        raise KimplanError(f"there is no revision '{revision}' in this repository", hint)
    commit, head = found[0][1].decode(), found[1][1].decode()
    if common := git(root, "merge-base", commit, head, may_fail=True).split():
        return common[0].decode(), []
    if not is_shallow:
        message = f"the revision '{revision}' has no history in common with this repository's HEAD"
        raise KimplanError(message, _NAME_ONE)
    return commit, [
        f"this is a shallow clone, which does not show where this branch left {revision}: the "
        f"plan is compared with {revision} as it is now"
    ]


def _tree(root: Path, commit: str, folder: str) -> dict[str, str]:
    """Return the blobs of the plan's files at `commit` by their path in the plan's folder."""
    below = "" if folder == "." else f"{folder}/"
    arguments = ["ls-tree", "-r", "-z", "--full-tree", commit]
    output = git(root, *arguments, *(["--", below] if below else []))
    found = {}
    for line in output.split(b"\0"):
        about, _, path = line.partition(b"\t")
        name = os.fsdecode(path).removeprefix(below)
        if about.split(b" ")[1:2] == [b"blob"] and _counts(name):
            found[name] = about.split(b" ")[2].decode()
    return found


def _counts(name: str) -> bool:
    """Return whether `name` is the plan's settings or one of its records."""
    record = name.removeprefix(_RECORDS)
    is_record = record != name and "/" not in record and not record.startswith(".")
    return name == _SETTINGS or (is_record and name.endswith(".yaml"))


def _changes(plan: Path, then: dict[str, str]) -> tuple[set[str], list[str]]:
    """Return the files that are new or differ, and those of `then` that differ or are gone."""
    here = set(_names_here(plan))
    changed = {name for name in here if name not in then or not is_blob(plan / name, then[name])}
    return changed, [name for name in then if name in changed or name not in here]


def _names_here(plan: Path) -> Iterator[str]:
    for folder in ("", _RECORDS):
        try:
            names = os.listdir(plan / folder)
        except OSError:
            continue
        yield from (f"{folder}{name}" for name in names if _counts(f"{folder}{name}"))


def _contents(root: Path, blobs: list[str]) -> Iterator[bytes]:
    """Yield the content of each blob, which is empty for one that this clone does not have."""
    if not blobs:
        return
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    output = git(root, "cat-file", "--batch", stdin=asked)
    position = 0
    while position < len(output):
        end = output.index(b"\n", position)
        words = output[position:end].split(b" ")
        position = end + 1
        if len(words) < 3:
            yield b""
            continue
        size = int(words[2])
        yield output[position : position + size]
        position += size + 1
