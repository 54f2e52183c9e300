"""The automatic bullets and numbers of a Word file (ECMA-376 part 1, 17.9).

A file holds no number itself, only which list a paragraph belongs to; they are counted here as Word
counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kimplan.exchange.bounds import whole_number
from kimplan.word.tags import qn

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_NO_LIST = "0"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 4000
_DIGITS = 5


class Mark(NamedTuple):
    """What stands before a paragraph: a bullet or a number as it is shown, at a level from 1."""

    level: int
    text: str = ""

    @property
    def is_bullet(self) -> bool:
        """Whether it is no number."""
        return not self.text


class _Level(NamedTuple):
    kind: str
    text: str
    start: int


class Numbers:
    """Counts the paragraphs of one file, which must come in their order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        abstract = {
            each.get(qn("w:abstractNumId"), ""): each
            for each in numbering.iterchildren(qn("w:abstractNum"))
        }
        self._lists: dict[str, str] = {}
        self._levels: dict[str, list[_Level]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        for number in numbering.iterchildren(qn("w:num")):
            self._add(number, abstract)
        self._styles = dict(_styles(styles))
        self._counts: dict[str, list[int | None]] = {}
        self._seen: set[str] = set()

    def _add(self, number: Any, abstract: dict[str, Any]) -> None:
        name, of = number.get(qn("w:numId"), ""), _value(number, "w:abstractNumId")
        self._lists[name] = of
        levels = list(_levels(abstract.get(of)))
        for override in number.iterchildren(qn("w:lvlOverride")):
            at = whole_number(override.get(qn("w:ilvl")), _LEVELS, _DIGITS)
            own = override.find(qn("w:lvl"))
            if own is not None and at < len(levels):
                levels[at] = _level(own)
            start = override.find(qn("w:startOverride"))
            if start is not None:
                self._restarts[name, at] = whole_number(start.get(qn("w:val")), 1, _DIGITS)
        self._levels[name] = levels

    def mark(self, paragraph: Any) -> Mark | None:
        """Return what stands before a paragraph, and count it; None where nothing does."""
        name, at = self._place(paragraph)
        levels = self._levels.get(name)
        if not levels or at >= len(levels):
            return None
        level = levels[at]
        if level.kind == "bullet":
            return Mark(at + 1) if level.text.strip() else None
        counts = self._count(name, at, levels)
        if level.kind == "none" or not level.text:
            return None
        return Mark(at + 1, _PLACE.sub(lambda found: _shown(found, counts, levels), level.text))

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list of a paragraph and its level in it, from 0: its own or its style's."""
        properties = paragraph.find(qn("w:pPr"))
        own = properties.find(qn("w:numPr")) if properties is not None else None
        style = _value(properties, "w:pStyle") if properties is not None else ""
        name, at = self._styles.get(style, ("", 0))
        if own is not None:
            name = _value(own, "w:numId") or name
            at = whole_number(_value(own, "w:ilvl"), at, _DIGITS)
        return ("", 0) if name == _NO_LIST else (name, at)

    def _count(self, name: str, at: int, levels: list[_Level]) -> list[int | None]:
        counts = self._counts.setdefault(self._lists[name], [None] * _LEVELS)
        if name not in self._seen:
            self._seen.add(name)
            for (of, level), start in self._restarts.items():
                if of == name:
                    counts[level] = start - 1
        for above in range(at):
            if counts[above] is None:
                counts[above] = levels[above].start
        current = counts[at]
        counts[at] = levels[at].start if current is None else current + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return counts


def _shown(found: re.Match[str], counts: list[int | None], levels: list[_Level]) -> str:
    at = int(found[1]) - 1
    kind = levels[at].kind if at < len(levels) else "decimal"
    return _number(counts[at] or 0, kind)


def _number(number: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"}:
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (min(number, _MOST) // value)
        number %= value
    return text


def _levels(abstract: Any) -> Iterator[_Level]:
    if abstract is not None:
        yield from map(_level, abstract.iterchildren(qn("w:lvl")))


def _level(element: Any) -> _Level:
    return _Level(
        _value(element, "w:numFmt") or "decimal",
        _value(element, "w:lvlText"),
        whole_number(_value(element, "w:start"), 1, _DIGITS),
    )


def _styles(root: Any) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the styles that are numbered, of themselves or by their base, with list and level."""
    styles = {each.get(qn("w:styleId"), ""): each for each in root.iterchildren(qn("w:style"))}
    for name in styles:
        seen: set[str] = set()
        at = name
        while at in styles and at not in seen:
            seen.add(at)
            own = styles[at].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if own is not None and _value(own, "w:numId"):
                yield (
                    name,
                    (_value(own, "w:numId"), whole_number(_value(own, "w:ilvl"), 0, _DIGITS)),
                )
                break
            at = _value(styles[at], "w:basedOn")


def _value(element: Any, tag: str) -> str:
    found = element.find(qn(tag))
    return found.get(qn("w:val"), "") if found is not None else ""
