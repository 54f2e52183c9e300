"""What was typed in a cell: paragraphs, bullets and numbers, and nothing that is Markdown."""

from __future__ import annotations

import pytest
from exchange_dump import show

from kimplan.exchange.blocks import Line, text_blocks, to_blocks
from kimplan.model.prose import Block, Span


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (" \u00a0\n\u200b\n", []),
        ("One\nTwo", ["One", "Two"]),
        ("One\r\nTwo\rThree", ["One", "Two", "Three"]),
        ("  a \u00a0 b\t c  ", ["a b c"]),
        ("co\u00adoperate\u200b", ["cooperate"]),
        ("These:\n• b\n•c\n·\td\n- e", ["These:", "- b", "- c", "- d", "- e"]),
        ("– f\n– g\n▪ h", ["- f", "- g", "- h"]),
        ("o one\no two", ["- one", "- two"]),
        ("o one", ["o one"]),
        ("- a\n  - b\n\to c\n  o d", ["- a", "  - b", "  - c", "  - d"]),
        ("1. a\n2. b\n\n3. c", ["1. a", "2. b", "3. c"]),
        ("a) b\nb) c", ["a) b", "b) c"]),
        ("2024. A year", ["2024. A year"]),
        ("-5 degrees", ["-5 degrees"]),
        ("-", ["-"]),
        ("**not bold** [no link](x) _a_", ["**not bold** [no link](x) _a_"]),
        ("* star", ["* star"]),
    ],
)  # fmt: skip
def test_plain_text(text: str, lines: list[str]) -> None:
    assert [show(block) for block in text_blocks(text)] == lines


def test_a_cell_that_is_all_bold_says_no_more_for_it() -> None:
    bold = [Line((Span("A", True), Span(" b", True))), Line((Span(" ", False), Span("c", True)))]
    assert to_blocks(bold) == (Block((Span("A b"),)), Block((Span("c"),)))


def test_bold_words_stay_bold() -> None:
    spans = (Span("Not "), Span("this", True), Span(" one", True), Span("."))
    assert to_blocks([Line(spans)]) == (Block((Span("Not "), Span("this one", True), Span("."))),)


def test_what_the_file_calls_a_list_is_one() -> None:
    lines = [
        Line((Span("Intro:"),)),
        Line((Span("one\nmore of it"),), 1, bullet=True),
        Line((Span("- not twice"),), 2, marker="i)"),
        Line((Span("deep"),), 9, bullet=True),
        Line((Span("• typed"),)),
    ]
    assert [show(block) for block in to_blocks(lines)] == [
        "Intro:", "- one", "+ more of it", "  i) - not twice", "    - deep", "- typed",
    ]  # fmt: skip


def test_the_mark_of_a_bullet_may_have_a_look_of_its_own() -> None:
    spans = (Span("• ", True), Span("first", True), Span(" rest", link="https://example.org"))
    (block,) = to_blocks([Line(spans)])
    assert block == Block(
        (Span("first", True), Span(" rest", link="https://example.org")), 1, bullet=True
    )
