from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.answer_text import shown
from kimplan.formatters.terminal import format_terminal
from kimplan.model.prose import Block, Span, parse_prose

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;(?:id=[0-9]+)?;([^\x1b]*)\x1b\\")
HOSTILE = st.text(st.sampled_from("ab [/]:\x1b\\\x07\n\x9d日é") | st.characters(), max_size=40)
ADDRESS = "https://example.org/register"


def text(*parts: Part, width: int = 80, colour: bool = True) -> str:
    return format_terminal(Answer(parts, {}), width, colour=colour)


def plain(out: str) -> str:
    """Return what a reader sees, which must hold no other escape sequence."""
    seen = COLOUR.sub("", LINK.sub("", out))
    assert all(shown(line) == line for line in seen.split("\n"))
    return seen


def linked(span: Span, *, colour: bool = True) -> str:
    return text(Prose((Block((span,)),)), width=10_000, colour=colour)


def parts_of(nasty: str) -> tuple[Part, ...]:
    return (
        Heading(nasty),
        Line(nasty, Tone.LATE),
        Facts((("Name", nasty, Tone.RED),)),
        Table((Column("Column", share=1, tones={nasty: Tone.AMBER}),), [(nasty,)]),
        Prose((Block((Span(nasty, bold=True),), 1, True),)),
    )


@pytest.mark.parametrize(
    "nasty",
    ["[red]x[/red]", "[link=https://x]y[/link]", ":smile:", "\x1b[31mred", "a\u202eb", "##[x]"],
)
@pytest.mark.parametrize("colour", [True, False])
def test_nasty_texts_are_shown_as_they_are(nasty: str, colour: bool) -> None:
    seen = plain(text(*parts_of(nasty), colour=colour))
    assert seen.count(shown(nasty)) == 5


@given(HOSTILE, st.sampled_from([40, 80, 200]), st.booleans())
def test_no_line_is_wider_and_no_escape_is_the_plans(nasty: str, width: int, colour: bool) -> None:
    for line in plain(text(*parts_of(nasty), width=width, colour=colour)).split("\n"):
        assert cell_len(line) <= width  # of some rare characters rich has another opinion


@given(HOSTILE, HOSTILE)
def test_no_text_of_a_link_ends_its_escape_sequence(words: str, rest: str) -> None:
    out = linked(Span(words, link=f"https://{rest}"))
    addresses = [found for found in LINK.findall(out) if found]
    assert set(addresses) <= {f"https://{rest}"}
    assert all(re.fullmatch(r"[!-~]+", address) for address in addresses)
    assert shown(f"https://{rest}").split() == [] or (
        "".join(shown(f"https://{rest}").split()) in "".join(plain(out).split())
    )


def test_a_safe_address_is_a_link_and_is_shown() -> None:
    out = linked(Span("Register", link=ADDRESS))
    assert LINK.findall(out) == [ADDRESS, ""]
    assert plain(out) == f"Register ({ADDRESS})\n"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.org/\x1b\\\x1b[31mx",
        "https://example.org/\x07x",
        "https://example.org/\x9cx",
        "https://example.org/é",
        "https://example.org/a b",
        "https://example.org/\u202egro.live",
        "https://",
    ],
)
def test_any_other_address_is_text(address: str) -> None:
    out = linked(Span("Register", link=address))
    assert "\x1b]8" not in out
    assert plain(out) == f"Register ({shown(address)})\n"


def test_without_colour_there_is_no_escape_and_the_same_layout() -> None:
    prose = parse_prose(f"A **bold [site]({ADDRESS})**.\n\n- one\n\nLast.")
    parts = (
        Heading("Heading"),
        Table((Column("Ref"), Column("Days", is_number=True)), [("REC1", "1"), ("REC2", "1,000")]),
        Line("6 overdue.", Tone.LATE),
        Prose(prose),
    )
    bare = text(*parts, colour=False)
    assert "\x1b" not in bare
    assert (
        bare
        == plain(text(*parts))
        == (
            "Heading\n"
            "Ref    Days\n"
            "REC1      1\n"
            "REC2  1,000\n"
            "\n"
            "6 overdue.\n"
            "\n"
            f"A bold site ({ADDRESS}).\n"
            "- one\n"
            "\n"
            "Last.\n"
        )
    )


def test_a_long_address_is_never_cut_short() -> None:
    address = f"{ADDRESS}/{'a' * 100}"
    block = Block((Span("Register", link=address),), 1, True)
    seen = plain(text(Prose((block,)), width=40))
    assert address in "".join(seen.split())


def test_the_colour_of_a_cell_is_that_of_its_text() -> None:
    column = Column("RAG", tones={"RED": Tone.RED, "-": Tone.QUIET}, tone=Tone.GREEN)
    out = text(Table((column,), [("RED",), ("-",), ("x",)])).splitlines()[1:]
    assert out == [
        "\x1b[1;31mRED\x1b[0m",
        "\x1b[2m-  \x1b[0m",
        "\x1b[1;32mx  \x1b[0m",
    ]


@pytest.mark.parametrize("term", ["unknown", "dumb", "xterm"])
def test_the_width_is_kept_on_any_terminal(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert plain(text(Line("x" * 150), width=200, colour=False)) == f"{'x' * 150}\n"


_WORDS = st.sampled_from(["a", "banana", "data;", "a" * 30, "Days", "1,234", "[a]", "", "-"])
_CELL = st.lists(_WORDS, max_size=12).map(" ".join)


@given(
    st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=3),
    st.sampled_from([40, 60, 120]),
    st.booleans(),
)
def test_plain_letters_are_laid_out_as_others_of_their_width_are(
    rows: list[tuple[str, ...]], width: int, colour: bool
) -> None:
    columns = (
        Column("Ref", snug=8, tones={"Days": Tone.AMBER}),
        Column("Title", share=3),
        Column("Number", is_number=True, tone=Tone.LATE),
    )
    other = columns[0]._replace(tones={"Dáys": Tone.AMBER})
    others = [tuple(cell.replace("a", "á") for cell in row) for row in rows]
    seen = text(Table((other, *columns[1:]), others), width=width, colour=colour)
    assert text(Table(columns, rows), width=width, colour=colour) == seen.replace("á", "a")
