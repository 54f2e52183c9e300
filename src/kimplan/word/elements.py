"""The elements of a document's part as WordprocessingML, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.report.document import DocumentPart, Element, Figure, Heading, Paragraph, Role, Table
from kimplan.word.markup import KEEP_NEXT, NO_HEIGHT, BlockWriter, paragraph, text_run, top_level
from kimplan.word.page import GAP, LEFT
from kimplan.word.tables import Setting, write_table

NEW_PAGE = "<w:pageBreakBefore/>"
_COLUMN_BREAK = '<w:r><w:br w:type="column"/></w:r>'
_STYLES = {Role.NOTE: "kimplan Note"}
_BULLET_STEP = 340  # the indentation of a bullet outside of tables, in twips a level


class Beside(NamedTuple):
    """A figure beside what comes before it below the same heading, by their places in a part.

    `above` and `two` are the section properties that end the text above two columns, and these.
    """

    heading: int
    figure: int
    above: str
    two: str


class Frame(NamedTuple):
    """Where a part stands: its width and height in twips, and its first paragraph's properties.

    `figures` are the runs that show them; `needs_end` tells that what follows is no paragraph.
    """

    width: int
    height: int
    first: str
    figures: tuple[str, ...]
    beside: Beside | None
    needs_end: bool


def find_beside(elements: Sequence[Element]) -> tuple[int, int] | None:
    """Return the places of a figure that may stand beside what comes before it, and its heading."""
    heading = None
    for at, element in enumerate(elements):
        if isinstance(element, Heading):
            heading = at
        elif isinstance(element, Figure) and element.beside and heading is not None:
            return heading, at
    return None


def figure_width(place: int, width: int, beside: tuple[int, int] | None) -> int:
    """Return how wide the figure at `place` of a part is in text of this width, in twips."""
    return width - LEFT - GAP if beside and place == beside[1] else width


def write_part(part: DocumentPart, setting: Setting, frame: Frame) -> Iterator[str]:
    """Yield the elements of `part`, of which the first is no table."""
    figures = iter(frame.figures)
    later = [*part.elements[1:], None]
    before = frame.first
    for at, (element, following) in enumerate(zip(part.elements, later, strict=True)):
        match element:
            case Heading():
                yield _heading(element, setting, before, _above(frame, at))
            case Paragraph():
                yield _paragraph(element, setting, before, following)
            case Table():
                yield from write_table(element, setting, _width(frame, at), frame.height)
            case Figure():
                beside = frame.beside if _is_beside(frame, at) else None
                yield from _figure(element, setting, before, next(figures), beside)
        before = ""
    if frame.needs_end and isinstance(part.elements[-1], Table):
        # Word wants a paragraph between a table and another one, or the end of a section.
        yield top_level(paragraph(text_run(""), setting.styles["Normal"], NO_HEIGHT))


def _is_beside(frame: Frame, at: int) -> bool:
    return frame.beside is not None and at == frame.beside.figure


def _above(frame: Frame, at: int) -> str:
    return frame.beside.above if frame.beside and at == frame.beside.heading else ""


def _width(frame: Frame, at: int) -> int:
    beside = frame.beside
    return LEFT if beside and beside.heading < at < beside.figure else frame.width


def _heading(heading: Heading, setting: Setting, before: str, properties: str) -> str:
    style = setting.styles[f"heading {heading.level}"]
    return top_level(paragraph(text_run(heading.text), style, properties, before))


def _paragraph(element: Paragraph, setting: Setting, before: str, following: Element | None) -> str:
    styles = setting.styles
    leads = element.role is Role.INTRODUCTION and isinstance(following, Table)
    keep = KEEP_NEXT if leads else ""
    write = BlockWriter(
        styles[_STYLES.get(element.role, "Normal")],
        styles["List Bullet"],
        setting.links.opening,
        keep + before,
        step=_BULLET_STEP,
        deep_style=styles["kimplan Cell Bullet"],
    )
    return top_level(write([element.block]))


def _figure(
    figure: Figure, setting: Setting, before: str, run: str, beside: Beside | None
) -> Iterator[str]:
    """Yield the chart and its caption; `beside` tells how it stands beside other elements."""
    chart = (_COLUMN_BREAK if beside else "") + run
    yield top_level(paragraph(chart, setting.styles["Normal"], before=KEEP_NEXT + before))
    caption, end = text_run(figure.whole_caption), beside.two if beside else ""
    yield top_level(paragraph(caption, setting.styles["caption"], end))
