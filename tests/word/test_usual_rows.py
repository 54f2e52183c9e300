"""A usual row is read in one pass, and says what it says to who asks for all of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from lxml import etree

from kimplan.verify.expected import Grid
from kimplan.word.read_tables import read_table
from kimplan.word.tags import qn
from kimplan.word.usual_rows import usual_cells
from kimplan.word.visible import FALLBACK, Eye
from word.templates import Xml

_SPACES = {
    "w": qn("w:p")[1:].partition("}")[0],
    "mc": FALLBACK[1:].partition("}")[0],
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
_NAMES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
_ABOVE = "<w:tr><w:tc><w:p><w:r><w:t>REC1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
_ROW = (
    "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
    '<w:tc><w:tcPr><w:tcW w:w="9"/><w:shd w:val="clear" w:fill="C00000"/></w:tcPr>'
    '<w:p><w:pPr><w:pStyle w:val="Cell"/><w:keepNext/></w:pPr><w:bookmarkStart w:name="a"/>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>REC2</w:t><w:tab/><w:t>two</w:t></w:r></w:p><w:p/></w:tc>"
    '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>See </w:t></w:r>'
    '<w:hyperlink><w:r><w:rPr><w:rStyle w:val="Link"/></w:rPr><w:t>there</w:t></w:r></w:hyperlink>'
    "<w:r><w:br/><w:t>now</w:t></w:r></w:p></w:tc></w:tr>"
)
# All that anything asks for, what is taken for silent, and what nobody knows.
_ALONE = (
    "<w:vMerge/>", '<w:vMerge w:val="restart"/>', "<w:cellDel/>", "<w:hidden/>", "<w:del/>",
    '<w:trHeight w:val="1" w:hRule="exact"/>', "<w:vanish/>", '<w:vanish w:val="0"/>',
    "<w:strike/>", "<w:dstrike/>", '<w:sz w:val="2"/>', '<w:sz w:val="22"/>',
    '<w:spacing w:line="2" w:lineRule="exact"/>', '<w:shd w:fill="FFC000"/>',
    '<w:shd w:val="pct50" w:fill="C00000"/>', '<w:shd w:themeFill="accent1"/>',
    '<w:highlight w:val="red"/>', '<w:pStyle w:val="Continued"/>', '<w:rStyle w:val="Link"/>',
    "<w:t>more</w:t>", "<m:t>x</m:t>", "<a:t>drawn</a:t>", '<v:textpath string="art"/>',
    '<w:sym w:char="2612"/>', "<w:tab/>", "<w:ptab/>", "<w:br/>", "<w:cr/>",
    "<w:noBreakHyphen/>", "<w:footnoteReference/>", "<w:endnoteReference/>", "<w:softHyphen/>",
    "<w:r><w:t>a run</w:t></w:r>", "<w:p><w:r><w:t>a line</w:t></w:r></w:p>",
    "<w:tc><w:p><w:r><w:t>a cell</w:t></w:r></w:p></w:tc>", f"<w:tbl>{_ABOVE}</w:tbl>", _ABOVE,
    "<w:trPr/>", "<w:tcPr/>", "<w:pPr/>", "<w:rPr/>", "<w:trPr><w:hidden/></w:trPr>",
    '<w:tcPr><w:shd w:fill="FFC000"/></w:tcPr>', "<w:rPr><w:vanish/></w:rPr>",
    '<w:pPr><w:pStyle w:val="Continued"/></w:pPr>', "<w:pPr><w:rPr><w:shd/></w:rPr></w:pPr>",
    '<w:fldSimple w:instr="DATE"/>', "<w:instrText>DATE</w:instrText>", "<w:proofErr/>",
    "<w:unknown/>", "<!-- nothing -->", "<?nothing?>",
)  # fmt: skip
_AROUND = (
    "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:sdt", "w:sdtContent", "w:bdo", "w:smartTag",
    "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:hyperlink", "w:r", "w:t", "w:p", "w:tc",
    "w:tr", "w:tbl", "w:rPr", "w:pPr", "w:tcPr", "w:trPr", "w:txbxContent", "w:proofErr", "w:b",
)  # fmt: skip
_STYLE = '<w:style w:type="character" w:styleId="Link"><w:rPr>{}</w:rPr></w:style>'


def test_the_row_of_these_tests_is_usual() -> None:
    cells = usual_cells(_table()[1])
    assert cells is not None
    assert [each.text for each in cells] == ["REC2 two", "See there now"]


@pytest.mark.parametrize("added", _ALONE)
def test_an_element_more_anywhere_in_a_row_counts_as_it_always_does(added: str) -> None:
    for table in _with(added):
        _assert_alike(table)


@pytest.mark.parametrize("tag", _AROUND)
def test_an_element_around_anything_of_a_row_counts_as_it_always_does(tag: str) -> None:
    prefix, _, name = tag.partition(":")
    for at in range(len(list(_table().iter()))):
        table = _table()
        inner = list(table.iter())[at]
        outer = etree.Element(f"{{{_SPACES[prefix]}}}{name}")
        if inner is table:
            outer.append(table)
        else:
            inner.getparent().replace(inner, outer)
            outer.append(inner)
        _assert_alike(table)


@pytest.mark.parametrize("look", ["<w:vanish/>", "<w:strike/>"])
def test_a_style_that_hides_or_strikes_out_is_seen_in_a_usual_row(look: str) -> None:
    grid = _assert_alike(_table(), _STYLE.format(look))
    assert "there" not in grid.rows[0][1].split()


def _table(row: str = _ROW) -> Xml:
    return etree.fromstring(f"<w:tbl {_NAMES}>{_ABOVE}{row}</w:tbl>")


def _with(added: str) -> Iterator[Xml]:
    """Yield the table with something added to its second row, at each place in each element."""
    for at, element in enumerate(_table()[1].iter()):
        for place in range(len(element) + 1):
            table = _table()
            new = etree.fromstring(f"<w:x {_NAMES}>{added}</w:x>")[0]
            list(table[1].iter())[at].insert(place, new)
            yield table


def _assert_alike(table: Xml, style: str = "") -> Grid:
    """Hold a table against one whose rows have an element more that says nothing anywhere."""
    eye = Eye(etree.fromstring(f"<w:styles {_NAMES}>{style}</w:styles>"))
    root = table.getroottree().getroot()
    unusual = list(copy.deepcopy(root).iter())[list(root.iter()).index(table)]
    for row in unusual.iter(qn("w:tr")):
        row.append(etree.Element(qn("w:unknown")))
        assert usual_cells(row) is None
    grid = read_table(table, eye, "Continued", "")
    assert grid == read_table(unusual, eye, "Continued", "")
    return grid
