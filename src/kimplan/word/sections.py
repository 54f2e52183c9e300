"""Pages of their own for the report's parts: one column, and across where a table is wide."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from docx.oxml.parser import parse_xml
from lxml import etree

from kimplan.word.markup import NO_HEIGHT, top_level
from kimplan.word.page import (
    go_on,
    has_columns,
    inherit_margins,
    is_portrait,
    section_properties,
    set_one_column,
    turn,
)
from kimplan.word.tags import qn

NEXT_PAGE, SAME_PAGE = "nextPage", "continuous"
_BREAK = top_level(f"<w:p><w:pPr>{NO_HEIGHT}</w:pPr></w:p>")


class _Wish(NamedTuple):
    """How a part's page must differ from the template's."""

    turned: bool
    one_column: bool


def give_sections(body: Any, placeholders: Iterable[Any], is_turned: Callable[[Any], bool]) -> None:
    """Put section breaks around those of the `placeholders` that need another page than theirs.

    A part stands in one column; one for which `is_turned` says so lies across on a portrait page.
    Placeholders that follow each other share a section.
    """
    for run in list(_runs(placeholders)):
        for wish, alike in groupby(run, key=lambda place: _wish(place, is_turned)):
            if any(wish):
                _give_section(body, list(alike), wish)


def _runs(placeholders: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the placeholders between which nothing stands."""
    run: list[Any] = []
    for place in placeholders:
        if run and run[-1].getnext() is not place:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _wish(place: Any, is_turned: Callable[[Any], bool]) -> _Wish:
    properties = section_properties(place)
    return _Wish(is_turned(place) and is_portrait(properties), has_columns(properties))


def _give_section(body: Any, run: list[Any], wish: _Wish) -> None:
    around = section_properties(run[0])
    if around is None:
        around = etree.SubElement(body, qn("w:sectPr"))
    kind = NEXT_PAGE if wish.turned else SAME_PAGE
    own = copy.deepcopy(around)
    if _begins_section(run[0]):
        if wish.turned and not _is_first(run[0]):
            go_on(own, kind)
    else:
        run[0].addprevious(_break(copy.deepcopy(around)))
        go_on(own, kind)
        inherit_margins(own)
    set_one_column(own)
    if wish.turned:
        turn(own)
    if _ends_section(run[-1], around):
        parent: Any = around.getparent()
        parent.replace(around, own)
    else:
        run[-1].addnext(_break(own))
        go_on(around, kind)


def begins_page(place: Any) -> bool:
    """Return whether a placeholder stands at the top of a page already."""
    before = place.getprevious()
    if before is None:
        return True
    properties = section_properties(place)
    kind = properties.find(qn("w:type")) if properties is not None else None
    is_same_page = kind is not None and kind.get(qn("w:val")) == SAME_PAGE
    return _begins_section(place) and not is_same_page


def _is_first(place: Any) -> bool:
    return place.getprevious() is None


def _begins_section(place: Any) -> bool:
    before = place.getprevious()
    return before is None or before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _ends_section(place: Any, properties: Any) -> bool:
    """Return whether nothing stands between a placeholder and the end of its section."""
    after = place.getnext()
    if after is properties:
        return True
    holds_it = properties.getparent().getparent() is after and after is not None
    return holds_it and not any(_shows_something(run) for run in after.iter(qn("w:r")))


def _shows_something(run: Any) -> bool:
    return any(child.tag != qn("w:rPr") and (child.text or len(child)) for child in run)


def _break(properties: Any) -> Any:
    """Return a paragraph that ends a section, with no height of its own."""
    paragraph = parse_xml(_BREAK)
    paragraph[0].append(properties)
    return paragraph
