"""What a report says against what it should say: texts, tables and figures."""

from __future__ import annotations

import pytest

from kimplan.verify.compare import Found, compare
from kimplan.verify.difference import Difference
from kimplan.verify.expected import ChartValues, Content, Grid, Line, Link
from kimplan.verify.plain_text import plain
from kimplan.verify.rows import match_rows

LABELS = ("Ref", "Title", "RAG")
ROWS = (("Section\nIts text",), ("REC1", "one", "GREEN"), ("REC2", "two", "RED"))
GRID = Grid("Plan", LABELS, ROWS)
LINES = (
    Line("summary", "position", "8 of 21 recommendations are complete."),
    Line("summary", "note", "An item is overdue when its date has passed."),
    Line("overdue", "heading", "Overdue items (6)"),
)
FIGURE = ChartValues(
    "Figure 1", "In words.", ("A", "B"), (("Green", ("1", "2")), ("Red", ("0", "3")))
)


def tables(*found: Grid, own: bool = False) -> list[Difference]:
    return compare(Found(Content((), found, ()), own), Content((), (GRID,), ()))


def lines(*texts: str, own: bool = False) -> list[tuple[str, str, str]]:
    found = Content(tuple(Line("", "", text) for text in texts), (), ())
    return [each[2:] for each in compare(Found(found, own), Content(LINES, (), ()))]


def rows(*found: tuple[str, ...]) -> list[Difference]:
    return tables(GRID._replace(rows=found))


# Tables


def test_the_same() -> None:
    assert tables(GRID) == []


def test_each_cell_that_differs() -> None:
    section, first, second = ROWS
    assert rows(section, ("REC1", "uno", "RED"), second) == [
        Difference("Plan", "REC1", "Title", "uno", "one"),
        Difference("Plan", "REC1", "RAG", "RED", "GREEN"),
    ]
    assert rows(("Section\nOther text",), first, second) == [
        Difference("Plan", "Section", "Section", "Section\nOther text", "Section\nIts text")
    ]


def test_a_ref_that_was_changed() -> None:
    section, first, _ = ROWS
    assert rows(section, first, ("REC9", "two", "RED")) == [
        Difference("Plan", "REC2", "Ref", "REC9", "REC2")
    ]


def test_rows_that_are_gone_or_new() -> None:
    section, first, second = ROWS
    assert rows(section, second) == [
        Difference("Plan", "REC1", "whole row", "", "REC1 | one | GREEN")
    ]
    assert rows(*ROWS, ("REC3", "three", "RED")) == [
        Difference("Plan", "REC3", "whole row", "REC3 | three | RED", "")
    ]
    assert rows(*ROWS, first) == [Difference("Plan", "REC1", "whole row", "REC1 | one | GREEN", "")]


def test_rows_in_another_order() -> None:
    section, first, second = ROWS
    assert rows(section, second, first) == [
        Difference("Plan", "REC2", "order of the rows", "stands before REC1", "stands last")
    ]
    assert rows(first, second, section) == [
        Difference("Plan", "Section", "order of the rows", "stands last", "stands before REC1")
    ]


def test_of_many_rows_only_those_that_were_moved_are_told() -> None:
    old = tuple((f"REC{number}", "x", "RED") for number in range(1, 8))
    grid = Grid("Plan", LABELS, old)
    moved = (old[3], *old[:3], *old[4:])
    found = compare(
        Found(Content((), (grid._replace(rows=moved),), ()), False), Content((), (grid,), ())
    )
    assert found == [
        Difference("Plan", "REC4", "order of the rows", "stands before REC1", "stands before REC5")
    ]


def test_a_table_below_another_heading() -> None:
    lines_ = (Line("overdue", "heading", "Overdue"), Line("due-soon", "heading", "Due soon"))
    late, soon = (Grid(text, ("Ref",), ((text,),), below=text) for text in ("Overdue", "Due soon"))
    right = Content(lines_, (late, soon), ())
    swapped = Content(lines_, (soon._replace(below="Overdue"), late._replace(below="Due soon")), ())
    assert compare(Found(swapped, False), right) == [
        Difference("Overdue", "", "place", "below “Due soon”", "below “Overdue”"),
        Difference("Due soon", "", "place", "below “Overdue”", "below “Due soon”"),
    ]


@pytest.mark.parametrize(
    ("colour", "shown"), [("red", "red"), ("", "none"), ("#FFFF00", "#FFFF00")]
)
def test_a_rating_in_another_colour(colour: str, shown: str) -> None:
    right = GRID._replace(colours=(("",), ("", "", "green"), ("", "", "red")))
    found = right._replace(colours=(("",), ("", "", colour), ("", "", "red")))
    assert compare(Found(Content((), (found,), ()), False), Content((), (right,), ())) == [
        Difference("Plan", "REC1", "colour", shown, "green")
    ]


LINKS = (Link("REC1", "#REC1"), Link("Policy", "https://example.org/policy"))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (LINKS, []),
        (LINKS[1:], [Difference("Text", "REC1", "link", "", "#REC1")]),
        (
            (LINKS[0], Link("Policy", "https://evil.example")),
            [Difference("Text", "Policy", "link", "https://evil.example", LINKS[1].target)],
        ),
        (
            (*LINKS, Link("here", "https://evil.example")),
            [Difference("Text", "here", "added link", "https://evil.example", "")],
        ),
    ],
)
def test_links(found: tuple[Link, ...], told: list[Difference]) -> None:
    right = Content((), (), (), links=LINKS)
    assert compare(Found(Content((), (), (), links=found), False), right) == told


def test_cells_that_are_too_many_or_too_few() -> None:
    section, _, second = ROWS
    assert rows(section, ("REC1", "one"), (*second, "more")) == [
        Difference("Plan", "REC1", "RAG", "", "GREEN"),
        Difference("Plan", "REC2", "added cell", "more", ""),
    ]


def test_a_table_whose_title_or_header_was_changed_is_still_found() -> None:
    assert tables(GRID._replace(title="Other")) == []
    assert tables(GRID._replace(labels=("Ref", "Titel", "RAG"))) == [
        Difference("Plan", "header", "Title", "Titel", "Title")
    ]


def test_a_table_that_is_gone_or_new() -> None:
    assert tables() == [Difference("Plan", "", "whole table", "", "Ref, Title, RAG")]
    more = Grid("", ("Signed",), ())
    assert tables(GRID, more) == [Difference("Table", "", "added table", "Signed", "")]
    assert tables(GRID, more, own=True) == []


def test_many_rows_in_a_second() -> None:
    old = [(f"REC{number}", str(number)) for number in range(20_000)]
    new = [(ref, f"{text}x") for ref, text in reversed(old)]
    matched = match_rows(old, new)
    assert (len(matched.pairs), matched.gone, matched.added) == (20_000, [], [])
    pairs = [(at, 20_000 - 1 - at) for at in range(20_000)]
    assert matched.pairs == pairs


# Lines


def test_each_line_that_differs() -> None:
    position, note, heading = (line.text for line in LINES)
    assert lines(position, note, heading) == []
    assert lines(position.replace("8", "18"), note, heading) == [
        ("position", position.replace("8", "18"), position)
    ]
    assert lines(note, heading) == [("position", "", position)]
    assert lines(position, note, "All is well.", heading) == [("added text", "All is well.", "")]


def test_a_line_that_differs_among_others_that_were_put_in() -> None:
    position, note, heading = (line.text for line in LINES)
    other = position.replace("8 of", "9 of")
    found = lines("Cover of the paper", "For the Board", other, note, heading)
    assert found == [
        ("added text", "Cover of the paper", ""),
        ("added text", "For the Board", ""),
        ("position", other, position),
    ]
    assert lines("Cover of the paper", "For the Board", other, note, heading, own=True) == [
        ("position", other, position)
    ]


def test_text_within_a_part_counts_in_an_own_template_too() -> None:
    position, note, heading = (line.text for line in LINES)
    assert lines(position, "All is well.", note, heading, own=True) == [
        ("added text", "All is well.", "")
    ]
    assert lines("Cover", position, note, "Between two parts", heading, "End", own=True) == []


# Headers and footers


@pytest.mark.parametrize(
    ("found", "differences"),
    [
        (("Position · v Page 1", "Position · v Page 2"), []),
        (("Position · v", "Position · w"), ["Position · w"]),
        (("Position · v",), [""]),
        (("Logo", "Position · v", "Position · v"), []),
        ((), ["", ""]),
    ],
)
def test_footers(found: tuple[str, ...], differences: list[str]) -> None:
    right = Content((), (), (), footers=("Position · v",) * 2)
    made = compare(Found(Content((), (), (), footers=found), False), right)
    assert [each.says for each in made] == differences
    assert {each.said for each in made} <= {"Position · v"}


# Figures


def figures(*found: ChartValues) -> list[Difference]:
    return compare(Found(Content((), (), found), False), Content((), (), (FIGURE,)))


def test_figures() -> None:
    assert figures(FIGURE) == []
    assert figures() == [Difference("Figure 1", "", "whole chart", "", "In words.")]
    changed = FIGURE._replace(series=(("Green", ("1", "9")), ("Blue", ("1", "1"))))
    assert figures(changed) == [
        Difference("Figure 1", "Green", "B", "9", "2"),
        Difference("Figure 1", "Red", "A", "", "0"),
        Difference("Figure 1", "Red", "B", "", "3"),
        Difference("Figure 1", "Blue", "added series", "1, 1", ""),
    ]
    assert figures(FIGURE._replace(alt_text="")) == []
    assert [each.column for each in figures(FIGURE._replace(alt_text="Other"))] == [
        "alternative text"
    ]
    assert figures(FIGURE._replace(categories=("A", "C"))) == [
        Difference("Figure 1", "", "category", "C", "B")
    ]


def test_plain() -> None:
    assert plain(" a \u00a0 b\n\n c\t d ") == "a b\nc d"
    assert plain(" a \u00a0 b\t\u2028c ") == "a b c"
    assert plain(" \t ") == plain(" \n ") == plain("") == ""
