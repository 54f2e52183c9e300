"""Text files with delimiters, in the encodings and the manners of several programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_dump import rows

from kimplan.errors import KimplanError
from kimplan.exchange.read import read_sheets

GRID = [["Ref", "Title", "Owner"], ["R1", "Do it, now", "Head of “Homes”"], ["R2", "", "–"]]


def read(tmp_path: Path, data: bytes, name: str = "plan.csv") -> list[list[str]]:
    (tmp_path / name).write_bytes(data)
    (sheet,) = read_sheets(tmp_path / name).sheets
    return rows(sheet)


def written(delimiter: str, end: str = "\r\n") -> str:
    quote = '"{}"'.format
    return "".join(delimiter.join(map(quote, row)) + end for row in GRID)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_with_every_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    assert read(tmp_path, written(delimiter).encode(encoding)) == GRID


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end: str, tmp_path: Path) -> None:
    assert read(tmp_path, written(",", end).encode()) == GRID


def test_a_text_with_many_commas_between_semicolons(tmp_path: Path) -> None:
    text = "Ref;Response\nR1;a, b, c, d\nR2;e, f\nR3;g\n"
    assert read(tmp_path, text.encode()) == [
        ["Ref", "Response"], ["R1", "a, b, c, d"], ["R2", "e, f"], ["R3", "g"],
    ]  # fmt: skip


def test_excels_first_line_names_the_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=;\r\nRef;a,b\r\n1;2,3\r\n") == [["Ref", "a,b"], ["1", "2,3"]]


def test_line_ends_in_a_cell_and_rows_of_unequal_length(tmp_path: Path) -> None:
    text = 'Ref,Response,\r\n1,"One:\n- a\n- b"\r\n\r\n2,x,y,,,\r\n,,,\r\n'
    assert read(tmp_path, text.encode()) == [
        ["Ref", "Response", ""], ["1", "One:\na\nb", ""], ["", "", ""], ["2", "x", "y"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\x00" * 9, "it is empty"),
        (b"Ref,\x00Title\n", "it is no text"),
        (b"Ref,\x81\x8d\n", "it is no text in a known encoding"),
        (b"a,b\n" * 20_001, "it has more than 20,000 rows"),
        (b",".join([b"a"] * 101), "it has more than 100 columns"),
        (
            b'"' + b"a" * 300_000,
            "its rows cannot be told apart (field larger than field limit (262144))",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(KimplanError) as error:
        read_sheets(tmp_path / "x.csv")
    assert str(error.value) == f"{tmp_path / 'x.csv'} cannot be read: {reason}"
    assert error.value.hint


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text('Ref,Response\nREC1,"He said\nREC2,Done\n')
    with pytest.raises(KimplanError) as found:
        read_sheets(path)
    assert str(found.value) == f"{path} cannot be read: a quotation mark in it is never closed"
    assert found.value.hint == "It opens behind row 1, empty ones not counted: close it there."


def test_a_quotation_mark_within_a_cell_is_a_mark(tmp_path: Path) -> None:
    assert read(tmp_path, b'Ref,Size\n1,5" pipe\n2,"Quote" here\n') == [
        ["Ref", "Size"],
        ["1", '5" pipe'],
        ["2", "Quote here"],
    ]


def test_a_quoted_cell_may_stand_behind_spaces(tmp_path: Path) -> None:
    text = 'Ref, Response, Owner\nR1, "a, b\n\nREC4, no row", x\nR2,  "c ""d""", y\n'
    assert read(tmp_path, text.encode()) == [
        ["Ref", "Response", "Owner"],
        ["R1", "a, b\nREC4, no row", "x"],
        ["R2", 'c "d"', "y"],
    ]


def test_quotation_marks_behind_spaces_are_marks_where_they_part_nothing(tmp_path: Path) -> None:
    text = 'Ref;Response\nR1; "Yes", they said\nR2;b\n'
    assert read(tmp_path, text.encode()) == [
        ["Ref", "Response"], ["R1", '"Yes", they said'], ["R2", "b"],
    ]  # fmt: skip
