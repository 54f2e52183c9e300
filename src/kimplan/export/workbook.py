"""A workbook of plans: ``kimplan export xlsx``. The same plans and day give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from kimplan import __version__
from kimplan.answers.group import PlanOf, totals_by_owner
from kimplan.answers.naming import one_line, sentence_case
from kimplan.answers.tables.book import BookSheet, book_sheets
from kimplan.answers.tables.book_columns import BookColumn
from kimplan.answers.tables.book_settings import settings_rows
from kimplan.answers.tables.own_book import HEADER, SETTINGS, marks
from kimplan.answers.tables.table import Kind
from kimplan.export.workbook_look import make_look
from kimplan.export.workbook_sheet import Page, SheetWriter
from kimplan.export.workbook_text import fit
from kimplan.files import temporary_folder
from kimplan.model.due import show_day
from kimplan.model.rating import Rating
from kimplan.plural import count

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d mmm yyyy",
}


class Written(NamedTuple):
    """A workbook: its bytes, the names of its sheets, and the places of texts that were cut."""

    data: bytes
    sheets: tuple[str, ...]
    cut: tuple[str, ...]


def write_workbook(plans: Sequence[PlanOf], as_of: date, total: int | None = None) -> Written:
    """Return the workbook of `plans` on the day `as_of`.

    `total` is how many recommendations they have, if some were filtered out. Raises KimplanError
    where a sheet would have more rows than one can have, and OutputError where its parts, which are
    temporary files, cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    with temporary_folder() as folder:
        try:
            return _workbook(plans, as_of, total, folder)
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from error


def _workbook(plans: Sequence[PlanOf], as_of: date, total: int | None, folder: str) -> Written:
    from xlsxwriter import Workbook

    number = sum(len(of.plan.recommendations) for of in plans)
    is_whole = total is None or number == total
    if not is_whole:
        plans = [_with_their_owners(of, as_of) for of in plans]
    buffer = io.BytesIO()
    with Workbook(buffer, _OPTIONS | {"tmpdir": folder}) as book:
        page = _page(plans, as_of)
        if not is_whole:
            part = f"{number:,} of {count(total or 0, 'recommendation')}"
            page = page._replace(position=f"{page.position}, {part}")
        book.set_properties(
            {
                "title": fit(page.title)[0],
                "company": fit(page.organisation)[0],
                "comments": f"{sentence_case(page.position)}. Made by kimplan {__version__}.",
                "created": datetime.combine(as_of, time(), UTC),
            }
        )
        writer = SheetWriter(book, make_look(book), page)
        ratings = _ratings(plans)
        sheets = book_sheets(plans, as_of)
        if len(plans) == 1 and not plans[0].name:
            sheets.append(_settings_sheet(plans[0], as_of, is_whole=is_whole))
        for sheet in sheets:
            writer.write(sheet, ratings)
    return Written(buffer.getvalue(), tuple(sheet.name for sheet in sheets), tuple(writer.cut))


def _with_their_owners(of: PlanOf, as_of: date) -> PlanOf:
    """Return a plan with no other owners than those of its recommendations."""
    roles = {total.name for total in totals_by_owner([of], as_of)}
    owners = tuple(owner for owner in of.plan.owners if owner.role in roles)
    return of._replace(plan=of.plan._replace(owners=owners))


def _page(plans: Sequence[PlanOf], as_of: date) -> Page:
    settings = plans[0].plan.settings
    position = f"position at {show_day(as_of)}"
    if len(plans) == 1:
        return Page(one_line(settings.title), position, one_line(settings.organisation))
    names = dict.fromkeys(one_line(one.plan.settings.organisation) for one in plans)
    return Page(f"{len(plans)} action plans", position, ", ".join(names))


def _ratings(plans: Sequence[PlanOf]) -> dict[str, Rating]:
    """Return the ratings by their labels, those of the first plan first."""
    found: dict[str, Rating] = {}
    for member in plans:
        labels = member.plan.settings.ratings
        for rating in labels.scheme.ratings:
            found.setdefault(labels[rating].label, rating)
    return found


def _settings_sheet(member: PlanOf, as_of: date, *, is_whole: bool) -> BookSheet:
    columns = (
        BookColumn("setting", HEADER[0], Kind.WORDS),
        BookColumn("value", HEADER[1], Kind.WORDS),
    )
    rows = [*marks(as_of, is_whole=is_whole), *settings_rows(member.plan.settings)]
    return BookSheet(SETTINGS, columns, list(rows))
