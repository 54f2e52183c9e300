from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.formatters.width import cut, fold, padded, width_of, wrap

TEXT = st.text(st.sampled_from("ab –é日\u0301\u200d😀  ") | st.characters(), max_size=60)
WIDTH = st.integers(-3, 30)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("REC6", 4),
        ("December 2023 – March 2024", 26),
        ("£5 ’“”…█", 8),
        ("é", 1),
        ("e\u0301", 1),
        ("日本", 4),
        ("😀", 2),
        ("a\u200db\u00adc", 3),
        ("Кия", 3),
    ],
)
def test_the_width_is_that_on_a_terminal(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one two three", 7, ["one two", "three"]),
        ("  one   two  ", 5, ["one", "two"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("日本語 です", 4, ["日本", "語", "です"]),
        ("日本", 1, ["日", "本"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("ab", 0, ["a", "b"]),
    ],
)
def test_a_text_is_broken_at_spaces(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_a_word_can_be_kept_whole() -> None:
    address = "https://example.org/a/long/address"
    assert wrap(f"see {address} now", 10, keeps_words=True) == ["see", address, "now"]
    assert wrap(address, 10, keeps_words=True) == [address]


@given(TEXT, WIDTH, st.booleans())
def test_breaking_a_text_loses_nothing(text: str, width: int, keeps_words: bool) -> None:
    lines = wrap(text, width, keeps_words=keeps_words)
    assert lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if keeps_words:
        assert [w for line in lines for w in line.split(" ") if w] == [
            w for w in text.split(" ") if w
        ]


@given(TEXT, WIDTH, st.booleans())
def test_no_line_is_wider_but_for_what_cannot_be_broken(
    text: str, width: int, keeps_words: bool
) -> None:
    for line in wrap(text, width, keeps_words=keeps_words):
        assert not line.startswith(" ")
        assert not line.endswith(" ")
        is_whole = keeps_words and " " not in line
        is_one_wide_character = width <= 1 and width_of(line) <= 2
        assert width_of(line) <= max(width, 1) or is_whole or is_one_wide_character


@given(TEXT, st.integers(0, 80))
def test_a_padded_text_has_the_width(text: str, width: int) -> None:
    room = max(width, width_of(text))
    left, right = padded(text, width), padded(text, width, is_number=True)
    assert (width_of(left), width_of(right)) == (room, room)
    assert left.startswith(text)
    assert right.endswith(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("one two\n\n", "one two\n\n"),
        ("one two three\n", "one two\n  three\n"),
        ("  hint: one two", "  hint:\n    one\n    two"),
        ("see https://example.org/a\nno", "see\n  https://example.org/a\nno"),
    ],
)
def test_long_lines_go_on_below_further_in(text: str, folded: str) -> None:
    assert fold(text, 8) == folded


def test_a_text_is_cut_to_the_columns_that_it_takes() -> None:
    assert [cut("abcdef", width) for width in (6, 5, 1)] == ["abcdef", "abcd…", "…"]
    assert cut("日本語", 5) == "日本…"
