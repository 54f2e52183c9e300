"""Three ways: what the plan was, what the Word copies say, and what the plan is now."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kimplan.merge.edit import Edit, Note, Proof, Value, key_of, show_value, value_of
from kimplan.merge.finding import Finding, Kind
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation

Label: TypeAlias = Callable[[str], str]
_LONGEST = 300  # of a value in a message


class Settled(NamedTuple):
    """The edits to make, of each field one, and the conflicts."""

    edits: tuple[Edit, ...]
    conflicts: tuple[Finding, ...]


def settle(edits: Sequence[Edit], ours: Mapping[str, Recommendation], label: Label) -> Settled:
    """Return what is to be taken of `edits` into the records that `ours` are by their refs.

    A field that only the copies changed is taken; one that the plan says already is not; and one
    that the plan, or another copy, says otherwise is a conflict that names all sides.
    """
    taken: list[Edit] = []
    conflicts: list[Finding] = []
    for (ref, field), group in _groups(edits).items():
        item = ours.get(ref)
        if item is None:
            text = f"it is no longer in the plan, and {_files(group)} changed its {label(field)}"
            hint = f"Leave it out: --leave {ref}."
            conflicts.append(Finding(Kind.CONFLICT, ref, field, text, hint))
        elif isinstance(group[0].says, Note | Proof):
            taken += _new_ones(group, item)
        elif found := _conflict(group, item, label(field)):
            conflicts.append(found)
        elif not _says_so(item, group[0]):
            taken.append(_one(group))
    return Settled(tuple(taken), tuple(conflicts))


def _groups(edits: Sequence[Edit]) -> dict[tuple[str, str], list[Edit]]:
    found: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        found.setdefault((edit.ref, edit.field), []).append(edit)
    return found


def _files(edits: Sequence[Edit]) -> str:
    return " and ".join(dict.fromkeys(edit.file for edit in edits))


def _ours(item: Recommendation, field: str) -> Value:
    return value_of(item, field, parse_prose(item.response))


def _says_so(item: Recommendation, edit: Edit) -> bool:
    return key_of(_ours(item, edit.field)) == key_of(edit.says)


def _conflict(edits: Sequence[Edit], item: Recommendation, name: str) -> Finding | None:
    """Return the conflict that a field's edits are with each other, or with the plan."""
    first = edits[0]
    is_one = len({key_of(edit.says) for edit in edits}) == 1
    ours = key_of(_ours(item, first.field))
    is_fit = is_one and all(ours in {key_of(edit.was), key_of(edit.says)} for edit in edits)
    if is_fit:
        return None
    sides = [f"{edit.file} says “{_short(edit.says)}”" for edit in edits]
    if any(ours != key_of(edit.was) for edit in edits):
        sides.append(f"the plan says “{_short(_ours(item, first.field))}” now")
    text = f"{name}: {', '.join(sides)}; it was “{_short(first.was)}”"
    ref = first.ref
    hint = (
        f"Decide: kimplan update {ref} writes what is right, and --leave {ref}:{first.field} "
        "leaves the plan as it is."
    )
    return Finding(Kind.CONFLICT, ref, first.field, text, hint, "", _short(first.says), first.file)


def _short(value: Value) -> str:
    words = " ".join(show_value(value).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def _one(edits: Sequence[Edit]) -> Edit:
    """Return the edit that several copies make, with all their reasons."""
    reasons = dict.fromkeys(edit.reason for edit in edits if edit.reason)
    return edits[0]._replace(reason="\n\n".join(reasons), file=_files(edits))


def _new_ones(edits: Sequence[Edit], item: Recommendation) -> Iterator[Edit]:
    """Yield the notes and the evidence that the record does not have, each once."""
    known: set[Hashable] = {key_of(Note(note.note)) for note in item.progress}
    known |= {key_of(Proof(proof.title, proof.link or "")) for proof in item.evidence}
    for edit in edits:
        if key_of(edit.says) not in known:
            known.add(key_of(edit.says))
            yield edit
