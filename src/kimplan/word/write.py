"""The report into a template, and the whole into a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from kimplan.errors import TemplateError
from kimplan.files import write_whole
from kimplan.model.plan import Layout
from kimplan.report.document import GLANCE, Chart, Listing, ReportDocument
from kimplan.word.chart import add_chart, drawing_run
from kimplan.word.columns import CHANGES, LISTING, MOVES, Text
from kimplan.word.links import Links
from kimplan.word.markers import PLACEHOLDER, place_markers
from kimplan.word.markup import KEEP_NEXT, TWIPS_PER_MM, paragraph, text_run, top_level
from kimplan.word.origin import Shape, set_origin
from kimplan.word.package import write_package
from kimplan.word.page import (
    GAP,
    LEFT,
    break_into_two,
    has_room_for_two,
    section_properties,
    text_width,
)
from kimplan.word.styles import StyleIds, add_missing_styles, cell_points, set_cell_points
from kimplan.word.tables import (
    Setting,
    counts_table,
    listing_table,
    plan_table,
    section_tables,
)
from kimplan.word.template import open_default, open_template
from kimplan.word.vetting import SAVE_AGAIN

_NEW_PAGE = "<w:pageBreakBefore/>"
_NO_HEIGHT = '<w:spacing w:after="0" w:line="20" w:lineRule="exact"/>'
_SIZES = {"changes": CHANGES, "moves": MOVES}
_COLUMN_BREAK = '<w:r><w:br w:type="column"/></w:r>'


def write_template(target: Path) -> None:
    """Write the default template to `target`, for an organisation to restyle in Word."""
    document = open_default()
    write_whole(target, lambda out: write_package(document, lambda name: (), out))


def write_report(
    document: ReportDocument, target: Path, template: Path | None = None
) -> tuple[str, ...]:
    """Write `document` to `target`, in the look of `template` or of the default one.

    Return the names of the parts that the template has room for. The file is written whole or not
    at all. Raises TemplateError and OutputError.
    """
    word = open_template(template) if template else open_default()
    try:
        blocks = _prepare(word, document)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        if not template:
            raise
        message = f"the template {template} cannot be used: Word's parts in it are broken"
        raise TemplateError(message, SAVE_AGAIN) from error
    write_whole(target, lambda out: write_package(word, blocks, out))
    return blocks.names


def _prepare(word: Document, document: ReportDocument) -> _Blocks:
    add_missing_styles(word)
    if document.font_size:
        set_cell_points(word, document.font_size)
    placed = place_markers(word, document)
    _set_properties(word, document)
    blocks = _Blocks(word, document, begins_page=placed.begins_page)
    if document.origin:
        shape = Shape(blocks.names, placed.words, placed.has_own_text)
        set_origin(word, document, document.origin, shape)
    return blocks


def _set_properties(word: Document, document: ReportDocument) -> None:
    properties = word.core_properties
    moment = datetime.combine(document.as_of, time())
    properties.title = document.title[:255]
    properties.author = document.organisation[:255]
    properties.last_modified_by = "kimplan"
    properties.revision = 1
    properties.created = properties.modified = moment


class _Blocks:
    """Makes the text of each block when the package comes to its placeholder."""

    def __init__(self, word: Document, document: ReportDocument, *, begins_page: bool) -> None:
        self._document = document
        self._first = _NEW_PAGE if begins_page else ""
        self._styles = StyleIds(word)
        body = word.element.body
        names = {mark.get(qn("w:name"), "") for mark in body.iter(qn("w:bookmarkStart"))}
        self._places = {
            place.text: section_properties(place)
            for place in body.iterchildren()
            if getattr(place, "target", "") == PLACEHOLDER
        }
        self._links = Links(
            word.part, _next_id(body, "w:bookmarkStart"), names, has_rows="plan" in self._places
        )
        self._makers = {
            "summary": self._summary,
            "changes": lambda: self._listing("changes", document.changes, ""),
            "overdue": lambda: self._listing("overdue", document.overdue, _NEW_PAGE),
            "due-soon": lambda: self._listing("due-soon", document.due_soon, ""),
            "trend": self._trend,
            "plan": self._plan,
            "moves": self._moves,
        }
        refs = (len(row.ref) for section in document.sections for row in section.rows)
        self._text = Text(cell_points(word), max(refs, default=0))
        self._charts: dict[str, str] = {}
        self._next_drawing = max(_drawing_ids(body), default=0) + 1
        self._breaks: tuple[str, str] | None = None
        if "summary" in self._places:
            self._prepare_summary(word)
        if "trend" in self._places and document.trend:
            width = text_width(self._places["trend"])
            self._add_chart("trend", word, document.trend.chart, width)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the blocks that the document has room for, in its order."""
        return tuple(self._places)

    def __call__(self, name: str) -> Iterator[str]:
        """Yield the text of the block called `name`."""
        return self._makers[name]()

    def _prepare_summary(self, word: Document) -> None:
        """Do what changes other parts of the document, before any of it is written."""
        properties = self._places["summary"]
        width = text_width(properties)
        if has_room_for_two(properties):
            self._breaks = break_into_two(properties)
            width -= LEFT + GAP
        self._add_chart("summary", word, self._document.chart, width)

    def _add_chart(self, name: str, word: Document, chart: Chart, width: int) -> None:
        relationship = add_chart(word, chart, self._document.as_of)
        number, self._next_drawing = self._next_drawing, self._next_drawing + 1
        self._charts[name] = drawing_run(relationship, chart, number, width / TWIPS_PER_MM)

    def _setting(self, name: str) -> Setting:
        return Setting(self._styles, self._links, text_width(self._places[name]), self._text)

    def _line(self, text: str, style: str, before: str = "", properties: str = "") -> str:
        return top_level(paragraph(text_run(text), self._styles[style], properties, before))

    def _summary(self) -> Iterator[str]:
        document, setting = self._document, self._setting("summary")
        above, two = self._breaks or ("", "")
        width = LEFT if two else setting.width
        yield self._line(document.position, "Normal", self._first)
        yield self._line(GLANCE, "heading 1", properties=above)
        yield from counts_table(document.counts, setting, width)
        yield self._line(document.counts_note, "kimplan Note")
        chart = (_COLUMN_BREAK if two else "") + self._charts["summary"]
        yield top_level(paragraph(chart, self._styles["Normal"], before=KEEP_NEXT))
        yield self._line(document.chart.caption, "caption", properties=two)

    def _trend(self) -> Iterator[str]:
        if trend := self._document.trend:
            yield self._line(trend.heading, "heading 1")
            chart = self._charts["trend"]
            yield top_level(paragraph(chart, self._styles["Normal"], before=KEEP_NEXT))
            yield self._line(trend.chart.caption, "caption")

    def _moves(self) -> Iterator[str]:
        yield from self._listing("moves", self._document.moves, _NEW_PAGE)
        if self._document.moves:
            yield self._line("", "Normal", properties=_NO_HEIGHT)

    def _listing(self, name: str, listing: Listing | None, before: str) -> Iterator[str]:
        if listing is None:
            return
        yield self._line(listing.heading, "heading 1", before)
        keep = KEEP_NEXT if listing.rows else ""
        yield self._line(listing.introduction, "Normal", keep)
        if listing.rows:
            yield from listing_table(listing, self._setting(name), _SIZES.get(name, LISTING))
        if listing.note:
            yield self._line(listing.note, "kimplan Note")

    def _plan(self) -> Iterator[str]:
        document, setting = self._document, self._setting("plan")
        yield self._line(document.plan_heading, "heading 1", _NEW_PAGE)
        tables = section_tables if document.layout is Layout.SECTIONS else plan_table
        yield from tables(document, setting)
        # Word wants a paragraph between a table and the end of a section.
        yield self._line("", "Normal", properties=_NO_HEIGHT)


def _next_id(body: Any, tag: str) -> int:
    numbers = [element.get(qn("w:id"), "") for element in body.iter(qn(tag))]
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def _drawing_ids(body: Any) -> list[int]:
    return [
        int(found) for found in body.xpath("//*[local-name()='docPr']/@id") if found.isdecimal()
    ]
