"""The report into a template, and the whole into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import chain
from pathlib import Path
from typing import Any

from docx.document import Document

from kimplan.errors import TemplateError
from kimplan.files import write_whole
from kimplan.model.language import ENGLISH
from kimplan.model.plan import PageChoice
from kimplan.report.cells import CONTINUED
from kimplan.report.document import DocumentPart, Figure, ReportDocument, Table, TableRow
from kimplan.verify.made import Made, made_properties
from kimplan.verify.plain_text import margin_mark
from kimplan.word.chart import add_chart, drawing_run
from kimplan.word.columns import Text
from kimplan.word.elements import (
    NEW_PAGE,
    Beside,
    Frame,
    figure_width,
    find_beside,
    write_part,
)
from kimplan.word.fonts import cell_font
from kimplan.word.kinds import SAVE_AGAIN
from kimplan.word.language import set_language
from kimplan.word.links import Links
from kimplan.word.margins import read_margins
from kimplan.word.markers import PLACEHOLDER, place_markers
from kimplan.word.markup import TWIPS_PER_MM
from kimplan.word.package import write_package
from kimplan.word.page import (
    break_into_two,
    has_room_for_two,
    section_properties,
    text_height,
    text_width,
)
from kimplan.word.proof import BrokenPackageError
from kimplan.word.properties import set_properties
from kimplan.word.sections import begins_page, give_sections
from kimplan.word.styles import StyleIds, add_missing_styles, cell_points, set_cell_points
from kimplan.word.tables import Setting
from kimplan.word.tags import qn
from kimplan.word.template import open_default, open_template
from kimplan.word.visible import Eye


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
    try:
        write_whole(target, lambda out: write_package(word, blocks, out))
    except BrokenPackageError as error:
        if not template:
            raise
        message = f"the template {template} cannot be used: the report would be broken: {error}"
        raise TemplateError(message, SAVE_AGAIN) from error
    return blocks.names


def _prepare(word: Document, document: ReportDocument) -> _Blocks:
    add_missing_styles(word)
    if document.font_size:
        set_cell_points(word, document.font_size)
    placed = place_markers(word, document.words)
    _set_core_properties(word, document)
    if document.language:
        set_language(word, document.language)
    blocks = _Blocks(word, document, is_new_page=placed.begins_page)
    if document.origin:
        marks = tuple(map(margin_mark, chain(*read_margins(word, Eye(word.styles.element)))))
        shape = (blocks.names, placed.words, placed.has_own_text, marks)
        made = Made(document.origin, document.as_of, document.layout, *shape)
        set_properties(word, made_properties(made))
    return blocks


def _set_core_properties(word: Document, document: ReportDocument) -> None:
    properties = word.core_properties
    moment = datetime.combine(document.as_of, time())
    properties.title = document.words.title[:255]
    properties.author = document.words.organisation[:255]
    properties.last_modified_by = "kimplan"
    properties.revision = 1
    properties.created = properties.modified = moment


class _Blocks:
    """Makes the text of each part when the package comes to its placeholder."""

    def __init__(self, word: Document, document: ReportDocument, *, is_new_page: bool) -> None:
        self._word = word
        self._as_of = document.as_of
        body = word.element.body
        found = {
            place.text: place
            for place in body.iterchildren()
            if getattr(place, "target", "") == PLACEHOLDER
        }
        self.names = tuple(found)
        self._parts = {part.name: part for part in document.parts if part.name in found}
        self._give_sections(document, found)
        self._next_drawing = max(_drawing_ids(body), default=0) + 1
        bookmarks = {mark.get(qn("w:name"), "") for mark in body.iter(qn("w:bookmarkStart"))}
        anchors = frozenset(_anchors(self._parts.values()))
        links = Links(word.part, _next_id(body, "w:bookmarkStart"), bookmarks, anchors)
        text = Text(cell_points(word), cell_font(word))
        continued = (document.language or ENGLISH).say(CONTINUED)
        self._setting = Setting(StyleIds(word), links, text, continued)
        self._frames = {
            name: self._frame(part, found[name], is_first=is_new_page and name == self.names[0])
            for name, part in self._parts.items()
        }

    def __call__(self, name: str) -> Iterator[str]:
        """Yield the text of the part called `name`."""
        if name in self._parts:
            yield from write_part(self._parts[name], self._setting, self._frames[name])

    def _frame(self, part: DocumentPart, placeholder: Any, *, is_first: bool) -> Frame:
        """Return where `part` stands, and do what changes other parts of the file before that."""
        properties = section_properties(placeholder)
        width = text_width(properties)
        found = find_beside(part.elements) if has_room_for_two(properties) else None
        beside = Beside(*found, *break_into_two(properties)) if found else None
        figures = [
            self._add_chart(element, figure_width(at, width, found))
            for at, element in enumerate(part.elements)
            if isinstance(element, Figure)
        ]
        wants_page = (part.begins_page or is_first) and not begins_page(placeholder)
        first = NEW_PAGE if wants_page else ""
        return Frame(
            width,
            text_height(properties),
            first,
            tuple(figures),
            beside,
            self._needs_end(placeholder),
        )

    def _give_sections(self, document: ReportDocument, found: dict[str, Any]) -> None:
        """Give the parts that have something to say the pages that they need."""
        may_turn = document.page is PageChoice.LANDSCAPE
        absent = [place for name, place in found.items() if name not in self._parts]
        for place in absent:
            place.getparent().remove(place)
        give_sections(
            self._word.element.body,
            [place for name, place in found.items() if name in self._parts],
            lambda place: may_turn and self._parts[place.text].is_wide,
        )

    def _add_chart(self, figure: Figure, width: int) -> str:
        """Add the chart's own part to the file, and return the run that shows it."""
        relationship = add_chart(self._word, figure, self._as_of, width / TWIPS_PER_MM)
        number, self._next_drawing = self._next_drawing, self._next_drawing + 1
        return drawing_run(relationship, figure, number, width / TWIPS_PER_MM)

    def _needs_end(self, placeholder: Any) -> bool:
        """Return whether what follows does not begin with a paragraph."""
        for element in placeholder.itersiblings():
            if getattr(element, "target", "") == PLACEHOLDER:
                if element.text in self._parts:
                    return False
            else:
                return bool(element.tag != qn("w:p"))
        return True


def _anchors(parts: Iterable[DocumentPart]) -> Iterator[str]:
    """Yield the refs of the rows that links can lead to."""
    for part in parts:
        for table in part.elements:
            if isinstance(table, Table):
                rows = (row for row in table.rows if isinstance(row, TableRow))
                yield from (row.anchor for row in rows if row.anchor)


def _next_id(body: Any, tag: str) -> int:
    numbers = [element.get(qn("w:id"), "") for element in body.iter(qn(tag))]
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def _drawing_ids(body: Any) -> list[int]:
    return [
        int(found) for found in body.xpath("//*[local-name()='docPr']/@id") if found.isdecimal()
    ]
