"""A plan and a date to the report as a document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

from kimplan.model.language import Language
from kimplan.model.plan import Plan
from kimplan.report.cells import as_label, cell
from kimplan.report.document import (
    Cell,
    DocumentPart,
    Element,
    Figure,
    ReportDocument,
    SectionRow,
    Table,
    TableRow,
    Words,
)
from kimplan.report.only import Extract, Only
from kimplan.report.parts import PARTS, Part
from kimplan.report.position import position_of
from kimplan.report.request import Request


def build_report(
    plan: Plan, request: Request, parts: Collection[str] | None = None
) -> ReportDocument:
    """Return what the report of `plan` says on the day `request.as_of`.

    `parts` are the names of those that are wanted, if not all are. Of a part of the plan nothing
    knows the rest, but for the sentences that say that it is a part.
    """
    if request.only is not None:
        plan, request = _part(plan, request, request.only)
    settings = plan.settings
    return ReportDocument(
        words=_words(plan, request),
        as_of=request.as_of,
        parts=tuple(_parts(plan, request, parts)),
        layout=request.layout_of(plan),
        font_size=request.font_size_of(plan),
        origin=request.origin,
        page=plan.settings.report.page,
        language=settings.language if "language" in settings.model_fields_set else None,
    )


def _part(plan: Plan, request: Request, only: Only) -> tuple[Plan, Request]:
    part = only.of(plan)
    numbers = len(part.recommendations), len(plan.recommendations)
    settings = plan.settings
    extract = Extract(*numbers, only.describe(settings), settings.language)
    since = request.since.of(only) if request.since else None
    return part, request._replace(since=since, extract=extract)


def _words(plan: Plan, request: Request) -> Words:
    settings = plan.settings
    say = settings.language.say
    day = say("Position at {day}", day=settings.language.day(request.as_of))
    title, organisation = as_label(settings.title), settings.organisation
    part = request.extract
    return Words(
        title=title,
        subtitle=" · ".join(
            [
                organisation,
                say("Report to the {audience}", audience=settings.audience),
                day,
                *([part.numbers] if part else []),
            ]
        ),
        organisation=organisation,
        position=position_of(plan, request),
        header=f"{organisation} – {title}",
        footer=" · ".join(
            [
                day,
                *([say("Part of the plan: {numbers}", numbers=part.numbers)] if part else []),
                request.version,
            ]
        ),
    )


def _parts(plan: Plan, request: Request, wanted: Collection[str] | None) -> Iterator[DocumentPart]:
    numbers, mark = count(1), plan.settings.report.empty_cell
    for part in PARTS:
        if wanted is not None and part.name not in wanted:
            continue
        elements = tuple(
            _finished(part.build(plan, request), numbers, mark, plan.settings.language)
        )
        if elements:
            begins_page = _begins_page(part, elements, has_changes=request.since is not None)
            yield DocumentPart(part.name, elements, begins_page, part.is_wide)


def _begins_page(part: Part, elements: Sequence[Element], *, has_changes: bool) -> bool:
    """Return whether a part begins a page: not for a sentence, and not below a short first page."""
    has_table = any(isinstance(element, Table) for element in elements)
    return part.begins_page and has_changes and has_table


def _finished(
    elements: Iterable[Element], numbers: Iterator[int], mark: str, language: Language
) -> Iterator[Element]:
    """Yield the elements with the figures numbered and the empty cells filled."""
    for element in elements:
        if isinstance(element, Figure):
            yield element._replace(label=language.say("Figure {number}", number=next(numbers)))
        elif isinstance(element, Table) and mark:
            yield _filled(element, cell(mark))
        else:
            yield element


def _filled(table: Table, mark: Cell) -> Table:
    """Return `table` with `mark` in its empty cells."""
    return table._replace(rows=tuple(_filled_row(row, mark) for row in table.rows))


def _filled_row(row: TableRow | SectionRow, mark: Cell) -> TableRow | SectionRow:
    if isinstance(row, SectionRow) or all(each.blocks for each in row.cells):
        return row
    return row._replace(cells=tuple(each if each.blocks else mark for each in row.cells))
