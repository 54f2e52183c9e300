"""A value that YAML reads as something else: its cause, and the lines that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.diagnostic import Correction
from kimplan.source import KeyPath, Problem, parse
from kimplan.source.slips import IS_A_COMMENT
from kimplan.writing.parsed_text import CannotEditError
from kimplan.writing.repairs.braces import Inside, Part, read_braces, read_brackets
from kimplan.writing.repairs.causes import Cause, find_cause, is_place_on_a_drive
from kimplan.writing.repairs.lines_of import lines_of
from kimplan.writing.repairs.proof import Ground, is_no_worse, proves
from kimplan.writing.repairs.quotes import readings
from kimplan.writing.repairs.slots import Slot, is_comment, split_comment

_ON_A_DRIVE = "this is a place on a drive or a computer, which others cannot open"
_NO_LINK = "Keep it as evidence without a link, or add the file to the repository and link to it"
_DELETE = "Delete this line: it is evidence without a link too. Or add the file to the repository."
_LINES_OF_ITS_OWN = "Begin the text on the line below the |:"
_SO = "Write the text so:"
_BLOCK_FORM = "Write it on lines of its own, without braces:"
_LIST_FORM = "Write each entry on a line of its own, without brackets:"
_ONE_PLACE = "the entries of a list begin on the lines below its key"
_MOST_LINES = 30
_ONE_IN_BRACKETS = re.compile(r"\[[ ]*(?P<inner>\{[^{]*)(?<=\})[ ]*\]\Z")


class _Mending(NamedTuple):
    """Lines for the place of a slot, and what they are to say: None if nothing."""

    lines: list[str]
    expected: object
    hint: str


class Value:
    """A slot whose value was misread, as the `problem` says; `is_sure` if it says why."""

    def __init__(self, ground: Ground, slot: Slot, problem: Problem, *, is_sure: bool) -> None:
        self._ground, self._slot, self._problem = ground, slot, problem
        self._is_sure = is_sure
        found = ground.path_of(slot)
        self.path: KeyPath = found or ()
        self._can_prove = found is not None
        self._rows = [slot.rest, *slot.below]
        self._raw, self._starts = _joined(self._rows)
        self._braced = _ONE_IN_BRACKETS.match(self._raw) if self._is_list_of_keys() else None

    def told(self) -> Problem | None:
        """Return the problem with its cause and its correction; None if there is no cause."""
        is_text = self._ground.is_text(self.path) and any(map(str.isalnum, self._raw))
        if (self._raw[:1] == "{" or self._braced) and not is_text:
            return self._told(self._of_braces(), self._in_braces())
        if self._raw[:1] == "[" and not is_text and (found := self._of_brackets()):
            return self._told(found, self._in_brackets())
        cause = self._on_a_drive() or find_cause(self._text_and_comment()[0], in_braces=False)
        if cause and self._is_list() and self._raw.startswith("- "):
            cause = cause._replace(message=_ONE_PLACE)
        return self._told(cause, self._as_text())

    def _is_list(self) -> bool:
        holds = self._ground.type_at(self.path) if self.path else None
        return holds is not None and holds.is_list and not isinstance(self.path[-1], int)

    def _is_list_of_keys(self) -> bool:
        """Return whether the value is to be a list whose entries have keys."""
        return self._is_list() and bool(self._ground.keys_at(self.path))

    def _told(self, cause: Cause | None, ways: Iterator[_Mending]) -> Problem | None:
        problem = self._problem
        if cause and (not self._is_sure or cause.message == _ON_A_DRIVE):
            line, column = self._place(cause.at)
            code = problem.code
            if cause.message.startswith(("# begins", "everything from")):
                code = "KP008"
            problem = Problem(code, cause.message, problem.hint, line, column)
        elif not self._is_sure:
            return None
        for way in ways:
            if self._can_prove and self._is_proved(way):
                first, last = self._slot.first + 1, self._slot.last + 1
                correction = Correction(first, last, tuple(way.lines))
                hint = (
                    f"{IS_A_COMMENT}; if it is text, write:"
                    if problem.code == "KP008"
                    else way.hint
                )
                return problem._replace(hint=hint, correction=correction)
        return problem._replace(hint=_general(problem, self._raw, self._problem.hint))

    def _is_proved(self, way: _Mending) -> bool:
        if len(way.lines) > _MOST_LINES:
            return False
        return proves(self._ground, self._slot, way.lines, self.path, way.expected)

    def _place(self, at: int) -> tuple[int, int]:
        """Return the line and column of the index `at` of the joined value."""
        row = max(n for n, (start, _) in enumerate(self._starts) if start <= at)
        start, margin = self._starts[row]
        before = len(self._slot.lead) if row == 0 else 0
        return self._slot.first + 1 + row, before + margin + at - start + 1

    def several_keys(self) -> Problem | None:
        """Return that the next key stands on the same line, behind this one's date."""
        slot, above = self._slot, self.path[:-1]
        if not slot.key or slot.below or not self._ground.is_dated(self.path):
            return None
        known = self._ground.keys_at(above)
        dated = [key for key in known if self._ground.is_dated((*above, key))]
        begins = f"{{{slot.key}: "
        inside = read_braces(f"{begins}{slot.rest}}}", known, dated)
        if not inside or len(inside.parts) < 2:
            return None
        parts, pad = inside.parts, " " * slot.column
        lines = [f"{slot.lead}{parts[0].text}"]
        for part in parts[1:]:
            prose = self._ground.is_prose((*above, part.key))
            deep = slot.column + 2
            lines += lines_of(f"{pad}{part.key}: ", part.text, is_prose=prose, deep=deep)
        column = len(slot.lead) + parts[1].start - len(begins) - len(f"{parts[1].key}: ") + 1
        message = f"'{parts[1].key}' stands on the line of '{slot.key}'"
        told = Problem(self._problem.code, message, "", slot.first + 1, column)
        gone = self._ground.without(slot, is_gone=True)
        if is_no_worse(gone, self._ground.with_lines(slot.first, slot.last, lines)):
            correction = Correction(slot.first + 1, slot.last + 1, tuple(lines))
            hint = "Write each key on a line of its own, without commas:"
            return told._replace(hint=hint, correction=correction)
        return told._replace(hint="Write each key on a line of its own, without commas.")

    # Texts

    def _text_and_comment(self) -> tuple[str, str]:
        text, comment = split_comment(self._rows[0])
        if len(self._rows) == 1:
            return text, comment
        return self._raw, ""

    def _on_a_drive(self) -> Cause | None:
        text, _ = self._text_and_comment()
        holds = self._ground.type_at(self.path) if self.path else None
        if holds and holds.form.name == "link" and is_place_on_a_drive(text):
            return Cause(0, _ON_A_DRIVE)
        return None

    def _as_text(self) -> Iterator[_Mending]:
        if self._on_a_drive():
            if not self._slot.has_dash and self.path[0] == "evidence":
                yield _Mending([], None, _DELETE)
            return
        slot, (text, comment) = self._slot, self._text_and_comment()
        if any(is_comment(row) for row in self._rows[1:]) or slot.is_block:
            return
        if self._is_list() and text.startswith("- "):
            pad = " " * (slot.column + 2)
            rows = self._rows if slot.below else [text]
            below = [f"{pad}{row.strip(' ')}" for row in rows]
            items = [row.strip(" ").removeprefix("- ") for row in below]
            yield _Mending([slot.lead.rstrip(" "), *below], items, "Write:")
            return
        is_prose = self._ground.is_prose(self.path)
        if text.startswith("| ") and is_prose:
            rows = [text[2:].strip(" "), *(row.strip(" ") for row in self._rows[1:])]
            below = [f"{' ' * (slot.column + 2)}{row}".rstrip(" ") for row in rows]
            lines = [f"{slot.lead}|{f'  {comment}' if comment else ''}", *below]
            yield _Mending(lines, " ".join(rows), _LINES_OF_ITS_OWN)
        for reading in readings(text):
            said = reading
            if is_prose and len(self._rows) > 1 and said == text:
                said = "\n".join(row.strip(" ") for row in self._rows).strip("\n")
            if lines := self._lines(said, comment, is_prose=is_prose):
                yield _Mending(lines, said, _SO)

    def _lines(self, text: str, comment: str, *, is_prose: bool) -> list[str]:
        slot = self._slot
        deep = slot.column + 2
        try:
            return lines_of(slot.lead, text, is_prose=is_prose, comment=comment, deep=deep)
        except CannotEditError:
            return []

    # Braces

    def _inside(self) -> Inside | None:
        known = self._ground.keys_at(self.path) if self._can_prove else []
        dated = [key for key in known if self._ground.is_dated((*self.path, key))]
        if not self._braced:
            return read_braces(self._raw, known, dated)
        start = self._braced.start("inner")
        found = read_braces(self._braced["inner"].rstrip(" ]"), known, dated)
        moved = [one._replace(start=one.start + start) for one in found.parts] if found else []
        return found and found._replace(parts=tuple(moved))

    def _of_braces(self) -> Cause | None:
        inside = self._inside()
        if not inside:
            return find_flow_cause(self._raw)
        causes = [one for one in _causes(inside, self._raw) if one]
        if not causes and not inside.is_closed:
            return Cause(0, "the { that opens here is never closed")
        if not causes and not self._is_sure:
            return Cause(0, "what stands between these braces cannot be read as it is")
        return min(causes, default=None, key=lambda one: one.at)

    def _in_braces(self) -> Iterator[_Mending]:
        inside = self._inside()
        if not inside or any(is_comment(row) for row in self._rows[1:]):
            return
        parts = inside.parts
        hint = _BLOCK_FORM
        if self.path[0] == "evidence" and any(_is_drive(part) for part in parts):
            parts = tuple(part for part in parts if not _is_drive(part))
            hint = f"{_NO_LINK}:"
        try:
            lines = list(self._block(parts, inside.comment))
        except CannotEditError:
            return
        expected: object = {part.key: _value(part) for part in parts}
        yield _Mending(lines, [expected] if self._is_list_of_keys() else expected, hint)

    def _block(self, parts: Sequence[Part], comment: str) -> Iterator[str]:
        """Yield the lines of the parts of braces, each below the other."""
        slot = self._slot
        pad = " " * (slot.column + 2 if slot.key else len(slot.lead))
        if slot.key:
            yield f"{slot.lead.rstrip(' ')}{f'  {comment}' if comment else ''}"
        first = pad if slot.key else slot.lead
        if self._is_list_of_keys():
            first, pad = f"{pad}- ", f"{pad}  "
        for number, part in enumerate(parts):
            begins = f"{pad if number else first}{part.key}: "
            if part.is_raw:
                yield f"{begins}{part.text}"
                continue
            said = comment if not number and not slot.key else ""
            prose = self._ground.is_prose((*self.path, part.key))
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

    def _in_brackets(self) -> Iterator[_Mending]:
        inside, slot = read_brackets(self._raw), self._slot
        holds = self._ground.type_at(self.path) if self.path else None
        if not inside or not slot.key or not (holds and holds.is_list):
            return
        tail = f"  {inside.comment}" if inside.comment else ""
        lead = f"{' ' * (slot.column + 2)}- "
        try:
            below = [lines_of(lead, part.text, is_prose=False)[0] for part in inside.parts]
        except CannotEditError:
            return
        lines = [f"{slot.lead.rstrip(' ')}{tail}", *below]
        yield _Mending(lines, [part.text for part in inside.parts], _LIST_FORM)


def _joined(rows: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return `rows` as one, and of each where it begins in that and how far it was indented."""
    raw, starts = "", []
    for row in rows:
        bare = row.strip(" ")
        if raw and bare:
            raw += " "
        starts.append((len(raw), len(row) - len(row.lstrip(" "))))
        raw += bare
    return raw, starts


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
            yield Cause(part.start, _ON_A_DRIVE)
        elif not part.is_raw and (found := find_cause(part.raw, in_braces=True)):
            yield found._replace(at=part.start + found.at)
        if part.key and raw[part.start - 1] == ":":
            yield Cause(part.start - 1, f"a space is missing behind '{part.key}:'")
        if part.key and number:
            before = raw[: part.start].rstrip(" :'\"").removesuffix(part.key).rstrip(" '\"")
            if not before.endswith(","):
                yield Cause(len(before), f"a comma is missing before '{part.key}'")


def find_flow_cause(raw: str) -> Cause | None:
    """Return that the braces of `raw` are never closed, if so."""
    if not raw.rstrip(" ").endswith("}") and " #" not in raw:
        return Cause(0, "the { that opens here is never closed")
    return None


def _general(problem: Problem, raw: str, hint: str) -> str:
    """Return the hint where there are no lines to write."""
    if problem.message == _ON_A_DRIVE:
        return f"{_NO_LINK}."
    if problem.code == "KP008":
        return hint if "comment" in hint else f"{IS_A_COMMENT}; if it is text, use double quotes."
    if "that opens here is never closed" in problem.message and raw[:1] == "[":
        return "Close it, or write each entry on a line of its own that begins with '- '."
    if raw[:1] in {"{", "["} and "cannot begin" not in problem.message:
        return "Write each key on a line of its own, without braces, or put its text in quotes."
    return "Put the whole text in double quotes, or on the lines below a |."
