"""Word files: what somebody sees of their tables, and what stands beside the words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from conftest import AS_OF, make_plan
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from exchange_dump import dump, rows

from kimplan.errors import KimplanError
from kimplan.exchange.read import read_sheets
from kimplan.report.build import build_report
from kimplan.report.origin import Origin
from kimplan.report.request import Request
from kimplan.sheet import SheetFile
from kimplan.word import write_report

NAMES = (
    nsdecls("w", "r", "wp")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
INSERTED = 'w:id="1" w:author="Ann" w:date="2024-05-20T10:00:00Z"'


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*table_rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(table_rows)}</w:tbl>"


def one_cell(content: str, properties: str = "") -> str:
    return table(row(cell(content, properties)))


def read(tmp_path: Path, body: str, numbering: str = "") -> SheetFile:
    document = docx.Document()
    root = document.element.body
    document.part.relate_to("https://example.org/x", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    for element in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        root.insert(len(root) - 1, element)
    if numbering:
        own = document.part.numbering_part.element
        for element in parse_xml(f"<w:numbering {NAMES}>{numbering}</w:numbering>"):
            own.append(element)
    document.save(str(tmp_path / "plan.docx"))
    return read_sheets(tmp_path / "plan.docx")


def lines(tmp_path: Path, content: str, numbering: str = "") -> list[str]:
    """Return what is read of a single cell."""
    text = dump(read(tmp_path, one_cell(content), numbering))
    return [line.strip() for line in text.splitlines() if line.startswith("     ")]


def link_id() -> str:
    document = docx.Document()
    return document.part.relate_to(
        "https://example.org/x", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )


def test_looks_breaks_links_and_signs(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
        '"https://example.org/f" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        f'</w:r>{run("a field")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    content = paragraph(
        run("Plain ") + run("bold", "<w:b/>") + run(" not", '<w:b w:val="0"/>')
        + "<w:r><w:br/></w:r>"
        + f'<w:hyperlink r:id="{link_id()}">{run("a link")}</w:hyperlink>'
        + f'<w:hyperlink w:anchor="x">{run(", no link, ")}</w:hyperlink>{field}'
        + "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/>"
        + '<w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )  # fmt: skip
    assert lines(tmp_path, content) == [
        "Plain **bold** not",
        "[a link](https://example.org/x), no link, [a field](https://example.org/f) -☑",
    ]


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    content = paragraph(
        f"{run('Kept ')}<w:del {INSERTED}><w:r><w:delText>gone </w:delText></w:r></w:del>"
        f"<w:ins {INSERTED}>{run('new ')}</w:ins>"
        f"<w:moveFrom {INSERTED}>{run('moved away')}</w:moveFrom>"
        f"<w:moveTo {INSERTED}>{run('moved here')}</w:moveTo>",
        f"<w:rPr><w:del {INSERTED}/></w:rPr>",
    ) + paragraph(run(" joined"))
    assert lines(tmp_path, content) == [
        "Kept new moved here joined",
        "(tracked-changes by Ann, 2024-05-20)",
    ]


def test_rows_that_were_deleted_added_or_hidden(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        table(
            row(cell(paragraph(run("A"))), properties="<w:tblHeader/>"),
            row(cell(paragraph(run("gone"))), properties=f"<w:del {INSERTED}/>"),
            row(cell(paragraph(run("new"))), properties=f"<w:ins {INSERTED}/>"),
            row(cell(paragraph(run("secret"))), properties="<w:hidden/>"),
        ),
    )
    assert dump(file) == (
        "plan.docx, title ''\n== table 1 below ''\n  (tracked-changes: a row)\n"
        "-- row 1, header\n   0:\n     A\n-- row 2\n   0:\n     new\n"
        "-- row 3, hidden\n   0:\n     secret\n"
    )


def test_hidden_and_struck_words(tmp_path: Path) -> None:
    content = paragraph(run("Seen") + run(" secret", "<w:vanish/>") + run(" struck", "<w:strike/>"))
    assert lines(tmp_path, content) == [
        "Seen struck", "(hidden: secret)", "(struck-through: struck)",
    ]  # fmt: skip


def test_content_controls(tmp_path: Path) -> None:
    def control(properties: str, text: str) -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>"

    asks = paragraph(control("<w:showingPlcHdr/>", run("Click or tap to enter a date.")))
    assert lines(tmp_path, asks) == []
    says = paragraph(control("<w:date/>", run("31/03/2024")))
    assert lines(tmp_path, control("", says) + paragraph("")) == ["31/03/2024"]
    whole = table(control("", row(control("", cell(paragraph(run("in a row")))))))
    assert [rows(sheet) for sheet in read(tmp_path, whole).sheets] == [[["in a row"]]]


def test_merged_cells(tmp_path: Path) -> None:
    def words(text: str, properties: str = "") -> str:
        return cell(paragraph(run(text)), properties)

    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    file = read(
        tmp_path,
        table(
            row(words("a", begins), words("b", '<w:gridSpan w:val="2"/>')),
            row(words("", goes_on), words("c"), words("d")),
            row(words("", goes_on), words("e", begins), words("f")),
            row(words("g"), words("", goes_on), words("h")),
            row(words("i"), properties='<w:gridBefore w:val="2"/>'),
        ),
    )
    assert rows(file.sheets[0]) == [
        ["a", "b", ""], ["", "c", "d"], ["", "e", "f"], ["g", "", "h"], ["", "", "i"],
    ]  # fmt: skip
    spans = [[(c.across, c.down) for c in r.cells] for r in file.sheets[0].rows]
    assert spans[0] == [(1, 3), (2, 1), (1, 1)]
    assert spans[2][1] == (1, 2)
    assert file.sheets[0].rows[2].cells[0].text == "a"


def test_colours(tmp_path: Path) -> None:
    def coloured(shading: str, look: str = "") -> str:
        return cell(paragraph(run("x", look)), shading)

    cells = (
        coloured('<w:shd w:val="clear" w:fill="00b050"/>'),
        coloured('<w:shd w:val="clear" w:fill="auto"/>'),
        coloured('<w:shd w:val="clear" w:fill="FFFFFF"/>'),
        coloured("", '<w:highlight w:val="yellow"/>'),
        coloured("", '<w:shd w:val="clear" w:fill="FFC000"/>'),
    )
    (sheet,) = read(tmp_path, table(row(*cells))).sheets
    assert [c.fill for c in sheet.rows[0].cells] == ["00B050", "", "", "FFFF00", "FFC000"]


LISTS = (
    '<w:abstractNum w:abstractNumId="90">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="91">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="92"><w:lvl w:ilvl="0"><w:start w:val="7"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="REC%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
    '<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>'
    '<w:num w:numId="92"><w:abstractNumId w:val="92"/></w:num>'
    '<w:num w:numId="93"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def item(text: str, number: int, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run(text) if text else "", place)


def test_automatic_bullets_and_numbers(tmp_path: Path) -> None:
    content = "".join(
        [
            item("one", 90), item("a", 90, 1), item("b", 90, 1), item("two", 90), item("a", 90, 1),
            item("deep", 90, 2), item("bullet", 91), item("round", 91, 1), item("three", 90),
            item("again", 93), item("on", 93), item("none", 0),
        ]
    )  # fmt: skip
    assert lines(tmp_path, content, LISTS) == [
        "1. one", "a) a", "b) b", "2. two", "a) a", "2.1 deep", "- bullet", "- round", "3. three",
        "1. again", "2. on", "none",
    ]  # fmt: skip


def test_a_ref_that_is_an_automatic_number(tmp_path: Path) -> None:
    cells = [table(row(cell(item("", 92)), cell(paragraph(run("Do it."))))) for _ in range(2)]
    sheets = read(tmp_path, "".join(cells), LISTS).sheets
    assert [rows(sheet) for sheet in sheets] == [[["REC7", "Do it."]], [["REC8", "Do it."]]]


def test_headings_and_texts_above_tables(tmp_path: Path) -> None:
    heading = paragraph(run("Repairs"), '<w:pStyle w:val="Heading1"/>')
    body = heading + paragraph(run("Why.")) + one_cell(paragraph(run("a")))
    file = read(tmp_path, body + paragraph(run("Between.")) + one_cell(paragraph(run("b"))))
    assert [(sheet.title, [block.text for block in sheet.above]) for sheet in file.sheets] == [
        ("Repairs", ["Why."]), ("", ["Between."]),
    ]  # fmt: skip
    assert [block.text for block in file.text] == ["Repairs", "Why.", "Between."]


def test_a_table_in_a_cell_and_a_text_box(tmp_path: Path) -> None:
    inner = one_cell(paragraph(run("inner")))
    assert lines(tmp_path, paragraph(run("outer")) + inner + paragraph("")) == [
        "outer", "inner", "(nested-table: inner)",
    ]  # fmt: skip
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
        f"{paragraph(run('in a box'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><w:txbxContent>{paragraph(run('in a box'))}</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(tmp_path, paragraph(run("text") + box)) == ["text", "in a box"]


def test_comments_are_said_with_who_wrote_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "July 2024"
    (first,) = document.tables[0].cell(0, 0).paragraphs[0].runs
    comment = document.add_comment(first, text="Two left.", author="Bo Li", initials="BL")
    comment._comment_elm.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date", "2024-05-21T08:00:00Z"
    )
    document.save(str(tmp_path / "c.docx"))
    assert dump(read_sheets(tmp_path / "c.docx")).endswith(
        "     July 2024\n     (comment by Bo Li, 2024-05-21: Two left.)\n"
    )


def test_a_report_of_kimplans_own_says_so(tmp_path: Path) -> None:
    plan = make_plan({})
    request = Request(AS_OF, "version", origin=Origin("0.1.0", "a" * 40))
    write_report(build_report(plan, request), tmp_path / "report.docx")
    file = read_sheets(tmp_path / "report.docx")
    assert (file.is_report, file.commit, file.title) == (True, "a" * 40, "Spotlight action plan")
    assert [sheet.title for sheet in file.sheets][-1] == "Action plan"


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def broken() -> Iterator[tuple[str, bytes, str]]:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    whole = buffer.getvalue()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"]
    yield "cut off", whole[:2000], "it is damaged"
    without = {name: data for name, data in parts.items() if "document.xml" not in name}
    yield "no document", packed(without), "it is not a Word document"
    yield "broken", packed(parts | {"word/document.xml": document[:500]}), "is broken"
    entity = document.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)
    yield "entities", packed(parts | {"word/document.xml": entity}), "declares entities"
    yield "macros", packed(parts | {"word/vbaProject.bin": b"x"}), "it holds macros"
    bomb = document.replace(b"<w:body>", b"<w:body>" + b" " * 60_000_000)
    yield "bomb", packed(parts | {"word/document.xml": bomb}), "unpacks to far more"


@pytest.mark.parametrize(
    ("data", "reason"), [x[1:] for x in broken()], ids=[x[0] for x in broken()]
)
def test_what_cannot_be_read(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(data)
    with pytest.raises(KimplanError, match=reason) as error:
        read_sheets(tmp_path / "plan.docx")
    assert error.value.hint
