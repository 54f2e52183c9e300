"""The charts of a Word file as somebody sees them: hidden ones are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docx.document import Document
from docx.oxml.parser import parse_xml

from kimplan.verify.expected import ChartValues
from kimplan.verify.plain_text import plain
from kimplan.word.tags import qn, text_of
from kimplan.word.visible import Eye

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_LEAST = 360_000  # EMU, a centimetre: nobody can read a smaller chart


def read_charts(word: Document, paragraph: Any, eye: Eye, below: str) -> Iterator[ChartValues]:
    """Yield the charts in a paragraph; `below` is the line above them."""
    for drawing in paragraph.iter(qn("w:drawing")):
        about = next(drawing.iter(qn("wp:docPr")), None)
        if about is None or not _is_shown(drawing, about, eye):
            continue
        for reference in drawing.iter(f"{_CHART}chart"):
            part = word.part.rels.get(reference.get(qn("r:id")))
            if part is not None and not part.is_external:
                root = parse_xml(part.target_part.blob)
                yield _values(root, about.get("descr", ""), below)


def _is_shown(drawing: Any, about: Any, eye: Eye) -> bool:
    """Return whether a drawing is neither hidden nor too small to be seen."""
    run = next(drawing.iterancestors(qn("w:r")), None)
    if about.get("hidden") in {"1", "true"} or (run is not None and not eye.is_shown(run)):
        return False
    extent = next(drawing.iter(qn("wp:extent")), None)
    sizes = [extent.get(side, "") for side in ("cx", "cy")] if extent is not None else []
    return all(not size.isdecimal() or int(size) >= _LEAST for size in sizes)


def _values(root: Any, alt_text: str, below: str) -> ChartValues:
    series = list(root.iter(f"{_CHART}ser"))
    categories = tuple(map(plain, _cached(series[0], "cat"))) if series else ()
    named = ((" ".join(_cached(each, "tx")), _cached(each, "val")) for each in series)
    words = " ".join(map(text_of, root.iter(_TEXT)))
    return ChartValues("", plain(alt_text), categories, tuple(named), plain(words), below)


def _cached(series: Any, kind: str) -> tuple[str, ...]:
    found: Iterable[Any] = series.iterfind(f"{_CHART}{kind}//{_CHART}v")
    return tuple(map(text_of, found))
