"""Saved web pages: what a reader sees of their tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_dump import dump, rows

from kimplan.errors import KimplanError
from kimplan.exchange.read import read_sheets
from kimplan.sheet import SheetFile


def read(tmp_path: Path, body: str | bytes, head: str = "") -> SheetFile:
    text = f"<html><head>{head}</head><body>{body}</body></html>" if isinstance(body, str) else body
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "page.html").write_bytes(data)
    return read_sheets(tmp_path / "page.html")


def test_what_stands_in_a_cell(tmp_path: Path) -> None:
    cell = (
        "Before <b>bold</b> and <a href='https://example.org/a?b=1&amp;c'>a link</a>,<br>"
        "a line<ul><li>one<ul><li>two</li></ul></li><li>three<p>more</p></li></ul>"
        "<ol start='3'><li>c</li><li value='9'>d</li></ol><ol type='a'><li>e</li></ol>"
        "<p hidden>gone</p><span style='display: none'>gone</span><script>gone()</script>"
        "<a href='javascript:x()'>no link</a> <a href='/local'>nor this</a>"
    )
    file = read(tmp_path, f"<h2>A plan</h2><p>Words.</p><table><tr><td>{cell}</td></tr></table>")
    assert dump(file) == (
        "page.html, title ''\n"
        "== table 1 below 'A plan'\n"
        "  above: Words.\n"
        "-- row 1\n"
        "   0:\n"
        "     Before **bold** and [a link](https://example.org/a?b=1&c),\n"
        "     a line\n"
        "     - one\n"
        "       - two\n"
        "     - three\n"
        "     + more\n"
        "     3. c\n"
        "     9. d\n"
        "     a) e\n"
        "     no link nor this\n"
        "     (hidden: gone)\n"
        "     (hidden: gone)\n"
        "     (link: /local)\n"
    )


def test_spans_headers_fills_and_hidden_rows(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "<table><caption>The plan</caption><thead><tr><th>A<th>B<th>C</thead>"
        "<tr><td rowspan=2 bgcolor=red>1<td colspan=2 style='background: #0f0 url(x)'>2"
        "<tr><td>3<td style='background-color:rgb(255, 192, 0)'>4"
        "<tr hidden><td>5<td>6<td>7<tr style='visibility:collapse'><td rowspan=99>8</table>",
    )
    assert dump(file) == (
        "page.html, title ''\n"
        "== table 1 below 'The plan'\n"
        "-- row 1, header\n   0: heading\n     A\n   1: heading\n     B\n   2: heading\n     C\n"
        "-- row 2\n   0: #FF0000, 1x2\n     1\n   1: #00FF00, 2x1\n     2\n"
        "-- row 3\n   1:\n     3\n   2: #FFC000\n     4\n"
        "-- row 4, hidden\n   0:\n     5\n   1:\n     6\n   2:\n     7\n"
        "-- row 5, hidden\n   0:\n     8\n   1:\n   2:\n"
    )


def test_tables_around_and_inside_of_tables(tmp_path: Path) -> None:
    inner = "<table><tr><td>Ref</td><td>x<table><tr><td>in</td></tr></table></td></tr></table>"
    file = read(
        tmp_path,
        f"<nav><table><tr><td>no</td></tr></table></nav><table><tr><td>{inner}</td></tr></table>"
        "<div style='display:none'><table><tr><td>away</td></tr></table></div><footer>f</footer>",
    )
    assert [rows(sheet) for sheet in file.sheets] == [[["Ref", "x\nin"]]]
    assert [str(one.kind) for one in file.sheets[0].rows[0].cells[1].remarks] == ["nested-table"]
    assert [(str(one.kind), one.text) for one in file.remarks] == [("hidden", "away")]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("<table><tr><td>naïve’</table>".encode(), "naïve’"),
        ("\ufeff<table><tr><td>naïve’</table>".encode("utf-16"), "naïve’"),
        ("<table><tr><td>naïve’</table>".encode("cp1252"), "naïve’"),
        ('<meta charset="utf-8"><table><tr><td>é'.encode("latin-1"), "é"),
        ('<meta charset="iso-8859-2"><table><tr><td>ł'.encode("iso-8859-2"), "ł"),
    ],
)
def test_encodings(data: bytes, word: str, tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, data).sheets
    assert rows(sheet) == [[word]]


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOKEN", encoding="utf-8")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    page = (
        f'<!DOCTYPE html [<!ENTITY a0 "ha"><!ENTITY x SYSTEM "{secret.as_uri()}">{bomb}]>'
        "<html><body><table><tr><td>&x;&a8;</td></tr></table></body></html>"
    )
    assert "TOKEN" not in dump(read(tmp_path, page.encode()))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 300 + "<table><tr><td>x", "its elements are nested too deeply"),
        pytest.param(
            "<table>" + "<tr><td>x" * 20_001,
            "it has more than 20,000 rows",
            marks=pytest.mark.slow,
        ),
        ("<table><tr>" + "<td>x" * 101, "it has more than 100 columns"),
    ],
)
def test_what_cannot_be_read(body: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(KimplanError, match=reason):
        read(tmp_path, body)


def test_a_page_that_names_no_encoding_there_is(tmp_path: Path) -> None:
    data = b"<meta charset='utf-o'><table><tr><td>caf\xe9</td></tr></table>"
    assert rows(read(tmp_path, data).sheets[0]) == [["caf\xe9"]]


def test_a_class_has_the_colour_of_the_style_sheet(tmp_path: Path) -> None:
    style = (
        "<style><!-- /* .a {background:red} */ .a, td.b {mso-x:y; background:#00B050} "
        "@media print {.c {background:red}} .d td {background:red} p.e {background:red} "
        ".f {display:none} --></style>"
    )
    cells = "".join(f"<td class='x {name}'>{name}</td>" for name in "abcdef")
    own = "<td class=a style='background:#FFC000'>own</td>"
    (sheet,) = read(tmp_path, f"<table><tr>{cells}{own}</tr></table>", style).sheets
    assert [(cell.text, cell.fill) for cell in sheet.rows[0].cells] == [
        ("a", "00B050"), ("b", "00B050"), ("c", ""), ("d", ""), ("e", ""), ("f", ""),
        ("own", "FFC000"),
    ]  # fmt: skip


def test_a_table_around_a_larger_one_lays_out_the_page(tmp_path: Path) -> None:
    inner = "<h2>Plan</h2><table><tr><td>Ref<td>Response<td>Owner<tr><td>1<td>Yes<td>Me</table>"
    (sheet,) = read(tmp_path, f"<table><tr><td>Menu</td><td>{inner}</td></tr></table>").sheets
    assert (sheet.title, rows(sheet)) == (
        "Plan",
        [["Ref", "Response", "Owner"], ["1", "Yes", "Me"]],
    )


def test_a_hidden_cell_is_said(tmp_path: Path) -> None:
    row = "<tr><td>1</td><td style='display:none'>secret</td></tr>"
    (sheet,) = read(tmp_path, f"<table>{row}</table>").sheets
    assert rows(sheet) == [["1"]]
    assert [(one.kind, one.text) for one in sheet.rows[0].cells[0].remarks] == [
        ("hidden", "secret")
    ]


def test_the_paragraph_in_an_item_is_the_item(tmp_path: Path) -> None:
    cell = (
        "<p>We:</p><ol> <li>\n<p>write</p><p>more</p></li><li><p></p><div>check</div></li></ol>"
        "<ul><li><p>one</p><ul><li><p>two</p></li></ul></li><li></li></ul><p>End.</p>"
    )
    (sheet,) = read(tmp_path, f"<table><tr><td>{cell}</td></tr></table>").sheets
    blocks = sheet.rows[0].cells[0].blocks
    assert [(one.text, one.level, one.bullet) for one in blocks] == [
        ("We:", 0, False),
        ("1. write", 1, False),
        ("more", 1, False),
        ("2. check", 1, False),
        ("one", 1, True),
        ("two", 2, True),
        ("End.", 0, False),
    ]


def test_the_words_of_a_picture_are_said(tmp_path: Path) -> None:
    (sheet,) = read(
        tmp_path, "<table><tr><td><img src=g.png alt=' Green '></td></tr></table>"
    ).sheets
    (cell,) = sheet.rows[0].cells
    assert (cell.text, [(one.kind, one.text) for one in cell.remarks]) == (
        "",
        [("picture", "Green")],
    )
