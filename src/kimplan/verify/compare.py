"""What a report says against what it should say: every cell and sentence that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from kimplan.verify.expected import SEAM, ChartValues, Content, Grid, Line
from kimplan.verify.rows import match_rows, row_name

ORDER = "order of the rows"
WHOLE_ROW = "whole row"
TEXT = "Text"
_ALIKE = 0.6  # of the letters of two sentences, in any order


class Difference(NamedTuple):
    """A place where a report says something else than the plan did; empty where it says nothing.

    `where` is a table or a figure by its title, or `TEXT`; `row` is a ref or what a row is of.
    """

    where: str
    row: str
    column: str
    says: str
    said: str


class Found(NamedTuple):
    """What a file says, and whether its template said something too."""

    content: Content
    has_own_text: bool


def compare(found: Found, right: Content) -> list[Difference]:
    """Return where the file `found` says something else than `right`.

    In an organisation's own document, what stands outside of the report's parts does not count.
    """
    return [
        *_lines(found, right.lines),
        *_margins(found.content, right),
        *_tables(found, right.tables),
        *_figures(found.content.figures, right.figures),
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


def _margins(content: Content, right: Content) -> Iterator[Difference]:
    """Yield each header and footer that lacks its words, which may stand among others."""
    for name, texts, words in (
        ("header", content.headers, right.headers),
        ("footer", content.footers, right.footers),
    ):
        lacking = iter([text for text in texts if words and words[0] not in text])
        has_them = sum(bool(words) and words[0] in text for text in texts)
        for wanted in words[has_them:]:
            yield Difference(TEXT, name, "words", next(lacking, ""), wanted)


def _tables(found: Found, right: Sequence[Grid]) -> Iterator[Difference]:
    left = list(found.content.tables)
    pairs = []
    for grid in right:
        table = _find(left, grid)
        if table:
            left.remove(table)
        pairs.append((grid, table))
    for grid, table in pairs:
        if table is None:
            yield Difference(grid.title, "", "whole table", "", ", ".join(grid.labels))
        else:
            yield from _table(grid, table)
    if not found.has_own_text:
        for table in left:
            text = " | ".join(table.labels)
            yield Difference(table.title or "Table", "", "added table", text, "")


def _find(tables: Sequence[Grid], grid: Grid) -> Grid | None:
    """Return the table that `grid` became: by title and header, by title, or by header."""
    alike = [
        [table for table in tables if table.title == grid.title and table.labels == grid.labels],
        [table for table in tables if table.title == grid.title],
        [table for table in tables if table.labels == grid.labels],
    ]
    return next((found[0] for found in alike if found), None)


def _table(grid: Grid, table: Grid) -> Iterator[Difference]:
    yield from _cells(grid.title, "header", grid.labels, table.labels, grid.labels)
    matched = match_rows(grid.rows, table.rows)
    for said, says in matched.pairs:
        yield from _row(grid, grid.rows[said], table.rows[says])
    for row in matched.gone:
        text = " | ".join(grid.rows[row])
        yield Difference(grid.title, row_name(grid.rows[row]), WHOLE_ROW, "", text)
    for row in matched.added:
        text = " | ".join(table.rows[row])
        yield Difference(grid.title, row_name(table.rows[row]), WHOLE_ROW, text, "")
    if matched.is_reordered:
        kept = sorted(says for _, says in matched.pairs)
        yield Difference(
            grid.title, "", ORDER,
            ", ".join(row_name(table.rows[says]) for says in kept),
            ", ".join(row_name(grid.rows[said]) for said, _ in sorted(matched.pairs)),
        )  # fmt: skip


def _row(grid: Grid, said: tuple[str, ...], says: tuple[str, ...]) -> Iterator[Difference]:
    labels = ("Section",) if len(said) == 1 < len(grid.labels) else grid.labels
    yield from _cells(grid.title, row_name(said), labels, says, said)


def _cells(
    where: str, row: str, labels: Sequence[str], says: Sequence[str], said: Sequence[str]
) -> Iterator[Difference]:
    for label, left, right in zip_longest(labels, says, said, fillvalue=""):
        if not _is_same(left, right):
            text = left.replace(SEAM, "\n")
            yield Difference(where, row, label or "added cell", text, right)


def _is_same(says: str, said: str) -> bool:
    """Return whether two texts are the same; where a cell was cut, a paragraph may go on or end."""
    if SEAM not in says:
        return says == said
    return says.replace(SEAM, " ").split() == said.split()


def _figures(found: Sequence[ChartValues], right: Sequence[ChartValues]) -> Iterator[Difference]:
    for figure, chart in zip_longest(right, found[: len(right)]):
        if chart is None:
            yield Difference(figure.title, "", "whole chart", "", figure.alt_text)
            continue
        # Some programs drop it when they save the file; that says nothing false.
        if chart.alt_text not in {"", figure.alt_text}:
            column = "alternative text"
            yield Difference(figure.title, "", column, chart.alt_text, figure.alt_text)
        labels = ("category",) * len(figure.categories)
        yield from _cells(figure.title, "", labels, chart.categories, figure.categories)
        shown = dict(chart.series)
        for name, values in figure.series:
            yield from _cells(figure.title, name, figure.categories, shown.pop(name, ()), values)
        for name, values in shown.items():
            yield Difference(figure.title, name, "added series", ", ".join(values), "")
