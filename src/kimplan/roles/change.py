"""A role added, renamed or removed, in every file that names it: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from kimplan.diagnostic import Diagnostic
from kimplan.edits.change import Changed, Prepared
from kimplan.edits.lock import locked
from kimplan.edits.proof import BYTE_ORDER_MARK
from kimplan.edits.record_file import folder_of, read_record
from kimplan.edits.refusal import RefusedError
from kimplan.edits.together import write_all
from kimplan.errors import KimplanError
from kimplan.loader import LoadedFile
from kimplan.loader.folder import RECOMMENDATIONS
from kimplan.roles import registry
from kimplan.roles.names import check_new, find_role, known_role
from kimplan.roles.records import Role, given, held, still_said
from kimplan.roles.reviewers import prepare_reviewers
from kimplan.roles.state import State, judge_plan, read_registry, read_state
from kimplan.rules.owner_hints import typed
from kimplan.rules.owners import UnknownOwner
from kimplan.source import decode, shown
from kimplan.writing.parsed_text import CannotEditError, ParsedText

_MOST = 10  # names in a sentence


class RoleChange(NamedTuple):
    """The files that a change of a role changes, none where they say so already.

    `said` is what is to be known beside that, `warnings` are the new ones of lint.
    """

    files: tuple[Prepared, ...] = ()
    said: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


Show: TypeAlias = Callable[[RoleChange], object]
Edit: TypeAlias = Callable[[ParsedText], ParsedText]


def add_role(root: Path, entry: Mapping[str, str], show: Show, *, write: bool = True) -> RoleChange:
    """Register the role of `entry`, whose keys are an Owner's, in the plan in `root`.

    `show` is given the change before any file is written; with `write`, all of them are then.
    Raises RefusedError for what a rule forbids, KimplanError for what cannot be done, and whatever
    `show` raises: nothing is changed then.
    """

    def prepare() -> RoleChange:
        owners = read_registry(root)
        roles = [owner.role for owner in owners.value.owners] if owners.value else []
        check_new(entry["role"], roles, owners.path, _use_it)
        file = _edited(owners, lambda text: registry.with_role(text, entry))
        return _judged(root, [file])

    return _made(root, prepare, show, write=write)


def rename_role(root: Path, old: str, new: str, show: Show, *, write: bool = True) -> RoleChange:
    """Call the role `old` of the plan in `root` `new`, wherever it owns something.

    Shows, writes and raises as `add_role` does.
    """

    def prepare() -> RoleChange:
        state = read_state(root)
        name = _registered(old, state)
        if name == new:
            return RoleChange()
        others = [role for role in state.roles if role != name]
        check_new(new, others, state.owners.path, lambda other: _merge_them(name, other))
        at = state.roles.index(name)
        mine = _edited(state.owners, lambda text: registry.renamed(text, at, new))
        return _judged(root, [mine, *_given(state, name, new)], _still(state, name))

    return _made(root, prepare, show, write=write)


def remove_role(
    root: Path, role: str, to: str | None, show: Show, *, write: bool = True
) -> RoleChange:
    """Take `role` out of the registry of the plan in `root`, and give what it owns to `to`.

    Shows, writes and raises as `add_role` does.
    """

    def prepare() -> RoleChange:
        state = read_state(root)
        name = find_role(role, state.roles)
        if name is None and (to is None or not _owned(state, role)):
            name = _registered(role, state)
        if to is None:
            _refuse_owner(state, name or role)
        files = [_without(state, name)] if name else []
        if to is None:
            return _judged(root, files)
        heir = known_role(to, state.roles, state.owners.path)
        if heir == name:
            raise KimplanError(f"{shown(to)} is the role itself", "Name another one.")
        files += _given(state, name or role, heir)
        return _judged(root, files, _still(state, name or role))

    return _made(root, prepare, show, write=write)


def _made(root: Path, prepare: Callable[[], RoleChange], show: Show, *, write: bool) -> RoleChange:
    with _alone(root, write=write):
        change = prepare()
        if change.files:
            show(change)
            if write:
                write_all(change.files)
    return change


def _alone(root: Path, *, write: bool) -> AbstractContextManager[None]:
    """Keep others from changing the plan meanwhile."""
    has_records = (root / RECOMMENDATIONS).is_dir()
    return locked(folder_of(root)) if write and has_records else nullcontext()


def _use_it(role: str) -> str:
    return f"Give it something to own: kimplan update REF --add-owner {typed(role)}."


def _merge_them(name: str, other: str) -> str:
    command = f"kimplan owners remove {typed(name)} --reassign-to {typed(other)}"
    return f"To make one role of the two: {command}."


def _registered(role: str, state: State) -> str:
    """Return the registered role that is meant; raise for one that is only named in records."""
    if find_role(role, state.roles) is None and (owned := _owned(state, role)):
        message = f"{shown(role)} is not in {state.owners.path}, though it owns {_listed(owned)}"
        hint = f"Give that to a role: kimplan owners remove {typed(role)} --reassign-to ROLE."
        raise RefusedError(message, hint)
    return known_role(role, state.roles, state.owners.path)


def _refuse_owner(state: State, role: str) -> None:
    if owned := _owned(state, role):
        message = f"{shown(role)} owns {_listed(owned)}"
        hint = f"Give that to another role: kimplan owners remove {typed(role)} --reassign-to ROLE."
        raise RefusedError(message, hint, UnknownOwner.code)


def _role(state: State, name: str) -> Role:
    return Role(name, frozenset(state.roles) - {name})


def _owned(state: State, name: str) -> list[str]:
    """Return what the role owns, in words: refs, and for its sub-actions those of their records."""
    role, found = _role(state, name), []
    for file in state.records:
        has, ref = held(file.document.value or {}, role), Path(file.path).stem
        if has.is_owner:
            found.append(ref)
        elif len(has.actions) == 1:
            found.append(f"an action of {ref}")
        elif has:
            found.append(f"{len(has.actions)} actions of {ref}")
    return found


def _listed(names: Sequence[str]) -> str:
    *most, last = names if len(names) <= _MOST else [*names[:_MOST], f"{len(names) - _MOST} more"]
    return f"{', '.join(most)} and {last}" if most else last


def _given(state: State, old: str, new: str) -> Iterator[Prepared]:
    role = _role(state, old)
    for file in state.records:
        if held(file.document.value or {}, role):
            yield _edited(file, lambda text: given(text, role, new))


def _without(state: State, name: str) -> Prepared:
    at = state.roles.index(name)
    return _edited(state.owners, lambda text: registry.without_role(text, at))


def _edited(file: LoadedFile[Any], edit: Edit) -> Prepared:
    """Return the change that `edit` makes of a `file`, which must still be what was read."""
    path, before = Path(file.path), ParsedText(file.document)
    was = read_record(path)
    if decode(was)[0] != before.text:
        raise KimplanError(f"{path} changed meanwhile", "Run the command again.")
    try:
        after = edit(before)
    except CannotEditError:
        message = f"{path} is laid out in a way in which this change cannot be made by itself"
        hint = "Write the role there on a line of its own, and run the command again."
        raise KimplanError(message, hint) from None
    gone = registry.gone_ignores(before, after)
    said = tuple(f"The comment {shown(one)} goes with what it was for." for one in gone)
    mark = BYTE_ORDER_MARK if was.startswith(BYTE_ORDER_MARK) else b""
    changed = Changed(path, before.text, after.text, said)
    return Prepared(changed, was, mark + after.text.encode())


def _judged(root: Path, files: Iterable[Prepared], said: Iterable[str] = ()) -> RoleChange:
    """Return the change of `files`, and of CODEOWNERS, unless lint would find a new error then."""
    changes = tuple(files)
    contents = {one.changed.path.relative_to(root).as_posix(): one.content for one in changes}
    verdict = judge_plan(root, contents)
    if verdict.errors:
        codes = ", ".join(dict.fromkeys(one.code for one in verdict.errors))
        raise RefusedError("lint would find an error then", code=codes, new=verdict.errors)
    reviewers = prepare_reviewers(root, contents)
    more = (reviewers.prepared,) if reviewers.prepared else ()
    return RoleChange((*changes, *more), (*said, *reviewers.said), verdict.warnings)


def _still(state: State, old: str) -> Iterator[str]:
    """Yield which records still name the role `old` where it owns nothing."""
    found = [Path(file.path).stem for file in state.records if still_said(file.document.value, old)]
    if found:
        names = "names" if len(found) == 1 else "name"
        stays = "in a text, or as who said it then; that stays"
        yield f"{_listed(found)} still {names} {shown(old)} {stays}."
