"""The body of a Word file in pieces: all of it in its order, and no row is kept."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml.ns import qn

from kimplan.word.flow import Piece, pieces

from .templates import NAMESPACES

ROWS = 3_000  # far more than the parser takes at once


def body(content: str) -> io.BytesIO:
    """Return the main part of a Word file with `content`."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    document = f"<w:document {declared}><w:body>{content}</w:body></w:document>"
    return io.BytesIO(document.encode())


def row(text: str) -> str:
    return f"<w:tr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"


def words(element: Any) -> str:
    return "".join(text.text for text in element.iter(qn("w:t")))


def read(content: str) -> list[tuple[str, str]]:
    """Return the pieces of a body, each with its words; a table's are in its rows."""
    return [
        (kind.name, words(element) if kind in {Piece.PART, Piece.OTHER} else "")
        for kind, element in pieces(body(content))
    ]


def test_the_body_comes_whole_and_in_its_order() -> None:
    line = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    control = f"<w:sdt><w:sdtContent>{row('in a control')}</w:sdtContent></w:sdt>"
    nested = f"<w:tr><w:tc><w:tbl>{row('a')}{row('b')}</w:tbl></w:tc></w:tr>"
    content = (
        f"{line.format('above')}<w:tbl><w:tblPr/>{row('1')}{control}{nested}{row('2')}"
        f"<w:bookmarkEnd/></w:tbl>{line.format('between')}<w:tbl>{control}</w:tbl><w:tbl/>"
        f"<w:sdt><w:tbl>{row('whole')}</w:tbl></w:sdt><w:tbl>{row('3')}</w:tbl><w:sectPr/>"
    )
    assert read(content) == [
        ("OTHER", "above"),
        *[("TABLE", ""), ("PART", ""), ("PART", "1"), ("PART", "in a control"), ("PART", "ab")],
        *[("PART", "2"), ("PART", ""), ("END", "")],
        ("OTHER", "between"),
        *[("TABLE", ""), ("PART", "in a control"), ("END", "")],
        *[("TABLE", ""), ("END", "")],
        ("OTHER", "whole"),
        *[("TABLE", ""), ("PART", "3"), ("END", "")],
        ("OTHER", ""),
    ]
    assert read("") == []


def test_no_row_is_kept() -> None:
    rows = "".join(row(str(number)) for number in range(ROWS))
    seen: list[str] = []
    for kind, element in pieces(body(f"<w:tbl>{rows}</w:tbl>")):
        if kind is Piece.PART:
            above = list(element.itersiblings(preceding=True))
            assert [words(each) for each in above] == [""] * min(len(seen), 1)
            seen.append(words(element))
    assert seen == [str(number) for number in range(ROWS)]
