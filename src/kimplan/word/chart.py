"""The charts of the report: native DrawingML with its workbook inside, so that Word can edit it.

ECMA-376 part 1, chapter 21.2, gives the order of the elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from kimplan.report.document import Figure, Series
from kimplan.word.chart_labels import FONT_SIZE, Hidden, chart_height, hidden_labels
from kimplan.word.colours import FILLS, TEXTS
from kimplan.word.markup import escape, quote
from kimplan.word.tags import qn
from kimplan.word.workbook_file import write_workbook

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_PER_MM = 36_000


def add_chart(document: Document, chart: Figure, as_of: date, width: float) -> str:
    """Add the chart and its workbook to `document`; return the id of its relationship.

    It is to stand there `width` millimetres wide.
    """
    package = document.part.package
    font = _font(document)
    workbook = Part(
        package.next_partname("/word/embeddings/kimplan_chart%d.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        write_workbook(chart, as_of),
        package,
    )
    name = package.next_partname("/word/charts/kimplan_chart%d.xml")
    part = Part(name, _CHART_TYPE, b"", package)
    data_id = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart_xml(
        chart, data_id, font, hidden_labels(chart, width)
    ).encode()  # the id is known only now
    relationship: str = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    return relationship


def drawing_run(relationship: str, chart: Figure, number: int, width: float) -> str:
    """Return a run that shows the chart in line with the text, `width` millimetres wide."""
    size = f'cx="{round(width * _EMU_PER_MM)}" cy="{round(chart_height(chart) * _EMU_PER_MM)}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="Chart {number}" '
        f"descr={quote(chart.alt_text)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id="{relationship}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _font(document: Document) -> str:
    """Return the typeface of the document's text, or nothing if it is the theme's."""
    styles = document.styles.element
    for path in ("w:style[@w:default='1'][@w:type='paragraph']", "w:docDefaults"):
        for fonts in styles.xpath(f"./{path}//w:rFonts"):
            return str(fonts.get(qn("w:ascii"), ""))
    return ""


def _chart_xml(chart: Figure, data_id: str, font: str, hidden: Hidden) -> str:
    series = "".join(
        _series(one, index, chart, _labels(one, font, hidden[index]))
        for index, one in enumerate(chart.series)
    )
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}" xmlns:r="{relationships}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{"col" if chart.upright else "bar"}"/>'
        '<c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="45"/><c:overlap val="100"/>'
        '<c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
        '<c:catAx><c:axId val="111111111"/><c:scaling>'
        f'<c:orientation val="{"minMax" if chart.upright else "maxMin"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"b" if chart.upright else "l"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{_line("7F8FA3")}</c:spPr>{_text("262626", font)}'
        '<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/>'
        '</c:scaling><c:delete val="1"/>'
        f'<c:axPos val="{"l" if chart.upright else "t"}"/>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:crossAx val="111111111"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
        '<c:spPr><a:noFill/></c:spPr></c:plotArea>'
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text("262626", font)}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:externalData r:id="{data_id}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )  # fmt: skip


def _series(series: Series, index: int, chart: Figure, labels: str) -> str:
    column = chr(ord("B") + index)
    last = len(chart.categories) + 1
    names = "".join(
        f'<c:pt idx="{at}"><c:v>{escape(name)}</c:v></c:pt>'
        for at, name in enumerate(chart.categories)
    )
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(series.values)
    )
    size = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"<c:spPr>{_fill(series)}{_line('595959')}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{labels}'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>"
        f"<c:strCache>{size}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{size}{values}</c:numCache></c:numRef>"
        "</c:val></c:ser>"
    )


def _labels(series: Series, font: str, hidden: Sequence[int]) -> str:
    """Return the numbers on the bars, but for the `hidden`; the format shows nothing for a zero."""
    without = "".join(f'<c:dLbl><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>' for at in hidden)
    fill = FILLS[series.rating]
    behind = f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></c:spPr>'
    return (
        f'<c:dLbls>{without}<c:numFmt formatCode="0;;;" sourceLinked="0"/>'
        f"{behind if series.overdue else ''}"
        f'{_text(TEXTS[series.rating], font, bold=True)}<c:dLblPos val="ctr"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _fill(series: Series) -> str:
    colour = f'<a:srgbClr val="{FILLS[series.rating]}"/>'
    if not series.overdue:
        return f"<a:solidFill>{colour}</a:solidFill>"
    hatch = f'<a:srgbClr val="{TEXTS[series.rating]}"/>'
    return (
        f'<a:pattFill prst="wdUpDiag"><a:fgClr>{hatch}</a:fgClr><a:bgClr>{colour}</a:bgClr>'
        "</a:pattFill>"
    )


def _line(colour: str) -> str:
    return f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'


def _text(colour: str, font: str, *, bold: bool = False) -> str:
    size = FONT_SIZE * 100
    typeface = f"<a:latin typeface={quote(font)}/>" if font else ""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="{int(bold)}">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{typeface}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
