"""Lines that are no key and no entry of a list: what they lack to be one, or part of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.diagnostic import Correction
from kimplan.source import KeyPath, Problem, shown
from kimplan.writing import scalar
from kimplan.writing.correction import without_lines
from kimplan.writing.repairs.proof import Ground, is_no_worse
from kimplan.writing.repairs.quotes import inner, is_quoted
from kimplan.writing.repairs.slots import ENTRY, Slot, indent, other_mark
from kimplan.writing.repairs.strays import Told, belongs_nowhere, strays

_TIGHT = re.compile(r"([A-Za-z_]\w*):(?=[^\s:/])(.*)")
_OTHER_MARK = re.compile(r"([A-Za-z_]\w*)[ ]*(=>?|->|[-–—;：﹕∶])[ ]*(\S.*)")
_NO_MARK = re.compile(r"([A-Za-z_]\w*)[ ]+([^\s:=].*)")
_BARE = re.compile(r"([A-Za-z_]\w*)()")
_MARKED = re.compile(r"([*_~`#>]+[ ]*)([A-Za-z_]\w*)[*_~`]*:[*_~`]*[ ]*(.*?)[*_~`]*")
_SIGNED = re.compile(r"[A-Za-z_]\w*[ ]*(?:=>?|[;：﹕∶])[ ]*\S.*")
_TEXTS = {"text", "line"}
_WITHOUT_MARKS = "Write the key without them:"
_MOST = 30


class Loose:
    """Some loose lines, the slots that stand above them, and the keys that their model knows."""

    def __init__(self, ground: Ground, run: Slot, above: Sequence[Slot], keys: set[str]) -> None:
        self._ground, self._run, self._above, self._keys = ground, run, above, keys
        self._lines = [run.lead + run.rest, *run.below]

    def told(self, problem: Problem) -> Problem | None:
        """Return the problem with its cause and its correction; None if there is no cause."""
        first = None
        for told in self._causes():
            line = self._run.first + told.row + 1
            found = Problem(problem.code, told.message, told.hint, line, told.column + 1)
            if self._is_proved(told):
                lines = tuple(told.lines)
                return found._replace(
                    hint=told.hint, correction=Correction(told.first + 1, self._run.last + 1, lines)
                )
            first = first or found
        return first and first._replace(hint=without_lines(first.hint))

    @staticmethod
    def of_entry(ground: Ground, slot: Slot, path: KeyPath, problem: Problem) -> Problem | None:
        """Return that the first key of a list's entry lacks its colon, or the space behind it."""
        run = Slot(
            slot.first,
            slot.last,
            "",
            "",
            has_dash=False,
            rest=slot.lead + slot.rest,
            below=slot.below,
        )
        keys = set(ground.keys_at(path)) if path else set()
        return Loose(ground, run, (), keys)._first_key(len(slot.lead), slot, problem)

    def _first_key(self, column: int, slot: Slot, problem: Problem) -> Problem | None:
        for told in self._as_key(slot.rest.strip(" "), column):
            lead = slot.lead
            lines = [lead + told.lines[0].strip(" "), *slot.below]
            found = Problem(problem.code, told.message, told.hint, slot.first + 1, told.column + 1)
            old = self._ground.without(slot, is_gone=True)
            if is_no_worse(old, self._ground.with_lines(slot.first, slot.last, lines)):
                one = Correction(slot.first + 1, slot.first + 1, (lines[0],))
                return found._replace(correction=one)
            return found._replace(hint=without_lines(told.hint))
        return None

    def _is_proved(self, told: Told) -> bool:
        if (not told.lines and not told.is_gone) or len(told.lines) > _MOST:
            return False
        old = self._ground.with_lines(
            self._run.first, self._run.last, [""] * (self._run.last - self._run.first + 1)
        )
        new = self._ground.with_lines(told.first, self._run.last, told.lines)
        if not is_no_worse(old, new):
            return False
        return self._holds_all(old, new)

    def _holds_all(self, old: Ground, new: Ground) -> bool:
        """Return whether every word of the lines is among the values or keys of `new`."""
        before, after = _words(old.read().value), _words(new.read().value)
        return len(after) >= len(before)

    def _causes(self) -> Iterator[Told]:
        line = self._lines[0]
        bare, column = line.strip(" "), indent(line)
        if len(self._lines) == 1:
            yield from self._as_key(bare, column)
        elif keys := self._as_keys():
            yield keys
            return
        yield from strays(self._lines, self._run.first)
        yield from self._as_entries(bare, column)
        if self._is_below_text():
            yield from self._as_text(column)
        else:
            yield belongs_nowhere(bare, column, self._run.first, self._above, self._keys)

    def _as_key(self, bare: str, column: int) -> Iterator[Told]:
        """Yield what makes the line a key that a model knows."""
        pad = " " * column
        if found := self._marked(bare):
            message = f"the marks around '{found[2]}' make it a text, and it is a key"
            lines = [f"{pad}{found[2]}: {found[3]}".rstrip(" ")]
            yield Told(column, message, _WITHOUT_MARKS, self._run.first, lines)
        ways = (
            (_TIGHT, "a space is missing behind '{key}:'", 2),
            (_OTHER_MARK, "'{mark}' stands where the colon behind '{key}' belongs", 3),
            (_NO_MARK, "the colon behind '{key}' is missing", 2),
            (_BARE, "the colon behind '{key}' is missing", 2),
        )
        for pattern, message, group in ways:
            found = pattern.fullmatch(bare)
            if not found or found[1] not in self._keys or self._has(found[1], column):
                continue
            at = column + (found.end(1) if group == 2 else found.start(2))
            said = message.format(key=found[1], mark=found[2])
            lines = [f"{pad}{found[1]}: {found[group]}".rstrip(" ")]
            yield Told(
                at, said, "Write a colon and a space behind the key:", self._run.first, lines
            )

    def _marked(self, bare: str) -> re.Match[str] | None:
        found = _MARKED.fullmatch(bare)
        return found if found and found[2] in self._keys else None

    def _as_keys(self) -> Told | None:
        """Return what makes keys of several lines, of which one is a key at least."""
        new: list[str] = []
        first: Told | None = None
        for row, line in enumerate(self._lines):
            bare, column = line.strip(" "), indent(line)
            is_key = _TIGHT.fullmatch(bare) or _SIGNED.fullmatch(bare) or self._marked(bare)
            told = next(self._as_key(bare, column), None) if is_key else None
            first = first or (told and told._replace(row=row))
            new += told.lines if told else [line]
            if not told and bare and not (first and column > 0):
                new.append("")  # a text that no line here says where it belongs
        if not first:
            return None
        return first._replace(lines=new if len(new) == len(self._lines) else [])

    def _is_below_text(self) -> bool:
        """Return whether the key above the lines holds a text, which may go on in them."""
        last = self._above[-1] if self._above else None
        if not last or not last.key:
            return False
        path = self._ground.path_of(last)
        holds = self._ground.type_at(path) if path else None
        return not holds or (self._ground.is_text(path or ()) and holds.form.name in _TEXTS)

    def _is_below_line(self) -> bool:
        """Return whether the key above the lines holds a text of one line."""
        path = self._ground.path_of(self._above[-1])
        return bool(path) and not self._ground.is_prose(path or ())

    def _has(self, key: str, column: int) -> bool:
        """Return whether `key` stands above among the keys of the same mapping."""
        for slot in reversed(self._above):
            if slot.column < column:
                return False
            if slot.column == column and slot.key == key:
                return True
        return False

    def _as_entries(self, bare: str, column: int) -> Iterator[Told]:
        """Yield what makes the lines entries of a list."""
        found = [ENTRY.fullmatch(line) for line in self._lines]
        if not self._above or bare.startswith("- "):
            return
        if not all(found):
            yield from self._without_marks(column)
            return
        last = self._above[-1]
        marks = [one[1] for one in found if one]
        pad = last.pad if last.has_dash else " " * column
        lines = [f"{pad}- {one[2]}" for one in found if one]
        message = other_mark(marks[0])
        if last.has_dash or not last.rest.strip():
            yield Told(column, message, "Write it so:", self._run.first, lines)

    def _without_marks(self, column: int) -> Iterator[Told]:
        """Yield what makes entries of plain lines below the key of a list of texts."""
        last = self._above[-1]
        path = self._ground.path_of(last) if last.key and not last.rest.strip() else None
        if path and self._ground.is_list(path) and not self._ground.keys_at((*path, 0)):
            pad = " " * (last.column + 2)
            lines = [f"{pad}- {line.strip(' ')}" for line in self._lines]
            message = "each entry of a list begins with a dash and a space"
            yield Told(column, message, "Write it so:", self._run.first, lines)

    def _as_text(self, column: int) -> Iterator[Told]:
        """Yield what makes the lines part of the text above them."""
        if not self._above:
            return
        last = self._above[-1]
        if not last.key:
            return
        message = f"this line is not indented, so it does not belong to {shown(last.key)} above it"
        hint = "Indent the text by two spaces more than its key:"
        deep = " " * (last.column + 2)
        own = [f"{deep}{line.strip(' ')}" if line.strip(" ") else "" for line in self._lines]
        comments = list(self._ground.whole[last.last + 1 : self._run.first])
        if last.is_block and any(map(str.strip, comments)) and column > last.column:
            message = f"a comment among the lines of {shown(last.key)} ends the text"
            lines = [*comments, last.lead + last.rest, *last.below, *self._lines]
            yield Told(column, message, "Move the comment above the text:", last.first, lines)
            return
        if last.is_block:
            begun = next((line for line in last.below if line.strip()), deep)
            pad = " " * indent(begun) if begun.strip() else deep
            own = [f"{pad}{line.strip(' ')}" if line.strip(" ") else "" for line in self._lines]
            yield Told(column, message, hint, self._run.first, own)
            return
        text = last.rest.strip(" ")
        if is_quoted(text) and "\\" not in text:
            text = inner(text)
        if text[:1] in {"'", '"', "{", "[", "|", ">"} or " #" in text:
            yield Told(column, message, hint, self._run.first, [])
            return
        upper = [line.strip(" ") for line in (text, *last.below) if line.strip(" ") or text]
        if self._is_below_line():
            said = f"If it belongs to {shown(last.key)}, write both on one line; if not, delete it."
            yield Told(column, message, said, self._run.first, [])
            return
        gap = [""] if self._run.first > last.last + 1 else []
        whole = [line for line in upper if line] + gap
        whole += [line.strip(" ") for line in self._lines]
        below = scalar.block("\n".join(whole)) or []
        lines = [f"{last.lead.rstrip(' ')} |", *(f"{deep}{line}".rstrip(" ") for line in below)]
        yield Told(column, message, hint, last.first, lines if below else [])


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for key, inner in value.items() for word in (key, *_words(inner))]
    if isinstance(value, list):
        return [word for inner in value for word in _words(inner)]
    return str(value).split()
