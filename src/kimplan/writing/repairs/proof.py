"""A text with what cannot be read left out, against which each mending of it is proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from kimplan.model.due import Due
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, fields_of, type_at
from kimplan.source import Document, KeyPath, parse
from kimplan.writing.parsed_text import value_at
from kimplan.writing.repairs.slots import Slot

# What a file's value is wrong with as its model: where, and in words.
Faults: TypeAlias = Callable[[dict[str, Any]], Sequence[tuple[KeyPath, str]]]
UNREAD = "kimplan0unread"


class Ground(NamedTuple):
    """The `lines` of a file, read as far as they can be; `model` is what they are to be.

    A mending is tried in `lines`, in which a token stands for each value that cannot be read;
    `whole` are the lines as they stand in the file, with spaces for tabs.
    """

    lines: tuple[str, ...]
    whole: tuple[str, ...]
    model: type[PlanModel]
    faults: Faults

    def without(self, slot: Slot, *, is_gone: bool = False) -> Ground:
        """Return the ground with the token for the value of `slot`, or without its lines."""
        first = "" if is_gone else f"{slot.lead}{_gap(slot)}{_token(slot)}"
        blank = [first, *[""] * (slot.last - slot.first)]
        return self.with_lines(slot.first, slot.last, blank)

    def with_lines(self, first: int, last: int, new: Sequence[str]) -> Ground:
        """Return the ground with `new` in place of the lines `first` to `last`, from 0."""
        return self._replace(lines=(*self.lines[:first], *new, *self.lines[last + 1 :]))

    def read(self) -> Document:
        """Return what the lines say."""
        return parse(self.text)

    @property
    def text(self) -> str:
        """The lines as the text of a file."""
        return "".join(f"{line}\n" for line in self.lines)

    def path_of(self, slot: Slot) -> KeyPath | None:
        """Return where the value of `slot` stands."""
        return _find(self.without(slot).read().value, _token(slot))

    def type_at(self, path: KeyPath) -> FieldType | None:
        """Return what the field at `path` holds, None where no model knows."""
        try:
            return type_at(self.model, path)
        except (KeyError, TypeError, AttributeError):
            return None

    def keys_at(self, path: KeyPath) -> list[str]:
        """Return the keys of the mapping at `path`, as its model has them."""
        holds = self.type_at(path) if path else None
        kind = holds.kind if holds else self.model
        if (path and not holds) or (holds and holds.is_mapping):
            return []
        return list(fields_of(kind)) if issubclass(kind, PlanModel) else []

    def is_prose(self, path: KeyPath) -> bool:
        """Return whether the field at `path` is a text of several lines."""
        holds = self.type_at(path)
        return holds is not None and not holds.is_list and holds.form.name == "text"

    def is_list(self, path: KeyPath) -> bool:
        """Return whether what stands at `path` is a list."""
        holds = self.type_at(path) if path else None
        return holds is not None and holds.is_list and not isinstance(path[-1], int)

    def is_text(self, path: KeyPath) -> bool:
        """Return whether what stands at `path` is a text or a date, and no list or mapping."""
        holds = self.type_at(path) if path else None
        if holds is None or not issubclass(holds.kind, str | date | Due):
            return False
        return isinstance(path[-1], int) or not (holds.is_list or holds.is_mapping)

    def is_dated(self, path: KeyPath) -> bool:
        """Return whether the field at `path` is a date."""
        holds = self.type_at(path)
        return holds is not None and holds.form.name in {"date", "day"}


def proves(ground: Ground, slot: Slot, new: Sequence[str], path: KeyPath, expected: object) -> bool:
    """Return whether `new` in place of `slot` gives `path` what is `expected`, and no more.

    Where None is expected, nothing is to stand there.
    """
    before = ground.without(slot).read()
    after = ground.with_lines(slot.first, slot.last, new).read()
    if before.value is None or after.value is None:
        return False
    if len(after.problems) > len(before.problems):
        return False
    if any(at[: len(path)] == path for at, _ in ground.faults(after.value)):
        return False
    found = value_at(after.value, path)
    return _plain(found) == _plain(expected) and _same_around(before.value, after.value, path)


def is_no_worse(before: Ground, after: Ground) -> bool:
    """Return whether all that can be read in `after` is at least as sound as `before`."""
    old, new = before.read(), after.read()
    if old.value is None or new.value is None or len(new.problems) > len(old.problems):
        return False
    return set(after.faults(new.value)) <= set(before.faults(old.value))


def place_of(ground: Ground, path: KeyPath) -> tuple[int, int] | None:
    """Return the line and the column, from 1, of the value at `path`."""
    read = ground.read()
    return read.locate(path) if read.value is not None else None


def _gap(slot: Slot) -> str:
    return "" if slot.lead.endswith(" ") or not slot.lead else " "


def _token(slot: Slot) -> str:
    return f"{UNREAD}{slot.first}"


def _find(value: Any, token: str, path: KeyPath = ()) -> KeyPath | None:
    if value == token:
        return path
    steps: Any = ()
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    found = (_find(inner, token, (*path, step)) for step, inner in steps)
    return next((one for one in found if one is not None), None)


def _plain(value: Any) -> Any:
    """Return `value` with all white space alike."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _same_around(before: Any, after: Any, path: KeyPath) -> bool:
    """Return whether two values differ at `path` alone."""
    if not path:
        return True
    step, *rest = path
    if isinstance(before, dict) and isinstance(after, dict):
        others = {key for key in (*before, *after) if key != step}
        if any(before.get(key) != after.get(key) for key in others):
            return False
        return _same_around(before.get(step), after.get(step), tuple(rest))
    if isinstance(before, list) and isinstance(after, list) and isinstance(step, int):
        if before[:step] != after[:step] or before[step + 1 :] != after[step + 1 :]:
            return False
        return _same_around(before[step], after[step], tuple(rest)) if after[step:] else False
    return before is None or after is None
