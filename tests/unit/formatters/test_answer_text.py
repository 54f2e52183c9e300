from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.answer_text import column_widths, fits, format_text, shown
from kimplan.formatters.width import width_of
from kimplan.model.prose import Block, Span, parse_prose

CELL = st.text(st.sampled_from("ab :\n\x1b日é") | st.characters(), max_size=40)
COLUMN = st.builds(
    Column,
    CELL,
    share=st.integers(0, 3),
    is_number=st.booleans(),
    snug=st.just(0) | st.integers(2, 20),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(COLUMN, min_size=1, max_size=7))
    rows = draw(st.lists(st.tuples(*(CELL for _ in columns)), min_size=1, max_size=4))
    return Table(tuple(columns), rows)


PART: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, CELL),
    st.builds(Line, CELL, st.sampled_from(Tone)),
    CELL.map(parse_prose).map(Prose),
    st.lists(st.tuples(CELL, CELL, st.sampled_from(Tone)), min_size=1, max_size=4)
    .map(tuple)
    .map(Facts),
    tables(),
)


def text(*parts: Part, width: int = 80) -> str:
    return format_text(Answer(parts, {}), width)


@given(tables(), st.integers(-5, 250))
def test_the_columns_fit_where_they_can(table: Table, width: int) -> None:
    rows = [tuple(map(shown, row)) for row in table.rows]
    widths = column_widths(table.columns, rows, width)
    assert len(widths) == len(table.columns)
    natural = [
        max(width_of(shown(column.title)), *(width_of(row[at]) for row in rows))
        for at, column in enumerate(table.columns)
    ]
    assert all(0 <= room <= need for room, need in zip(widths, natural, strict=True))
    # Each column has what it needs, or 14 where that is more: so little is always possible.
    gaps = 2 * (len(widths) - 1)
    assert fits(widths, width) or sum(min(14, need) for need in natural) + gaps > width


@given(tables())
def test_columns_that_fit_are_as_wide_as_they_need(table: Table) -> None:
    rows = [tuple(map(shown, row)) for row in table.rows]
    widths = column_widths(table.columns, rows, 10_000)
    for at, (column, room) in enumerate(zip(table.columns, widths, strict=True)):
        cells = [shown(column.title), *(row[at] for row in rows)]
        assert room == max(map(width_of, cells))


@given(st.lists(PART, min_size=1, max_size=5), st.sampled_from([40, 80, 200]))
def test_no_line_is_wider_than_the_width(parts: list[Part], width: int) -> None:
    words = {
        word
        for part in parts
        if isinstance(part, Prose)
        for block in part.blocks
        for word in shown(block.text).split(" ")
    }
    for line in text(*parts, width=width).split("\n"):
        assert not line.endswith(" ")
        assert width_of(line) <= width or line.strip(" -") in words or line.strip(" ") in words


@given(st.lists(PART, min_size=1, max_size=5), st.sampled_from([40, 80]))
def test_no_character_of_a_terminal_gets_through(parts: list[Part], width: int) -> None:
    for line in text(*parts, width=width).split("\n"):
        assert shown(line) == line
        assert not line.lstrip().startswith("::")


@given(tables(), st.sampled_from([40, 80, 200]))
def test_no_cell_is_lost(table: Table, width: int) -> None:
    seen = re.sub("[ \n]", "", text(table, width=width))
    for row in table.rows:
        for cell in row:
            assert set(re.sub("[ \n]", "", shown(cell))) <= set(seen)


def test_no_word_begins_a_command_of_a_log() -> None:
    assert shown("::error::x") == "\\x3a:error\\x3a:x"
    assert shown("a:b: c") == "a:b: c"


def test_a_table_that_cannot_fit_is_a_list() -> None:
    columns = tuple(Column(title) for title in ("Ref", "Title", "Promised", "Days late", "Owner"))
    rows = [
        ("REC8", "Keep a register", "March 2024", "61", ""),
        ("REC9", "Keep it up to date", "April 2024", "31", "Head of Repairs"),
    ]
    assert text(Table(columns, rows), width=40) == (
        "Ref        REC8\n"
        "Title      Keep a register\n"
        "Promised   March 2024\n"
        "Days late  61\n"
        "\n"
        "Ref        REC9\n"
        "Title      Keep it up to date\n"
        "Promised   April 2024\n"
        "Days late  31\n"
        "Owner      Head of Repairs\n"
    )


def test_a_row_of_nothing_is_no_trouble() -> None:
    columns = tuple(Column(letter * 30) for letter in "abc")
    table = Table(columns, [("", "", ""), ("x", "", "")])
    assert text(table, width=40) == f"{'a' * 20}  x\n{'a' * 10}\n"


def test_tables_of_the_same_columns_stand_below_each_other() -> None:
    columns = (Column("Ref"), Column("Days", is_number=True))
    assert text(
        Heading("A"), Table(columns, [("REC1", "1")]), Table(columns, [("REC1000", "1,000")])
    ) == (
        "A\n"
        "Ref       Days\n"
        "-------  -----\n"
        "REC1         1\n"
        "\n"
        "Ref       Days\n"
        "-------  -----\n"
        "REC1000  1,000\n"
    )


def test_an_address_is_never_broken() -> None:
    address = f"https://example.org/{'a' * 100}"
    block = Block((Span("The register", link=address), Span(", good until July 2026")), 1, True)
    assert text(Prose((block,))) == (f"- The register\n  ({address}),\n  good until July 2026\n")


def test_bullets_and_paragraphs_are_laid_out() -> None:
    prose = parse_prose("First.\n\n- one\n- two\n  - deep\n\n  goes on\n\nLast.")
    assert text(Prose(prose)) == ("First.\n- one\n- two\n  - deep\n\n  goes on\n\nLast.\n")


@pytest.mark.parametrize(
    "nasty", ["[red]x[/red]", ":smile:", "a\x1b[31m", "\u202eabc", "##[x]", "::error::x"]
)
def test_nasty_texts_are_shown(nasty: str) -> None:
    seen = shown(nasty)
    parts = (
        Heading(nasty),
        Line(nasty),
        Facts((("Name", nasty, Tone.PLAIN),)),
        Table((Column(nasty),), [(nasty,)]),
        Prose((Block((Span(nasty),)),)),
    )
    assert text(*parts).count(seen) == 6
    assert "\x1b" not in text(*parts)
