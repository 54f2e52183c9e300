"""A plan and a date to the report as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.report.cells import as_label
from kimplan.report.document import DocumentPart, Element, Figure, ReportDocument, Words
from kimplan.report.parts import PARTS
from kimplan.report.position import describe_position
from kimplan.report.request import Request
from kimplan.summary import summarise


def build_report(plan: Plan, request: Request) -> ReportDocument:
    """Return what the report of `plan` says on the day `request.as_of`."""
    return ReportDocument(
        words=_words(plan, request),
        as_of=request.as_of,
        parts=tuple(_parts(plan, request)),
        layout=request.layout_of(plan),
        font_size=request.font_size_of(plan),
        origin=request.origin,
        page=plan.settings.report.page,
    )


def _words(plan: Plan, request: Request) -> Words:
    settings = plan.settings
    day = f"Position at {show_day(request.as_of)}"
    title, organisation = as_label(settings.title), settings.organisation
    summary = summarise(plan.recommendations, request.as_of)
    return Words(
        title=title,
        subtitle=f"{organisation} · Report to the {settings.audience} · {day}",
        organisation=organisation,
        position=describe_position(summary, settings.ratings, organisation),
        header=f"{organisation} – {title}",
        footer=f"{day} · {request.version}",
    )


def _parts(plan: Plan, request: Request) -> Iterator[DocumentPart]:
    numbers = count(1)
    for part in PARTS:
        elements = tuple(_numbered(part.build(plan, request), numbers))
        if elements:
            yield DocumentPart(part.name, elements, part.begins_page, part.is_wide)


def _numbered(elements: Iterable[Element], numbers: Iterator[int]) -> Iterator[Element]:
    for element in elements:
        if isinstance(element, Figure):
            yield element._replace(number=next(numbers))
        else:
            yield element
