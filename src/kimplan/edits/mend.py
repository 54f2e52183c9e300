"""A file's text with everything mended that has exactly one right answer.

Each edit must prove itself: the text is read again after it, may have no new problems, and must
say what it said before but for what the edit was for. An edit that does not is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from kimplan.characters import position
from kimplan.edits.mendable import values
from kimplan.edits.proof import (
    Settle,
    as_it_is,
    breaks_nothing,
    says_only,
    without_stray_space,
)
from kimplan.model.fields import PlanModel
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation
from kimplan.rules.entities import HtmlEntity
from kimplan.rules.fields import DamagedText, InvisibleCharacter, KeyOrder, usual_order
from kimplan.rules.files import StrayWhiteSpace
from kimplan.rules.phrases import BULLETS
from kimplan.rules.wording import TypedBullet
from kimplan.source import Document, KeyPath
from kimplan.source.splice import Edit, Node, reordered, whole_lines
from kimplan.writing.exact import loose_texts
from kimplan.writing.parsed_text import ParsedText

if TYPE_CHECKING:
    from kimplan.writing.look_alikes import Swap

_RATING = ("rag",)
_MOST_ROUNDS = 4  # what one character hid is seen when it is gone
_MOST_TRIALS = 60  # of up to 50 ms each, in the largest files

_AFTER_BULLET = r"(?:[^\S\r\n]+|(?![0-9]))(?=\S)"
_BULLET = re.compile(rf"^( *)[{BULLETS}]{_AFTER_BULLET}", re.MULTILINE)
_WRITTEN = re.compile(rf"(\A['\"]? *|[\r\n] *)[{BULLETS}]{_AFTER_BULLET}")
_ESCAPED = re.compile(rf"(\A\" *|[\r\n] *|\\n *)[{BULLETS}]{_AFTER_BULLET}")
_IN_A_LINE = re.compile(rf"\S[^\S\r\n]+[{BULLETS}]\s")
# Not between a carriage return and a line feed, which would become one line end.
_STRAY = re.compile(r"(?<![ \t\r])[ \t]+(?=[\r\n]|\Z)|(?<=\r)[ \t]+(?=\r|\Z)")
_NO_BULLETS = str.maketrans("", "", BULLETS)


class Mended(NamedTuple):
    """A text and what was mended in it; `lines` are those that ended with stray white space.

    `look_alikes` and `unseen` are characters, `damaged` are those that came here as several.
    """

    text: str
    dates: int = 0
    ratings: int = 0
    bullets: int = 0
    lines: int = 0
    is_reordered: bool = False
    look_alikes: int = 0
    unseen: int = 0
    damaged: int = 0
    entities: int = 0


class _Change(NamedTuple):
    """An edit, the path of the text that it changes, what that becomes, and how much it mends."""

    edit: Edit
    at: KeyPath
    value: str
    many: int = 1


def fix_text(text: str, model: type[PlanModel]) -> str:
    """Return the text of a file that holds a `model` with everything mended that surely can be."""
    return mend(text, model).text


def mend(text: str, model: type[PlanModel], exceptions: Sequence[str] = ()) -> Mended:
    """Return `text` mended, and what was; as it is if it cannot be read.

    What a comment in it ignores, or a code that begins with one of `exceptions`, stays: somebody
    wants it so.
    """
    return mend_document(ParsedText.of(text).document, model, exceptions)


def mend_document(
    document: Document, model: type[PlanModel], exceptions: Sequence[str] = ()
) -> Mended:
    """Return the same as `mend` of the text of a `document`."""
    work = _Work(ParsedText(document), model, exceptions)
    look_alikes, unseen, damaged = work.look_alikes()
    if work.now.document.value is None:
        return Mended(work.now.text, look_alikes=look_alikes, unseen=unseen, damaged=damaged)
    ratings = work.take([one for one in work.words() if one.at == _RATING])
    dates = work.take([one for one in work.words() if one.at != _RATING])
    entities = work.take(work.entities())
    bullets = work.take(work.bullets())
    lines = work.take(work.stray_spaces(), without_stray_space)
    is_reordered = model is Recommendation and work.reorder()
    return Mended(
        work.now.text,
        dates,
        ratings,
        bullets,
        lines,
        is_reordered,
        look_alikes,
        unseen,
        damaged,
        entities,
    )


class _Work:
    """A text under repair: what it is `now` has proved itself."""

    def __init__(self, text: ParsedText, model: type[PlanModel], exceptions: Sequence[str]) -> None:
        self.now = text
        self._model = model
        self._exceptions = tuple(exceptions)
        self._ignores = [one for one in text.ignores if any(map(str.isalnum, one.reason))]
        self._trials = 0

    def take(self, changes: Sequence[_Change], settle: Settle = as_it_is) -> int:
        """Make those of `changes` that prove themselves; return how much they mend.

        Both sides are compared as `settle` makes them.
        """
        kept, self.now = self._kept(changes, (), settle, self.now) if changes else ((), self.now)
        return sum(change.many for change in kept)

    def _kept(
        self,
        more: Sequence[_Change],
        kept: Sequence[_Change],
        settle: Settle,
        text: ParsedText,
    ) -> tuple[Sequence[_Change], ParsedText]:
        """Return `kept` and those of `more` that can be made as well, found by halving.

        `text` is what `kept` makes; with it goes what all of them make.
        """
        self._trials += 1
        both = [*kept, *more]
        after = self.now.edited([change.edit for change in both])
        if self._is_proved(after, self._expected(both), settle):
            return both, after
        if len(more) < 2 or self._trials > _MOST_TRIALS:
            return kept, text
        half = len(more) // 2
        kept, text = self._kept(more[:half], kept, settle, text)
        return self._kept(more[half:], kept, settle, text)

    def _expected(self, changes: Sequence[_Change]) -> Any:
        value = deepcopy(self.now.value)
        for change in changes:
            if change.at:
                _put(value, change.at, change.value)
        return value

    def _is_proved(self, after: ParsedText, expected: Any, settle: Settle) -> bool:
        is_same = says_only(self.now, after, expected, settle)
        return is_same and breaks_nothing(self.now, after, self._model)

    def _is_exception(self, code: str, line: int | None = None) -> bool:
        """Return whether a finding is ignored, on one line or anywhere; no edit moves a line."""
        codes = [
            ignored
            for one in self._ignores
            if one.verb.startswith("ignore") and (line is None or one.covers(line))
            for ignored in one.codes
        ]
        return code.startswith((*self._exceptions, *codes))

    def look_alikes(self) -> tuple[int, int, int]:
        """Write the characters that are meant; return how many looked alike, unseen or damaged.

        A text that cannot be read may be one that can then.
        """
        document = self.now.document
        if document.text.isascii() and document.is_plain:
            return 0, 0, 0
        from kimplan.writing.look_alikes import Kind, meant

        kinds: Counter[Kind] = Counter()
        for _ in range(_MOST_ROUNDS):
            self.now, swaps = meant(self.now.document, self._model, self._is_unwanted)
            kinds.update(swap.kind for swap in swaps)
            if not swaps:
                break
        return (
            kinds[Kind.MARK] + kinds[Kind.NAME],
            kinds[Kind.UNSEEN] + kinds[Kind.FORBIDDEN],
            kinds[Kind.DAMAGE],
        )

    def _is_unwanted(self, swap: Swap) -> bool:
        """Return whether nobody wants what a `swap` puts right."""
        from kimplan.writing.look_alikes import Kind

        rule = {Kind.UNSEEN: InvisibleCharacter, Kind.DAMAGE: DamagedText}.get(swap.kind)
        if rule is None or not (self._ignores or self._exceptions):
            return True
        return not self._is_exception(rule.code, self.now.line(swap.start))

    def words(self) -> list[_Change]:
        """Return the changes of dates and ratings in other words to what they mean."""
        found = [
            (at, value, suggested)
            for at, value, suggest in values(self.now.value, self._model)
            if suggest and (suggested := suggest(value.strip()))
        ]
        changes = (self._word(*one, self.now.node(one[0])) for one in found)
        return [change for change in changes if change]

    def _word(self, at: KeyPath, value: str, suggested: str, node: Node) -> _Change | None:
        written = self.now.text[node.start : node.end].replace("\t", " ")  # as values are read
        words = value.strip()
        if written.count(words) != 1:
            return None  # it spans several lines, or an escape hides it
        start = node.start + written.index(words)
        edit = Edit(start, start + len(words), suggested)
        return _Change(edit, at, value.replace(words, suggested))

    def entities(self) -> list[_Change]:
        """Return the changes of HTML's names for characters to these."""
        if not ("&" in self.now.text and ";" in self.now.text):
            return []
        from kimplan.writing.entities import count_entities, edit_entities, without_entities

        changes = []
        for at, value in loose_texts(self.now.value, self._model):
            line, _ = position(self.now.text, self.now.node(at).start)
            many = count_entities(value)
            if many and not self._is_exception(HtmlEntity.code, line):
                edit = edit_entities(self.now, at)
                changes.append(_Change(edit, at, without_entities(value), many))
        return changes

    def bullets(self) -> list[_Change]:
        """Return the changes of typed bullets at the beginning of a line to ``- ``."""
        if not any(mark in self.now.text for mark in BULLETS):
            return []
        found = [
            (at, value)
            for at, value, suggest in values(self.now.value, self._model)
            if suggest is None and _BULLET.search(value) and not _IN_A_LINE.search(value)
        ]
        changes = (self._list(at, value, self.now.node(at)) for at, value in found)
        return [change for change in changes if change]

    def _list(self, at: KeyPath, value: str, node: Node) -> _Change | None:
        written = _ESCAPED if node.style == '"' else _WRITTEN
        mended, count = _BULLET.subn(r"\1- ", value)
        text, same = written.subn(r"\1- ", self.now.text[node.start : node.end])
        line, _ = position(self.now.text, node.start)
        if count != same or self._is_exception(TypedBullet.code, line):
            return None
        if not _is_list(value, mended, count):
            return None
        return _Change(Edit(node.start, node.end, text), at, mended, count)

    def stray_spaces(self) -> list[_Change]:
        """Return the changes that take stray white space away and end the last line."""
        text = self.now.text
        if self._is_exception(StrayWhiteSpace.code):
            return []
        spaces = [Edit(*found.span(), "") for found in _STRAY.finditer(text)]
        bare = text.rstrip(" \t")
        if bare and not bare.endswith(("\n", "\r")):
            last = Edit(len(bare), len(text), self.now.end)
            spaces = [edit for edit in spaces if edit.end < len(text)] + [last]
        return [_Change(edit, (), "") for edit in spaces]

    def reorder(self) -> bool:
        """Put the topmost keys in the usual order; return whether that was to be done."""
        now = self.now
        keys = tuple(now.value)
        known = {field.alias or name for name, field in self._model.model_fields.items()}
        order = usual_order(keys)
        is_doubled = any(problem.code == "KP004" for problem in now.document.problems)
        if order == list(keys) or is_doubled or not known.issuperset(keys):
            return False
        if self._is_exception(KeyOrder.code):
            return False
        text = reordered(now.text, order, now.nodes)
        after = ParsedText.of(text) if text is not None else now
        if list(after.value) != order or not self._is_proved(after, now.value, as_it_is):
            return False
        if _ignored(after) != _ignored(now):
            return False
        self.now = after
        return True


def _put(value: Any, at: KeyPath, new: str) -> None:
    """Put `new` at the path `at` of `value`."""
    for step in at[:-1]:
        value = value[step]
    value[at[-1]] = new


def _ignored(text: ParsedText) -> Counter[tuple[object, ...]]:
    """Return the comments of `text` that ignore something, with the lines that each counts for."""
    lines = [*(line.rstrip("\r\n") for line in whole_lines(text.text)), ""]
    return Counter(
        (one.said, *(() if one.is_for_file else lines[one.first - 1 : one.last]))
        for one in text.ignores
    )


def _is_list(before: str, after: str, count: int) -> bool:
    """Return whether all of `count` bullets are read in `after`, and the same words otherwise.

    A typed bullet may be read as one already; a dash that is not read as one is among the words.
    """
    old, new = parse_prose(before), parse_prose(after)
    bullets = sum(block.bullet for block in new)
    dashes = [sum(block.words.count("-") for block in blocks) for blocks in (old, new)]
    words = [
        "".join(block.text for block in blocks).translate(_NO_BULLETS).split()
        for blocks in (old, new)
    ]
    is_read = bullets >= count and dashes[0] >= dashes[1]
    return is_read and "".join(words[0]) == "".join(words[1])
