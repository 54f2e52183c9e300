"""The cells of an exported workbook once more, written with nothing but XlsxWriter.

python3 benchmarks/bare_workbook.py PLAN FILE    prints the seconds of processor time
"""

from __future__ import annotations

import sys
import time
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook

from kimplan.answers.group import alone
from kimplan.answers.tables.book import BookSheet, book_sheets
from kimplan.linter import load

_AS_OF = date(2024, 5, 31)


def write_bare(sheets: list[BookSheet], path: Path) -> float:
    """Write `sheets` without any look but of dates, and return the seconds of processor time."""
    started = time.process_time()
    with Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "d mmm yyyy"})
        for sheet in sheets:
            paper = book.add_worksheet(sheet.name)
            for at, column in enumerate(sheet.columns):
                paper.write_string(0, at, column.label)
            for number, row in enumerate(sheet.rows, 1):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        paper.write_string(number, at, value)
                    elif isinstance(value, int):
                        paper.write_number(number, at, value)
                    elif isinstance(value, date):
                        moment = datetime(value.year, value.month, value.day)
                        paper.write_datetime(number, at, moment, day)
    return time.process_time() - started


def main() -> None:
    plan = load(Path(sys.argv[1])).plan
    if plan is None:
        raise SystemExit("the plan has errors")
    print(write_bare(book_sheets(alone(plan), _AS_OF), Path(sys.argv[2])))


if __name__ == "__main__":
    main()
