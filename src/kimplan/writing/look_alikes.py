"""A file's text as it is meant, where characters in it look like others, are unseen or damaged.

What is put right must prove itself: the file says the same words, and no more is wrong with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from itertools import groupby, islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from kimplan.characters import forbidden, unseen
from kimplan.model.fields import PlanModel
from kimplan.model.rating import Scheme
from kimplan.sight import damage
from kimplan.sight.look_alikes import skeleton
from kimplan.source import Document
from kimplan.source.problem import UNFIT
from kimplan.source.splice import Edit, Node
from kimplan.source.unfit import Unit, character, unfit_units
from kimplan.writing.exact import doubles_in, exact_texts
from kimplan.writing.marks import doubles_of_marks
from kimplan.writing.parsed_text import CannotEditError, ParsedText

# The lists of a plan's files in which a name stands once, and the key of each name.
_NAMED_BY = (
    ("owners", "role"), ("sections", "title"), ("columns", "label"), ("fields", "label"),
)  # fmt: skip
_MOST_TRIALS = 40
_MOST_READ = 400_000  # characters, in all the trials of one file
_MOST_SWAPS = 2_000
_KEPT = frozenset("\x1b\x81\x85\x8d\x8f\x90\x9d")  # without which what stands beside them is odd
_LINE_BREAKS = "\x0b\x0c\u2028\u2029"  # Word's, and others that YAML has no use for
_BLANKS = "\u115f\u1160\u3164\uffa0"  # which look like a space
_INSTEAD = {**dict.fromkeys(f"{_LINE_BREAKS}{_BLANKS}", " "), "\x1e": "-"}


class Kind(Enum):
    """What is wrong with a character."""

    MARK = auto()  # the double of one of YAML's marks
    NAME = auto()  # a double in a key, or in a value that must be exact
    UNSEEN = auto()
    FORBIDDEN = auto()
    DAMAGE = auto()


class Swap(NamedTuple):
    """What stands in a text from `start` to before `end` is to be `new`; the `kind` says why.

    `found` is the character that stands there, or that an escape makes.
    """

    start: int
    end: int
    new: str
    kind: Kind
    found: str

    @property
    def edit(self) -> Edit:
        """The swap as an edit of the text."""
        return Edit(self.start, self.end, self.new)


def runs(swaps: Sequence[Swap]) -> list[list[Swap]]:
    """Return `swaps`, which are in order, with those of one character after another together."""
    found: list[list[Swap]] = []
    for one in swaps:
        last = found[-1][-1] if found else None
        if last and last.end == one.start and last[2:] == one[2:]:
            found[-1].append(one)
        else:
            found.append([one])
    return found


class Meant(NamedTuple):
    """A text as it is meant, parsed, and the swaps that make it of the text that stands there."""

    text: ParsedText
    swaps: tuple[Swap, ...]


def meant(
    document: Document, model: type[PlanModel], wanted: Callable[[Swap], bool] = lambda _: True
) -> Meant:
    """Return what the text of a `document` of a `model` means, with those swaps that are `wanted`.

    Swaps that do not prove themselves are not made.
    """
    before = ParsedText(document)
    work = _Work(before, model, wanted)
    work.add(work.damaged)
    work.settle()
    for level in (work.unfit, work.marks, work.names):
        work.add(level)
    return work.proved()


class _Work:
    """A text in which more and more is put right; all swaps are those of the text `before`."""

    def __init__(
        self, before: ParsedText, model: type[PlanModel], wanted: Callable[[Swap], bool]
    ) -> None:
        self._before = before
        self._model = model
        self._wanted = wanted
        self._swaps: list[Swap] = []
        self._now = before
        self._origins: Sequence[int] = range(len(before.text) + 1)
        self._judge = _Judge(before, model)
        self._trials = max(3, min(_MOST_TRIALS, _MOST_READ // (len(before.text) + 1)))

    def add(self, level: Callable[[], Iterator[tuple[Edit, Kind]]]) -> None:
        """Add what a `level` finds in the text as it is now."""
        found = (self._swap(edit, kind) for edit, kind in level())
        new = list(islice(filter(self._wanted, found), _MOST_SWAPS))
        if new:
            self._swaps = _apart([*self._swaps, *new])
            self._now = self._made(self._swaps)
            self._origins = _origins(self._before.text, self._swaps)

    def _swap(self, edit: Edit, kind: Kind) -> Swap:
        """Return an `edit` of the text as it is now as one of the text as it was."""
        start, end = self._origins[edit.start], self._origins[edit.end - 1] + 1
        written = self._before.text[start:end]
        found = character(written) if written[0] == "\\" and len(written) > 1 else written[0]
        return Swap(start, end, edit.new, kind, found)

    def settle(self) -> None:
        """Take the text without its damage for what it says, if it holds as many texts then."""
        was, now = self._before.document.value, self._now.document.value
        if was is not None and (now is None or _leaves(was) != _leaves(now)):
            self._swaps, self._now = [], self._before
            self._origins = range(len(self._before.text) + 1)
        else:
            self._judge.says = now

    def _made(self, swaps: Sequence[Swap]) -> ParsedText:
        return self._before.edited([one.edit for one in swaps])

    def damaged(self) -> Iterator[tuple[Edit, Kind]]:
        """Yield what undoes damage."""
        text = self._now.text
        if text.isascii():
            return
        for one in damage.find(text):
            if one.was is not None:
                yield Edit(one.start, one.end, one.was), Kind.DAMAGE

    def unfit(self) -> Iterator[tuple[Edit, Kind]]:
        """Yield what takes away the characters that nobody can see, raw ones and escapes."""
        text = self._now.text
        if not text.isascii() or not text.replace("\n", "").isprintable():
            for kind, found in ((Kind.FORBIDDEN, forbidden), (Kind.UNSEEN, unseen)):
                units = (Unit(text[at], at, at + 1) for at in found(text))
                yield from ((_without(unit), kind) for unit in units if unit[0] not in _KEPT)
        for node in self._quoted():
            for unit, is_forbidden in unfit_units(text, node.start, node.end):
                if unit.character not in _KEPT:
                    yield _without(unit), Kind.FORBIDDEN if is_forbidden else Kind.UNSEEN

    def _quoted(self) -> Iterator[Node]:
        text = self._now.text
        if "\\" not in text:
            return
        for node in self._now.nodes.values():
            if node.style == '"' and "\\" in text[node.start : node.end]:
                yield node

    def marks(self) -> Iterator[tuple[Edit, Kind]]:
        """Yield what puts YAML's own marks in the place of their doubles, if the text is wrong."""
        if self._judge.has_faults(self._now):
            for edit in doubles_of_marks(self._now.text, self._model):
                yield edit, Kind.MARK

    def names(self) -> Iterator[tuple[Edit, Kind]]:
        """Yield what spells keys and exact values with the characters of the keyboard."""
        for one in exact_texts(self._now.value, self._model):
            try:
                edits = list(doubles_in(self._now, one))
            except CannotEditError:
                continue
            yield from ((edit, Kind.NAME) for edit in edits)

    def proved(self) -> Meant:
        """Return the text with those swaps that prove themselves, and that are needed."""
        if not self._swaps:
            return Meant(self._before, ())
        lines = _by_line(self._before, self._swaps)
        kept = self._kept(lines, [], [self._trials])
        kept = self._needed(kept)
        swaps = sorted(one for line in kept for one in line)
        return Meant(self._made(swaps), tuple(swaps))

    def _kept(
        self, more: list[list[Swap]], kept: list[list[Swap]], trials: list[int]
    ) -> list[list[Swap]]:
        """Return `kept` and those of `more` that can be made as well, found by halving."""
        trials[0] -= 1
        both = [*kept, *more]
        if self._judge.is_better(self._made([one for line in both for one in line])):
            return both
        if len(more) < 2 or trials[0] < 0:
            return kept
        half = len(more) // 2
        kept = self._kept(more[:half], kept, trials)
        return self._kept(more[half:], kept, trials)

    def _needed(self, lines: list[list[Swap]]) -> list[list[Swap]]:
        """Return the swaps without those of marks by which nothing is less wrong."""
        with_marks = [line for line in lines if any(one.kind is Kind.MARK for one in line)]
        for line in with_marks[: self._trials]:
            rest = [one for one in line if one.kind is not Kind.MARK]
            others = [rest if one is line else one for one in lines]
            fewer = [one for each in others for one in each]
            all_ = [one for each in lines for one in each]
            if self._judge.is_as_good(self._made(fewer), self._made(all_)):
                lines = others
        return [line for line in lines if line]


def _without(unit: Unit) -> Edit:
    """Return the edit that takes a character away, or puts what it stands for in its place."""
    return Edit(unit.start, unit.end, _INSTEAD.get(unit.character, ""))


def _apart(swaps: list[Swap]) -> list[Swap]:
    """Return `swaps` in their order, without those that overlap one before them."""
    found: list[Swap] = []
    for one in sorted(swaps):
        if not found or found[-1].end <= one.start:
            found.append(one)
    return found


def _origins(text: str, swaps: Sequence[Swap]) -> list[int]:
    """Return where each character of the text after `swaps` stands in `text`, and its end."""
    origins: list[int] = []
    at = 0
    for one in swaps:
        origins += range(at, one.start)
        origins += [one.start] * len(one.new)
        at = one.end
    return [*origins, *range(at, len(text) + 1)]


def _by_line(text: ParsedText, swaps: Sequence[Swap]) -> list[list[Swap]]:
    return [list(line) for _, line in groupby(swaps, lambda one: text.line(one.start))]


class _Judge:
    """Says whether a text is less wrong than the one `before`, and says the same."""

    def __init__(self, before: ParsedText, model: type[PlanModel]) -> None:
        self._before = before
        self._model = model
        self._wrong = self._wrong_with(before)
        self.says = before.document.value

    def has_faults(self, text: ParsedText) -> bool:
        """Return whether something is wrong with a text."""
        return bool(self._wrong_with(text)) or text.document.value is None

    def is_better(self, after: ParsedText) -> bool:
        """Return whether nothing is wrong in `after` that was not, and its words are the same."""
        was, now = self._before.document, after.document
        if was.value is None:
            return now.value is not None or _last(now) > _last(was) or self._is_same(after)
        if now.value is None or _words(now.value) != _words(self.says):
            return False
        return self._wrong_with(after).total() <= self._wrong.total()

    def _is_same(self, after: ParsedText) -> bool:
        return self._wrong_with(after) <= self._wrong

    def is_as_good(self, one: ParsedText, other: ParsedText) -> bool:
        """Return whether of two texts the same can be read, or the same is wrong with them."""
        is_read = one.document.value is not None or other.document.value is None
        is_as_far = _last(one.document) >= _last(other.document)
        return is_read and is_as_far and self._wrong_with(one) == self._wrong_with(other)

    def _wrong_with(self, text: ParsedText) -> Counter[tuple[str, str]]:
        problems = text.document.problems
        found = Counter((one.code, one.message) for one in problems if one.code not in UNFIT)
        if text.document.value is None:
            return found
        try:
            self._model.model_validate(text.value, context=Scheme.BRAG)
        except ValidationError as error:
            found.update((one["type"], str(one["loc"])) for one in error.errors(include_url=False))
        names = Counter(_names(text.value))
        found.update({("twice", str(name)): times for name, times in names.items() if times > 1})
        return found


def _names(value: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what may stand once in its list: two that look the same are one too many, no slip."""
    for key, name in _NAMED_BY:
        entries = value.get(key)
        for one in entries if isinstance(entries, list) else ():
            if not isinstance(one, dict):
                continue
            if isinstance(text := one.get(name), str):
                yield key, name, text
            choices = one.get("choices")
            for choice in choices if isinstance(choices, list) else ():
                yield f"{key} {one.get('id')}", "choices", str(choice)


def _last(document: Document) -> int:
    """Return the line on which the reading of a file stopped."""
    return max((one.line for one in document.problems if one.code not in UNFIT), default=0)


def _words(value: Any) -> str:
    """Return the letters and digits of a value, as the keyboard has them."""
    if isinstance(value, dict):
        return "".join(_words(key) + _words(inner) for key, inner in value.items())
    if isinstance(value, list):
        return "".join(map(_words, value))
    return "".join(one for one in skeleton(value) if one.isalnum() and one not in _BLANKS)


def _leaves(value: Any) -> int:
    """Return how many texts a value holds."""
    if isinstance(value, (dict, list)):
        return sum(map(_leaves, value.values() if isinstance(value, dict) else value))
    return 1
