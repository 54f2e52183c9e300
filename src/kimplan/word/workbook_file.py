"""The workbook behind a chart, which Word opens for whoever wants to change the chart's figures.

It is one sheet of names and numbers (ECMA-376 part 1, chapter 18). What is the same in each is the
folder of XML in ``word/workbook``; the sheet, its texts and its date are written here. XlsxWriter,
which makes the workbooks that leave the plan, takes longer to import than a chart to write.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kimplan.report.document import Figure
from kimplan.word.markup import escape

_FIXED = Path(__file__).parent / "workbook"
_SHEET, _TEXTS, _CORE = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"
_PARTS = (
    "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", _SHEET, "xl/workbook.xml",
    _TEXTS, "xl/styles.xml", "xl/theme/theme1.xml", _CORE, "docProps/app.xml",
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o600 << 16  # the mode of a part's file, where a program unpacks the workbook
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
# Excel reads _x0041_ as A, so the first sign of a text that says so is written as such a code.
_CODE = re.compile("_(?=x[0-9a-fA-F]{4}_)")


def write_workbook(chart: Figure, as_of: date) -> bytes:
    """Return a workbook whose sheet has a row for each category and a column for each series."""
    names = [*chart.categories, *(series.name for series in chart.series)]
    places = {name: at for at, name in enumerate(dict.fromkeys(names))}
    written = {
        _SHEET: _sheet(chart, places),
        _TEXTS: _shared_texts(places, len(names)),
        _CORE: _core_properties(as_of),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _PARTS:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _OWNER_ONLY
            text = written.get(name)
            archive.writestr(entry, (_FIXED / name).read_bytes() if text is None else text)
    return buffer.getvalue()


def _sheet(chart: Figure, places: dict[str, int]) -> str:
    """Return the sheet; `places` are those of its texts among the shared ones."""
    columns = [chr(ord("A") + at) for at in range(len(chart.series) + 1)]
    labels = (
        _text(column, 1, places[one.name])
        for column, one in zip(columns[1:], chart.series, strict=True)
    )
    rows = [_row(1, len(columns), labels)]
    for at, category in enumerate(chart.categories):
        number = at + 2
        values = (series.values[at] for series in chart.series)
        cells = (
            f'<c r="{column}{number}"><v>{value}</v></c>'
            for column, value in zip(columns[1:], values, strict=True)
        )
        rows.append(_row(number, len(columns), [_text("A", number, places[category]), *cells]))
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}" xmlns:r="{relationships}">'
        f'<dimension ref="A1:{columns[-1]}{len(rows)}"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><sheetData>{"".join(rows)}</sheetData>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        "</worksheet>"
    )


def _row(number: int, width: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}" spans="1:{width}">{"".join(cells)}</row>'


def _text(column: str, row: int, place: int) -> str:
    return f'<c r="{column}{row}" t="s"><v>{place}</v></c>'


def _shared_texts(texts: Iterable[str], count: int) -> str:
    items = list(_items(texts))
    size = f'count="{count}" uniqueCount="{len(items)}"'
    return f'{_DECLARATION}<sst xmlns="{_MAIN}" {size}>{"".join(items)}</sst>'


def _items(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        space = ' xml:space="preserve"' if text != text.strip() else ""
        yield f"<si><t{space}>{escape(_CODE.sub('_x005F_', text))}</t></si>"


def _core_properties(as_of: date) -> str:
    day = f'xsi:type="dcterms:W3CDTF">{as_of.isoformat()}T00:00:00Z'
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:dcmitype="http://purl.org/dc/dcmitype/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>"
        f"<dcterms:created {day}</dcterms:created><dcterms:modified {day}</dcterms:modified>"
        "</cp:coreProperties>"
    )
