"""One sheet of a workbook: a table with its header, its cells, and how it is printed.

No text of a plan is ever a formula, a number or a link by its look: each is written as what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from kimplan.answers.tables.book import BookSheet, Shown
from kimplan.answers.tables.book_columns import BookColumn
from kimplan.answers.tables.formula_mark import marked
from kimplan.answers.tables.plain_cell import as_text
from kimplan.answers.tables.prose_cells import from_cell, to_cell
from kimplan.answers.tables.table import Kind
from kimplan.errors import KimplanError
from kimplan.export.workbook_heights import height, printed, widths
from kimplan.export.workbook_look import Look
from kimplan.export.workbook_text import can_be_rich, fit, header_text
from kimplan.model.rating import Rating

_MOST_ROWS = 1_048_576
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_ESCAPED = '%"<>[]^`{} '  # of an address; each becomes three characters
_LONGEST_LABEL = 200  # characters of a rating's label that a condition can name
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year: what lies before is a day off
_WEB = ("http://", "https://")
_FROZEN = frozenset({"plan", "ref"})
_DATES = frozenset({"due", "due_last_day", "days_late"})
_PAPER_A4 = 9
_ROOM = 110  # characters of a part of a page's header


class Page(NamedTuple):
    """What stands above and below each printed page."""

    title: str
    position: str
    organisation: str


class SheetWriter:
    """Writes sheets into a workbook; `cut` are the places of texts that no cell can hold whole."""

    def __init__(self, book: Any, look: Look, page: Page) -> None:
        self._book, self._look, self._page = book, look, page
        self._links = 0
        self.cut: list[str] = []

    def write(self, sheet: BookSheet, ratings: Mapping[str, Rating]) -> None:
        """Write a sheet; `ratings` are the ratings by their labels.

        Raises KimplanError where it has more rows than a sheet can have.
        """
        if len(sheet.rows) >= _MOST_ROWS:
            message = f"{len(sheet.rows):,} rows are more than a sheet of a workbook can have"
            hint = "Choose some of them with --section, --owner or --rag, or export csv."
            raise KimplanError(message, hint)
        paper, wide = self._book.add_worksheet(sheet.name), widths(sheet)
        self._lay_out(paper, sheet, wide)
        for at, column in enumerate(sheet.columns):
            paper.write_string(0, at, as_text(fit(column.label)[0]), self._look.header)
        for number, row in enumerate(sheet.rows, 1):
            paper.set_row(number, height(sheet, row, wide))
            for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                self._cell(paper, number, at, column, value)
        if not sheet.rows and sheet.otherwise:
            paper.write_string(1, 0, sheet.otherwise, self._look.note)
        if sheet.rows:
            self._mark(paper, sheet, ratings)

    def _lay_out(self, paper: Any, sheet: BookSheet, wide: Sequence[float]) -> None:
        columns = sheet.columns
        for at, width in enumerate(wide):
            paper.set_column(at, at, width)
        frozen = [at for at, column in enumerate(columns[:2]) if column.key in _FROZEN]
        paper.freeze_panes(1, frozen[-1] + 1 if frozen else 0)
        if sheet.rows:
            paper.autofilter(0, 0, len(sheet.rows), len(columns) - 1)
        paper.ignore_errors({"number_stored_as_text": f"A1:XFD{len(sheet.rows) + 1}"})
        paper.set_row(0, 30)
        paper.set_landscape()
        paper.set_paper(_PAPER_A4)
        paper.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(0)
        last = printed(
            wide, max((at for at, one in enumerate(columns, 1) if one.is_main), default=1)
        )
        paper.print_area(0, 0, max(len(sheet.rows), 1), last - 1)
        page = self._page
        title, name = header_text(page.title, _ROOM), header_text(sheet.name, 40)
        paper.set_header(f'&L&"Arial,Bold"{title}&R&"Arial,Regular"{name}, {page.position}')
        owner = header_text(page.organisation, _ROOM)
        paper.set_footer(f'&L&"Arial,Regular"{owner}&R&"Arial,Regular"Page &P of &N')

    def _cell(self, paper: Any, row: int, at: int, column: BookColumn, value: Shown) -> None:
        look = self._look
        if value is None:
            paper.write_blank(row, at, None, look.text)
        elif isinstance(value, int):
            paper.write_number(row, at, value, look.number)
        elif isinstance(value, date):
            if value >= _FIRST_DAY:
                paper.write_datetime(
                    row, at, datetime.combine(value, datetime.min.time()), look.date
                )
            else:
                paper.write_string(row, at, value.isoformat(), look.text)
        elif column.kind is Kind.PROSE:
            self._prose(paper, row, at, column, value)
        elif column.kind is Kind.LINK and self._is_link(value):
            self._links += 1
            paper.write_url(row, at, value, look.link, string=value)
        else:
            self._text(paper, row, at, column, value)

    def _is_link(self, text: str) -> bool:
        return (
            text.lower().startswith(_WEB)
            and len(text.encode()) + 2 * sum(map(text.count, _ESCAPED)) <= _LONGEST_LINK
            and self._links < _MOST_LINKS
            and text.isprintable()
        )

    def _prose(self, paper: Any, row: int, at: int, column: BookColumn, value: str) -> None:
        runs = to_cell(value)
        if len(runs) < 2 or not can_be_rich(runs):
            text = runs[0].text if len(runs) == 1 else from_cell(runs)
            self._text(paper, row, at, column, text)
            return
        parts: list[Any] = []
        for run in runs:
            parts += [self._look.bold if run.bold else self._look.plain, run.text]
        paper.write_rich_string(row, at, *parts, self._format(runs[0].text))

    def _text(self, paper: Any, row: int, at: int, column: BookColumn, value: str) -> None:
        text, is_cut = fit(value)
        if is_cut:
            self.cut.append(f"{paper.get_name()}, row {row + 1}, {column.label}")
        paper.write_string(row, at, as_text(text), self._format(text))

    def _format(self, text: str) -> Any:
        is_risky = marked(text) is not text  # for whoever types in the cell, or copies it
        return self._look.quoted if is_risky else self._look.text

    def _mark(self, paper: Any, sheet: BookSheet, ratings: Mapping[str, Rating]) -> None:
        """Colour the ratings and what is overdue by conditions, so that they follow an edit."""
        last = len(sheet.rows)
        keys = [column.key for column in sheet.columns]
        if "rating" in keys:
            at = keys.index("rating")
            for label, rating in ratings.items():
                if len(label) <= _LONGEST_LABEL:
                    paper.conditional_format(
                        1, at, last, at, self._condition(label, self._look.ratings[rating])
                    )
        for key in ("days_late", "overdue", "overdue_actions"):
            if key in keys:
                self._mark_late(paper, keys, keys.index(key), last)

    def _mark_late(self, paper: Any, keys: Sequence[str], days: int, last: int) -> None:
        from xlsxwriter.utility import xl_col_to_name

        marked = (
            [at for at, key in enumerate(keys) if key in _DATES]
            if keys[days] == "days_late"
            else [days]
        )
        for at in marked:
            criteria = f"=N(${xl_col_to_name(days)}2)>0"
            condition = {"type": "formula", "criteria": criteria, "format": self._look.late}
            paper.conditional_format(1, at, last, at, condition)

    def _condition(self, label: str, look: Any) -> dict[str, Any]:
        quoted = '"' + fit(label)[0].replace('"', '""') + '"'
        return {"type": "cell", "criteria": "==", "value": f"={quoted}", "format": look}
