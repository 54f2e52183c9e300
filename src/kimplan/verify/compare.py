"""What a report says against what it should say: every cell and sentence that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from kimplan.verify.difference import TEXT, Difference
from kimplan.verify.expected import Content, Line
from kimplan.verify.figures import compare_figures
from kimplan.verify.links import compare_links
from kimplan.verify.margins import compare_margins
from kimplan.verify.tables import STRUCTURE, compare_tables

_ALIKE = 0.6  # of the letters of two sentences, in any order


class Found(NamedTuple):
    """What a file says, and whether its template said something too.

    `margins` are the marks of its headers and footers as they were made; a file that was made
    before they were kept has none.
    """

    content: Content
    has_own_text: bool
    margins: tuple[str, ...] = ()


def compare(found: Found, right: Content) -> list[Difference]:
    """Return where the file `found` says something else than `right`.

    In an organisation's own document, what stands outside of the report's parts does not count.
    """
    tables = list(compare_tables(found.content, right, has_own_text=found.has_own_text))
    is_whole = not any(each.column in STRUCTURE for each in tables)
    links = compare_links(
        found.content.links, right.links, has_own_text=found.has_own_text, is_whole=is_whole
    )
    return [
        *_lines(found, right.lines),
        *compare_margins(found.content, right, found.margins),
        *tables,
        *compare_figures(found.content, right, has_own_text=found.has_own_text),
        *links,
    ]


def _lines(found: Found, right: Sequence[Line]) -> Iterator[Difference]:
    says = [line.text for line in found.content.lines]
    said = [line.text for line in right]
    for kind, i, j, a, b in SequenceMatcher(None, said, says, autojunk=False).get_opcodes():
        if kind != "equal":
            for at, is_added, text in _pairs(said[i:j], says[a:b]):
                yield from _line(found, right, i + at, text, is_added=is_added)


def _line(
    found: Found, right: Sequence[Line], at: int, text: str, *, is_added: bool
) -> Iterator[Difference]:
    if not is_added:
        yield Difference(TEXT, right[at].part, right[at].name, text, right[at].text)
    elif _counts(found, right, at):
        yield Difference(TEXT, "", "added text", text, "")


def _pairs(said: Sequence[str], says: Sequence[str]) -> Iterator[tuple[int, bool, str]]:
    """Yield the text that stands for each line of `said`, and those that were added before it."""
    start = 0
    for at, line in enumerate(said):
        best = start if len(said) == len(says) else _most_like(line, says, start)
        if best is None:
            yield at, False, ""
            continue
        for text in says[start:best]:
            yield at, True, text
        yield at, False, says[best]
        start = best + 1
    for text in says[start:]:
        yield len(said), True, text


def _most_like(line: str, texts: Sequence[str], start: int) -> int | None:
    """Return the place of the text that `line` became, if there is one."""
    ratios = {
        at: SequenceMatcher(None, line, texts[at], autojunk=False).quick_ratio()
        for at in range(start, len(texts))
    }
    best = max(ratios, key=lambda at: ratios[at], default=None)
    return best if best is not None and ratios[best] >= _ALIKE else None


def _counts(found: Found, right: Sequence[Line], at: int) -> bool:
    """Return whether a text that was put in before the line `at` counts as a difference."""
    if not found.has_own_text:
        return True
    return 0 < at < len(right) and right[at - 1].part == right[at].part
