"""A value that YAML reads as something else: its cause, and the lines that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.diagnostic import Correction
from kimplan.source import KeyPath, Problem, parse
from kimplan.source.slips import IS_A_COMMENT
from kimplan.writing.correction import without_lines
from kimplan.writing.parsed_text import CannotEditError
from kimplan.writing.repairs.causes import Cause, find_cause, is_place_on_a_drive
from kimplan.writing.repairs.flows import NO_LINK, ON_A_DRIVE, Flow
from kimplan.writing.repairs.lines_of import Mending, lines_of
from kimplan.writing.repairs.proof import Ground, proves
from kimplan.writing.repairs.quotes import inner, is_quoted, readings
from kimplan.writing.repairs.slots import ENTRY, Slot, indent, is_comment, other_mark, split_comment

_DELETE = "Delete this line: it is evidence without a link too. Or add the file to the repository."
_LINES_OF_ITS_OWN = "Begin the text on the line below the |:"
_SO = "Write the text so:"
_ABOVE = "Move the comment above the text:"
_ONE_COLUMN = "Begin the lines in one column:"
_SPACE_BEHIND = "Put a space behind the # of a comment:"
_NO_SPACE = "Write the address without the space:"
_MARKS = re.compile(r"\A(?:[*_~`]+|\[[ xX]?\] +)|[*_~`]+\Z")
_BAR = re.compile(r"\A\|[|:;]*[ ]*")
_ONE_PLACE = "the entries of a list begin on the lines below its key"
_MOST_LINES = 30


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

    def told(self) -> Problem | None:
        """Return the problem with its cause and its correction; None if there is no cause."""
        if self._slot.is_block and not self._is_sure:
            return self._told(self._of_rows(), self._in_one_column())
        flow = Flow(self._ground, self._slot, self.path, self._raw).cause_and_ways()
        if flow:
            return self._told(*flow)
        cause = self._on_a_drive() or self._of_comment()
        cause = cause or find_cause(self._text_and_comment()[0], in_braces=False)
        if cause and self._ground.is_list(self.path):
            cause = self._of_list(cause)
        return self._told(cause, self._as_text())

    def _of_list(self, cause: Cause) -> Cause:
        """Return the `cause` in the words of a list."""
        if self._raw.startswith("- "):
            return cause._replace(message=_ONE_PLACE)
        mark = ENTRY.match(self._raw)
        if mark and not self._slot.rest.strip(" "):
            return cause._replace(at=0, message=other_mark(mark[1]))
        return cause

    def _told(self, cause: Cause | None, ways: Iterator[Mending]) -> Problem | None:
        problem = self._problem
        if cause and (not self._is_sure or cause.message == ON_A_DRIVE):
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
                hint = way.hint
                if problem.code == "KP008" and hint == _SO:
                    hint = f"{IS_A_COMMENT}; if it is text, quote it:"
                return problem._replace(hint=hint, correction=correction)
        return problem._replace(hint=self._general(problem))

    def _general(self, problem: Problem) -> str:
        """Return the hint where there are no lines to write."""
        holds = self._ground.type_at(self.path) if self.path else None
        is_text = not holds or holds.is_list or holds.form.name in {"text", "line", "link"}
        if holds and not is_text and not self._ground.keys_at(self.path):
            return holds.form.hint or "Write the word alone, without marks or other words."
        if self._ground.is_list(self.path) and ENTRY.match(self._raw):
            return without_lines("Write it so:")
        if self._slot.is_block and not self._is_sure:
            return without_lines(_ONE_COLUMN)
        return _general(problem, self._raw, self._problem.hint)

    def _is_proved(self, way: Mending) -> bool:
        if len(way.lines) > _MOST_LINES:
            return False
        return proves(self._ground, self._slot, way.lines, self.path, way.expected)

    def _place(self, at: int) -> tuple[int, int]:
        """Return the line and column of the index `at` of the joined value."""
        row = max(n for n, (start, _) in enumerate(self._starts) if start <= at)
        start, margin = self._starts[row]
        before = len(self._slot.lead) if row == 0 else 0
        return self._slot.first + 1 + row, before + margin + at - start + 1

    # Texts

    def _of_comment(self) -> Cause | None:
        """Return that a comment stands between the lines of a text, which it ends."""
        rows = [row for row in self._rows if row.strip()]
        found = [n for n, row in enumerate(self._rows) if n and is_comment(row)]
        if not found or is_comment(rows[-1]) or self._raw[:1] in {"'", '"', "{", "[", "|", ">"}:
            return None
        return Cause(self._starts[found[0]][0], "a comment among the lines of a text ends it")

    def _with_comments_above(self) -> Mending:
        slot = self._slot
        said = [row.strip(" ") for row in self._rows if not is_comment(row)]
        above = [slot.pad + row.strip(" ") for row in self._rows if is_comment(row)]
        deep = " " * (slot.column + 2)
        below = [f"{deep}{row}".rstrip(" ") for row in said if row or said[0]]
        return Mending([*above, f"{slot.lead.rstrip(' ')} |", *below], " ".join(said), _ABOVE)

    def _of_rows(self) -> Cause | None:
        """Return that a line below the | begins before the first one does."""
        rows = [(n, indent(row)) for n, row in enumerate(self._rows) if n and row.strip()]
        shorter = [n for n, column in rows if column < rows[0][1]]
        message = "this line begins before the first line of its text does"
        return Cause(self._starts[shorter[0]][0], message) if shorter else None

    def _in_one_column(self) -> Iterator[Mending]:
        slot, pad = self._slot, self._slot.column + 2
        first = next((indent(row) for row in slot.below if row.strip()), pad)
        rows = [(max(indent(row) - first, 0), row.strip(" ")) for row in slot.below]
        below = [f"{' ' * (pad + more)}{row}" if row else "" for more, row in rows]
        said = " ".join(row for _, row in rows)
        yield Mending([slot.lead + slot.rest, *below], said, _ONE_COLUMN)

    def _text_and_comment(self) -> tuple[str, str]:
        text, comment = split_comment(self._rows[0])
        if len(self._rows) == 1:
            return text, comment
        return self._raw, ""

    def _on_a_drive(self) -> Cause | None:
        text, _ = self._text_and_comment()
        holds = self._ground.type_at(self.path) if self.path else None
        if holds and holds.form.name == "link" and is_place_on_a_drive(text):
            return Cause(0, ON_A_DRIVE)
        return None

    def _as_text(self) -> Iterator[Mending]:
        if self._on_a_drive():
            if not self._slot.has_dash and self.path[0] == "evidence":
                yield Mending([], None, _DELETE)
            return
        slot, (text, comment) = self._slot, self._text_and_comment()
        if self._of_comment():
            yield self._with_comments_above()
        if any(is_comment(row) for row in self._rows[1:]) or slot.is_block:
            return
        is_prose = self._ground.is_prose(self.path)
        yield from self._as_meant(comment, is_prose=is_prose)
        for reading in readings(text):
            said = reading.strip()
            if is_prose and len(self._rows) > 1 and said == text:
                said = "\n".join(row.strip(" ") for row in self._rows).strip("\n")
            if lines := self._lines(said, comment, is_prose=is_prose):
                yield Mending(lines, said, _SO)

    def _as_meant(self, comment: str, *, is_prose: bool) -> Iterator[Mending]:
        """Yield what mends the mark of a text, a list or a comment."""
        if self._raw.startswith("|") and is_prose and not self._rows[0].rstrip().endswith("|", 2):
            yield self._below_the_bar(split_comment(self._rows[0])[0], comment)
        if self._ground.is_list(self.path) and (entries := self._entries()):
            said = parse("".join(f"{row}\n" for row in ("k:", *entries[1:]))).value
            yield Mending(entries, said and said["k"], "Write it so:")
        bare = _MARKS.sub("", self._rows[0])
        if not is_prose and len(self._rows) == 1 and bare and bare != self._rows[0]:
            yield Mending([f"{self._slot.lead}{bare}"], bare, "Write it without the marks:")
        if self._problem.code == "KP008" and not is_prose:
            yield from self._with_comment()

    def _below_the_bar(self, text: str, comment: str) -> Mending:
        slot = self._slot
        first = _BAR.sub("", text, count=1)
        rows = [row.strip(" ") for row in self._rows[1:]]
        rows = rows if first in {"", "-", "+"} else [first, *rows]
        below = [f"{' ' * (slot.column + 2)}{row}".rstrip(" ") for row in rows]
        lines = [f"{slot.lead}|{f'  {comment}' if comment else ''}", *below]
        return Mending(lines, " ".join(rows), _LINES_OF_ITS_OWN)

    def _entries(self) -> list[str]:
        """Return the lines of a list whose entries have other marks, or stand behind its key."""
        slot, rows = self._slot, [row for row in self._rows if row.strip()]
        if len(rows) == 1 and not slot.below:
            rows = [f"- {one.strip()}" for one in rows[0].strip(" -").split(" - ")]
        found = [ENTRY.fullmatch(row) for row in rows]
        has_keys = bool(self._ground.keys_at((*self.path, 0)))
        if not found or not (found[0] if has_keys else all(found)):
            return []
        pad = " " * (slot.column + 2)
        first = min(
            (indent(row) for row, one in zip(rows, found, strict=True) if not one), default=0
        )
        lines = [
            f"{pad}- {one[2]}" if one else f"{pad}  {' ' * (indent(row) - first)}{row.strip()}"
            for one, row in zip(found, rows, strict=True)
        ]
        return [slot.lead.rstrip(" "), *lines]

    def _with_comment(self) -> Iterator[Mending]:
        """Yield the line of a word or a date with a space behind the # of its comment."""
        before, mark, behind = self._rows[0].partition(" #")
        holds = self._ground.type_at(self.path)
        if not mark or len(self._rows) > 1 or not holds:
            return
        if holds.form.name == "link":
            address = f"{before.strip()}#{behind}"
            yield Mending([f"{self._slot.lead}{address}"], address, _NO_SPACE)
        elif holds.form.name not in {"text", "line"}:
            line = f"{self._slot.lead}{before.rstrip()}  # {behind}"
            said = before.strip()
            yield Mending([line], inner(said) if is_quoted(said) else said, _SPACE_BEHIND)

    def _lines(self, text: str, comment: str, *, is_prose: bool) -> list[str]:
        slot = self._slot
        deep = slot.column + 2
        try:
            return lines_of(slot.lead, text, is_prose=is_prose, comment=comment, deep=deep)
        except CannotEditError:
            return []


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


def _general(problem: Problem, raw: str, hint: str) -> str:
    """Return the hint where there are no lines to write."""
    if problem.message == ON_A_DRIVE:
        return f"{NO_LINK}."
    if problem.code == "KP008":
        return hint if "comment" in hint else f"{IS_A_COMMENT}; if it is text, use double quotes."
    if "that opens here is never closed" in problem.message and raw[:1] == "[":
        return "Close it, or write each entry on a line of its own that begins with '- '."
    if raw[:1] in {"{", "["} and "cannot begin" not in problem.message:
        return "Write each key on a line of its own, without braces, or put its text in quotes."
    return "Put the whole text in double quotes, or on the lines below a |."
