"""What somebody may do to a report in Word: `verify` sees what a reader sees, and nothing else."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import pytest
from board_meetings import Meetings, make_meetings
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree
from test_verify_cli import DAY, run
from word.templates import Xml, edited, xml

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

Change = Callable[[Xml], None]
Told = list[tuple[str, str, str, str, str]]


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    folder = tmp_path_factory.mktemp("home") / "repository"
    folder.mkdir()
    found = make_meetings(folder)
    assert run(found.folder, "report", *DAY, "-o", "whole.docx").code == 0
    return found


def told(meetings: Meetings, change: Change) -> Told:
    """Change the body of a report as Word would, and return what verify says then."""
    document = docx.Document(str(meetings.folder / "whole.docx"))
    change(document.element.body)
    document.save(str(meetings.folder / "board.docx"))
    return verified(meetings.folder / "board.docx")


def verified(board: Path) -> Told:
    ran = run(board.parent, "verify", board.name, "--format", "json")
    assert ran.stderr == ""
    found = [
        (each["where"], each["row"], each["column"], each["says"], each["said"])
        for each in json.loads(ran.stdout)["differences"]
    ]
    assert ran.code == int(bool(found))
    return found


def tables(body: Xml) -> dict[str, Xml]:
    found = {}
    for table in body.iterchildren(qn("w:tbl")):
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        found[caption.get(qn("w:val"))] = table
    return found


def row(body: Xml, ref: str, caption: str = "Action plan") -> Xml:
    return next(
        each
        for each in tables(body)[caption].iter(qn("w:tr"))
        if "".join(text.text for text in each.find(qn("w:tc")).iter(qn("w:t"))) == ref
    )


def cells(body: Xml, ref: str) -> list[Xml]:
    return list(row(body, ref).iterchildren(qn("w:tc")))


def first_run(cell: Xml) -> Xml:
    return next(cell.iter(qn("w:r")))


def mark(body: Xml, at: int, properties: str) -> None:
    """Give the first run of a cell of REC1 a look."""
    run_ = first_run(cells(body, "REC1")[at])
    for old in run_.findall(qn("w:rPr")):
        run_.remove(old)
    run_.insert(0, xml(f"<w:rPr>{properties}</w:rPr>"))


def test_nothing(meetings: Meetings) -> None:
    assert told(meetings, lambda body: None) == []


HARMLESS: dict[str, Change] = {
    "a proofing mark": lambda body: cells(body, "REC1")[1][-1].append(
        xml('<w:proofErr w:type="spellStart"/>')
    ),
    "a revision number": lambda body: row(body, "REC1").set(qn("w:rsidR"), "00AB12CD"),
    "a bookmark": lambda body: body[0].append(xml('<w:bookmarkEnd w:id="999"/>')),
    "another font": lambda body: mark(body, 1, '<w:rFonts w:ascii="Georgia"/><w:b/>'),
    "not hidden": lambda body: mark(body, 1, '<w:vanish w:val="0"/>'),
    "an accepted insertion": lambda body: wrap(first_run(cells(body, "REC1")[1]), "w:ins"),
    "a content control": lambda body: wrap_in_control(first_run(cells(body, "REC1")[1])),
    "split runs": lambda body: split(first_run(cells(body, "REC1")[1])),
    "a comment": lambda body: cells(body, "REC1")[1][-1].append(
        xml('<w:commentRangeEnd w:id="3"/>')
    ),
    "a soft hyphen": lambda body: first_run(cells(body, "REC1")[1]).append(xml("<w:softHyphen/>")),
    "a larger size": lambda body: mark(body, 1, '<w:b/><w:sz w:val="28"/>'),
    "a taller row": lambda body: set_height(body, 3000, "atLeast"),
    "a yellow highlight": lambda body: mark(body, 1, '<w:highlight w:val="yellow"/>'),
}


def split(run_: Xml) -> None:
    """Put the second half of a run's text into another run, as Word does when somebody edits."""
    text = run_.find(qn("w:t"))
    words, space = text.text, "{http://www.w3.org/XML/1998/namespace}space"
    text.text = words[:5]
    run_.addnext(xml(f'<w:r w:rsidR="00AA11BB"><w:t xml:space="preserve">{words[5:]}</w:t></w:r>'))
    text.set(space, "preserve")


def set_height(body: Xml, twips: int, rule: str) -> None:
    properties = row(body, "REC2").find(qn("w:trPr"))
    properties.append(xml(f'<w:trHeight w:val="{twips}" w:hRule="{rule}"/>'))


def wrap(element: Xml, tag: str) -> Xml:
    outer = xml(f'<{tag} w:id="77" w:author="A"/>')
    element.addprevious(outer)
    outer.append(element)
    return outer


def wrap_in_control(element: Xml) -> None:
    control = xml("<w:sdt><w:sdtContent></w:sdtContent></w:sdt>")
    element.addprevious(control)
    control[-1].append(element)


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str, meetings: Meetings) -> None:
    assert told(meetings, HARMLESS[name]) == []


def swap(body: Xml, first: str, second: str) -> None:
    found = {caption.partition(" (")[0]: table for caption, table in tables(body).items()}
    one, other = found[first], found[second]
    place = xml("<w:p/>")
    one.addprevious(place)
    other.addprevious(one)
    place.addprevious(other)
    body.remove(place)


def test_two_tables_change_places(meetings: Meetings) -> None:
    found = told(meetings, partial(swap, first="Overdue items", second="Action plan"))
    assert [each[1:3] for each in found] == [("", "place"), ("", "place")]
    assert {each[0].partition(" (")[0] for each in found} == {"Overdue items", "Action plan"}


def hide_row(body: Xml) -> None:
    whole = row(body, "REC2")
    properties = whole.find(qn("w:trPr"))
    properties.append(xml("<w:hidden/>"))


def test_a_hidden_row(meetings: Meetings) -> None:
    ((where, ref, column, says, _),) = told(meetings, hide_row)
    assert (where, ref, column, says) == ("Action plan", "REC2", "whole row", "")


@pytest.mark.parametrize(
    ("properties", "says"),
    [
        ("<w:vanish/>", ""),
        ("<w:strike/>", "[struck: {}]"),
        ('<w:dstrike w:val="1"/>', "[struck: {}]"),
    ],
)
def test_a_title_that_looks_otherwise(properties: str, says: str, meetings: Meetings) -> None:
    (found,) = told(meetings, partial(mark, at=1, properties=properties))
    assert found[:2] == ("Action plan", "REC1")
    title = found[4].partition("\n")[0]
    assert found[3].partition("\n")[0] == (says.format(title) or found[4].partition("\n")[2])


@pytest.mark.parametrize("tag", ["w:del", "w:moveFrom"])
def test_a_deleted_title(tag: str, meetings: Meetings) -> None:
    def delete(body: Xml) -> None:
        wrap(first_run(cells(body, "REC1")[1]), tag)

    (found,) = told(meetings, delete)
    assert found[:2] == ("Action plan", "REC1")


def test_another_colour(meetings: Meetings) -> None:
    def recolour(body: Xml) -> None:
        for shading in row(body, "REC1").iter(qn("w:shd")):
            shading.set(qn("w:fill"), "A4161A")

    (found,) = told(meetings, recolour)
    assert (found[0], found[1], found[2], found[3]) == ("Action plan", "REC1", "colour", "red")


def test_a_cell_merged_with_the_one_above(meetings: Meetings) -> None:
    def merge(body: Xml) -> None:
        cells(body, "REC2")[0].find(qn("w:tcPr")).append(xml("<w:vMerge/>"))

    found = told(meetings, merge)
    assert found[0][:5] == ("Action plan", "REC2", "Ref", "REC1", "REC2")


def test_a_symbol_in_a_cell(meetings: Meetings) -> None:
    def add(body: Xml) -> None:
        cell = cells(body, "REC1")[2]
        cell[-1].append(xml('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'))

    (found,) = told(meetings, add)
    assert found[3] == f"{found[4]}\uf0fc"


@pytest.mark.parametrize("nothing", [etree.Comment(""), etree.PI("nothing")])
def test_words_behind_a_comment_of_the_markup(nothing: Xml, meetings: Meetings) -> None:
    def add(body: Xml) -> None:
        comment = copy.deepcopy(nothing)
        comment.tail = " and more"
        first_run(cells(body, "REC1")[2]).find(qn("w:t")).append(comment)

    (found,) = told(meetings, add)
    assert found[3] == f"{found[4]} and more"


def test_a_note_of_the_foot(meetings: Meetings) -> None:
    def add(body: Xml) -> None:
        cells(body, "REC1")[2][-1].append(xml('<w:r><w:footnoteReference w:id="1"/></w:r>'))

    (found,) = told(meetings, add)
    assert found[3] == f"{found[4]}[note]"


def test_a_link_that_leads_to_another_row(meetings: Meetings) -> None:
    def lead_astray(body: Xml) -> None:
        links = [link for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
        names = [mark_.get(qn("w:name")) for mark_ in body.iter(qn("w:bookmarkStart"))]
        other = next(name for name in names if name != links[0].get(qn("w:anchor")))
        links[0].set(qn("w:anchor"), other)

    (found,) = told(meetings, lead_astray)
    assert (found[0], found[2]) == ("Text", "link")
    assert found[4] == f"#{found[1]}" != found[3]


def test_a_chart_taken_away_is_one_difference(meetings: Meetings) -> None:
    def take(body: Xml) -> None:
        drawing = next(body.iter(qn("w:drawing")))
        drawing.getparent().remove(drawing)

    ((where, _, column, says, _),) = told(meetings, take)
    assert (where, column, says) == ("Figure 1", "whole chart", "")


def test_a_row_of_no_height(meetings: Meetings) -> None:
    ((where, ref, column, says, _),) = told(meetings, partial(set_height, twips=1, rule="exact"))
    assert (where, ref, column, says) == ("Action plan", "REC2", "whole row", "")


@pytest.mark.parametrize("line", ["1", "20"])
def test_a_line_of_no_height(line: str, meetings: Meetings) -> None:
    def flatten(body: Xml) -> None:
        paragraph = next(cells(body, "REC1")[2].iter(qn("w:p")))
        spacing = xml(f'<w:spacing w:line="{line}" w:lineRule="exact"/>')
        paragraph.find(qn("w:pPr")).append(spacing)

    (found,) = told(meetings, flatten)
    assert found[:4] == ("Action plan", "REC1", "Response", "")


def test_text_of_one_point(meetings: Meetings) -> None:
    (found,) = told(meetings, partial(mark, at=2, properties='<w:sz w:val="2"/>'))
    assert found[:4] == ("Action plan", "REC1", "Response", "")


COLOURS: dict[str, tuple[str, str]] = {
    "a pattern": (
        '<w:shd w:val="solid" w:color="BFE3C6" w:fill="FFB000"/>',
        "amber with a pattern",
    ),
    "a colour of the theme": (
        '<w:shd w:val="clear" w:fill="FFB000" w:themeFill="accent6"/>',
        "amber with a pattern",
    ),
    "another colour": ('<w:shd w:val="clear" w:fill="123456"/>', "#123456"),
    "no colour": ('<w:shd w:val="clear" w:fill="auto"/>', "none"),
}


@pytest.mark.parametrize("name", COLOURS)
def test_a_rating_that_looks_otherwise(name: str, meetings: Meetings) -> None:
    shading, says = COLOURS[name]

    def shade(body: Xml) -> None:
        properties = cells(body, "REC2")[3].find(qn("w:tcPr"))
        properties.replace(properties.find(qn("w:shd")), xml(shading))

    assert told(meetings, shade) == [("Action plan", "REC2", "colour", says, "amber")]


@pytest.mark.parametrize("tag", ["w:pPr", "w:rPr"])
def test_a_colour_behind_the_words_of_a_rating(tag: str, meetings: Meetings) -> None:
    def shade(body: Xml) -> None:
        cell = cells(body, "REC2")[3]
        if tag == "w:rPr":
            first_run(cell).insert(0, xml('<w:rPr><w:highlight w:val="green"/></w:rPr>'))
        else:
            next(cell.iter(qn("w:pPr"))).append(xml('<w:shd w:val="clear" w:fill="BFE3C6"/>'))

    says = "amber with a mark behind the words"
    assert told(meetings, shade) == [("Action plan", "REC2", "colour", says, "amber")]


def drawing_of(body: Xml) -> Xml:
    return next(body.iter(qn("w:drawing")))


def set_extent(body: Xml) -> None:
    next(drawing_of(body).iter(qn("wp:extent"))).set("cx", "1")


HIDDEN_CHARTS: dict[str, Change] = {
    "hidden": lambda body: next(body.iter(qn("wp:docPr"))).set("hidden", "1"),
    "in a hidden run": lambda body: drawing_of(body).addprevious(xml("<w:rPr><w:vanish/></w:rPr>")),
    "too small to be seen": set_extent,
}


@pytest.mark.parametrize("name", HIDDEN_CHARTS)
def test_a_chart_that_nobody_sees(name: str, meetings: Meetings) -> None:
    ((where, _, column, says, _),) = told(meetings, HIDDEN_CHARTS[name])
    assert (where, column, says) == ("Figure 1", "whole chart", "")


def test_a_chart_below_another_line(meetings: Meetings) -> None:
    def move(body: Xml) -> None:
        body.insert(1, next(drawing_of(body).iterancestors(qn("w:p"))))

    ((where, _, column, *_),) = told(meetings, move)
    assert (where, column) == ("Figure 1", "place")


def test_a_chart_twice(meetings: Meetings) -> None:
    def double(body: Xml) -> None:
        paragraph = next(drawing_of(body).iterancestors(qn("w:p")))
        paragraph.addnext(copy.deepcopy(paragraph))

    ((where, _, column, _, said),) = told(meetings, double)
    assert (where, column, said) == ("Figure", "added chart", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            b'<c:autoTitleDeleted val="1"/>',
            b"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>All is well</a:t></a:r></a:p>"
            b'</c:rich></c:tx></c:title><c:autoTitleDeleted val="0"/>',
        ),
        (
            b"<c:dLbls>",
            b'<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>All is well'
            b'</a:t></a:r></a:p></c:rich></c:tx><c:showVal val="1"/></c:dLbl>',
        ),
    ],
    ids=["a title", "a label"],
)
def test_words_typed_over_a_chart(old: bytes, new: bytes, meetings: Meetings) -> None:
    def put(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    found = in_part(meetings, "word/charts/kimplan_chart1.xml", put)
    assert found == [("Figure 1", "", "added words", "All is well", "")]


def in_part(meetings: Meetings, part: str, change: Callable[[bytes], bytes]) -> Told:
    board = meetings.folder / "board.docx"
    whole = (meetings.folder / "whole.docx").read_bytes()
    board.write_bytes(edited(whole, {part: change}))
    return verified(board)


ADDED: dict[str, tuple[str, str]] = {
    "a formula": (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>1+1=3</m:t></m:r></m:oMath>",
        " 1+1=3",
    ),
    "WordArt": (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:textpath string="Approved"/></v:shape></w:pict></w:r>',
        " Approved",
    ),
    "turned text": (
        '<w:bdo w:val="rtl"><w:r><w:t>devorppA</w:t></w:r></w:bdo>',
        "[turned: devorppA]",
    ),
}


@pytest.mark.parametrize("name", ADDED)
def test_words_that_no_run_says(name: str, meetings: Meetings) -> None:
    text, says = ADDED[name]
    (found,) = told(meetings, lambda body: cells(body, "REC1")[2][-1].append(element(text)))
    assert found == ("Action plan", "REC1", "Response", f"{found[4]}{says}", found[4])


def element(text: str) -> Xml:
    """Return an element with namespaces of its own."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return parse_xml(f'<w:p xmlns:w="{word}">{text}</w:p>')[0]


def test_a_cell_deleted_in_a_tracked_change(meetings: Meetings) -> None:
    def delete(body: Xml) -> None:
        properties = cells(body, "REC1")[2].find(qn("w:tcPr"))
        properties.append(xml('<w:cellDel w:id="9" w:author="A"/>'))

    (found,) = told(meetings, delete)
    assert found[:4] == ("Action plan", "REC1", "Response", "")


def test_a_link_of_a_field(meetings: Meetings) -> None:
    def add(body: Xml) -> None:
        field = "<w:fldSimple w:instr='HYPERLINK \"https://evil.example\"'></w:fldSimple>"
        cells(body, "REC1")[2][-1].append(xml(field))

    assert told(meetings, add) == [("Text", "a field", "added link", "https://evil.example", "")]


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footer1.xml", "word/footer2.xml"])
def test_words_added_to_a_margin(part: str, meetings: Meetings) -> None:
    def add(data: bytes) -> bytes:
        end = data.rindex(b"</w:p>")
        return data[:end] + b"<w:r><w:t> Approved.</w:t></w:r>" + data[end:]

    ((where, name, column, says, _),) = in_part(meetings, part, add)
    assert (where, name, column) == ("Text", part[5:11], "other words")
    assert says.endswith("Approved.")


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_margins_taken_away(kind: str, meetings: Meetings) -> None:
    def take(body: Xml) -> None:
        for reference in list(body.iter(qn(f"w:{kind}Reference"))):
            reference.getparent().remove(reference)

    found = told(meetings, take)
    assert found
    assert {each[:4] for each in found} == {("Text", kind, "words", "")}


@pytest.mark.parametrize("property_", [b"<w:vanish/>", b"<w:strike/>"])
def test_a_part_of_the_tables_style(property_: bytes, meetings: Meetings) -> None:
    def add(data: bytes) -> bytes:
        begin = data.index(b'w:styleId="kimplanTable"')
        end = data.index(b"</w:style>", begin)
        part = b'<w:tblStylePr w:type="band1Horz"><w:rPr>' + property_ + b"</w:rPr></w:tblStylePr>"
        return data[:end] + part + data[end:]

    assert len(in_part(meetings, "word/styles.xml", add)) > 3


@pytest.mark.parametrize("style", ["kimplanCell", "Normal"])
def test_a_style_that_hides(style: str, meetings: Meetings) -> None:
    board = meetings.folder / "board.docx"

    def hide(data: bytes) -> bytes:
        begin = data.index(f'w:styleId="{style}"'.encode())
        end = data.index(b"</w:style>", begin)
        look = data[begin:end].replace(b'<w:vanish w:val="0"/>', b"")
        if b"<w:rPr>" in look:
            look = look.replace(b"<w:rPr>", b"<w:rPr><w:vanish/>")
        else:
            look += b"<w:rPr><w:vanish/></w:rPr>"
        return data[:begin] + look + data[end:]

    whole = (meetings.folder / "whole.docx").read_bytes()
    board.write_bytes(edited(whole, {"word/styles.xml": hide}))
    assert len(verified(board)) > 3


def test_a_house_template_attached_in_word(meetings: Meetings) -> None:
    board = meetings.folder / "board.docx"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    attached = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{office}/attachedTemplate" '
        'Target="file:///C:/house.dotx" TargetMode="External"/></Relationships>'
    )
    whole = (meetings.folder / "whole.docx").read_bytes()
    board.write_bytes(edited(whole, {"word/_rels/settings.xml.rels": attached.encode()}))
    assert verified(board) == []


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_is_not_compared_is_said(form: str, meetings: Meetings) -> None:
    ran = run(meetings.folder, "verify", "whole.docx", "--format", form)
    assert ran.code == 0
    words = " ".join(ran.stdout.split())
    assert (
        "Compared are words, numbers, the order of rows, tables and charts, headers and footers, "
        "where links lead, the colour of each rating, and the figures of charts. Not compared are "
        "pictures and what they cover, fonts, sizes that can still be read, other colours, "
        "automatic numbers, comments, and the workbooks inside the charts."
    ) in words
