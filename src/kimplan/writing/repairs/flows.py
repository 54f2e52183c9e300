"""What stands between braces or brackets: what breaks it, and its lines without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.source import KeyPath, parse
from kimplan.writing.parsed_text import CannotEditError
from kimplan.writing.repairs.braces import Inside, Part, read_braces, read_brackets
from kimplan.writing.repairs.causes import Cause, find_cause, is_place_on_a_drive
from kimplan.writing.repairs.lines_of import Mending, lines_of
from kimplan.writing.repairs.proof import Ground
from kimplan.writing.repairs.slots import Slot, is_comment

ON_A_DRIVE = "this is a place on a drive or a computer, which others cannot open"
NO_LINK = "Keep it as evidence without a link, or add the file to the repository and link to it"
_BLOCK_FORM = "Write it on lines of its own, without braces:"
_LIST_FORM = "Write each entry on a line of its own, without brackets:"
_ONE_IN_BRACKETS = re.compile(r"\[[ ]*(?P<inner>\{[^{]*)(?<=\})[ ]*\]\Z")


class Flow:
    """The value of a slot at a `path`, `raw` as it stands there, if it has braces or brackets."""

    def __init__(self, ground: Ground, slot: Slot, path: KeyPath, raw: str) -> None:
        self._ground, self._slot, self._path, self._raw = ground, slot, path, raw
        if raw[:1] == "{" and ":" not in raw and ground.is_list(path) and not ground.keys_at(path):
            self._raw = f"[{raw[1:].replace('}', ']')}"  # a list in the wrong brackets
        self._has_entries = ground.is_list(path) and bool(ground.keys_at(path))
        self._braced = _ONE_IN_BRACKETS.match(raw) if self._has_entries else None

    def cause_and_ways(self) -> tuple[Cause | None, Iterator[Mending]] | None:
        """Return what breaks it, if that is clear, and its lines; None if it is no such value."""
        if not any(map(str.isalnum, self._raw)) and self._raw[:1] == "[":
            return self._of_brackets(), iter(())
        if self._ground.is_text(self._path) and any(map(str.isalnum, self._raw)):
            return None
        if self._raw[:1] == "{" or self._braced:
            return self._of_braces(), self._in_braces()
        if self._raw[:1] == "[" and (found := self._of_brackets()):
            return found, self._in_brackets()
        return None

    def _inside(self) -> Inside | None:
        known = self._ground.keys_at(self._path) if self._path else []
        dated = [key for key in known if self._ground.is_dated((*self._path, key))]
        if not self._braced:
            return read_braces(self._raw, known, dated)
        start = self._braced.start("inner")
        found = read_braces(self._braced["inner"].rstrip(" ]"), known, dated)
        moved = [one._replace(start=one.start + start) for one in found.parts] if found else []
        return found and found._replace(parts=tuple(moved))

    def _of_braces(self) -> Cause | None:
        inside = self._inside()
        if not inside:
            return _not_closed(self._raw)
        causes = [one for one in _causes(inside, self._raw) if one]
        if not causes and not inside.is_closed:
            return Cause(0, "the { that opens here is never closed")
        if not causes:
            return Cause(0, "what stands between these braces cannot be read as it is")
        return min(causes, default=None, key=lambda one: one.at)

    def _in_braces(self) -> Iterator[Mending]:
        inside = self._inside()
        if not inside or not self._path or any(map(is_comment, self._slot.below)):
            return
        parts = inside.parts
        hint = _BLOCK_FORM
        if self._path[0] == "evidence" and any(_is_drive(part) for part in parts):
            parts = tuple(part for part in parts if not _is_drive(part))
            hint = f"{NO_LINK}:"
        try:
            lines = list(self._block(parts, inside.comment))
        except CannotEditError:
            return
        expected: object = {part.key: _value(part) for part in parts}
        yield Mending(lines, [expected] if self._has_entries else expected, hint)

    def _block(self, parts: Sequence[Part], comment: str) -> Iterator[str]:
        """Yield the lines of the parts of braces, each below the other."""
        slot = self._slot
        pad = " " * (slot.column + 2 if slot.key else len(slot.lead))
        if slot.key:
            yield f"{slot.lead.rstrip(' ')}{f'  {comment}' if comment else ''}"
        first = pad if slot.key else slot.lead
        if self._has_entries:
            first, pad = f"{pad}- ", f"{pad}  "
        for number, part in enumerate(parts):
            begins = f"{pad if number else first}{part.key}: "
            if part.is_raw:
                yield f"{begins}{part.text}"
                continue
            said = comment if not number and not slot.key else ""
            prose = self._ground.is_prose((*self._path, part.key))
            deep = len(pad) + 2
            yield from lines_of(begins, part.text, is_prose=prose, comment=said, deep=deep)

    # Brackets

    def _of_brackets(self) -> Cause | None:
        inside = read_brackets(self._raw)
        if not inside:
            is_open = "]" not in self._raw
            return Cause(0, "the [ that opens here is never closed") if is_open else None
        causes = [one for one in _causes(inside, self._raw) if one]
        if not causes and not inside.is_closed:
            return Cause(0, "the [ that opens here is never closed")
        return min(causes, default=None, key=lambda one: one.at)

    def _in_brackets(self) -> Iterator[Mending]:
        inside, slot = read_brackets(self._raw), self._slot
        if not inside or not slot.key or not self._ground.is_list(self._path):
            return
        tail = f"  {inside.comment}" if inside.comment else ""
        lead = f"{' ' * (slot.column + 2)}- "
        try:
            below = [lines_of(lead, part.text, is_prose=False)[0] for part in inside.parts]
        except CannotEditError:
            return
        lines = [f"{slot.lead.rstrip(' ')}{tail}", *below]
        yield Mending(lines, [part.text for part in inside.parts], _LIST_FORM)


def _is_drive(part: Part) -> bool:
    return part.key == "link" and is_place_on_a_drive(part.raw)


def _value(part: Part) -> object:
    if not part.is_raw:
        return part.text
    found = parse(f"k: {part.text}\n").value
    return found["k"] if found else None


def _causes(inside: Inside, raw: str) -> Iterator[Cause | None]:
    for number, part in enumerate(inside.parts):
        if _is_drive(part):
            yield Cause(part.start, ON_A_DRIVE)
        elif not part.is_raw and (found := find_cause(part.raw, in_braces=True)):
            yield found._replace(at=part.start + found.at)
        if part.key and raw[part.start - 1] == ":":
            yield Cause(part.start - 1, f"a space is missing behind '{part.key}:'")
        if part.key and number:
            before = raw[: part.start].rstrip(" :'\"").removesuffix(part.key).rstrip(" '\"")
            if not before.endswith(","):
                yield Cause(len(before), f"a comma is missing before '{part.key}'")


def _not_closed(raw: str) -> Cause | None:
    """Return that the braces of `raw` are never closed, if so."""
    if not raw.rstrip(" ").endswith("}") and " #" not in raw:
        return Cause(0, "the { that opens here is never closed")
    return None
