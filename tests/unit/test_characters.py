from __future__ import annotations

import sys
import unicodedata

import pytest

from kimplan.characters import (
    describe,
    find_forbidden,
    find_invisible,
    first_forbidden,
    make_visible,
    position,
    replace_forbidden,
)

ALLOWED = (
    "\t\n\r aZ0~\u00a0\u00ad\u00e9\u200b\u200d\u2013\u2019\u3000\ufe0f\ufffd\U0001f600\U00020000"
)
FORBIDDEN = {
    "\x00": "U+0000 (NULL)",
    "\x01": "U+0001 (a control character)",
    "\x07": "U+0007 (BELL)",
    "\x08": "U+0008 (BACKSPACE)",
    "\x0b": "U+000B (LINE TABULATION)",
    "\x0c": "U+000C (FORM FEED)",
    "\x1b": "U+001B (ESCAPE)",
    "\x7f": "U+007F (DELETE)",
    "\x85": "U+0085 (NEXT LINE)",
    "\x9b": "U+009B (a control character)",
    "\u061c": "U+061C (ARABIC LETTER MARK)",
    "\u200e": "U+200E (LEFT-TO-RIGHT MARK)",
    "\u200f": "U+200F (RIGHT-TO-LEFT MARK)",
    "\u2028": "U+2028 (LINE SEPARATOR)",
    "\u2029": "U+2029 (PARAGRAPH SEPARATOR)",
    "\u202a": "U+202A (LEFT-TO-RIGHT EMBEDDING)",
    "\u202e": "U+202E (RIGHT-TO-LEFT OVERRIDE)",
    "\u2066": "U+2066 (LEFT-TO-RIGHT ISOLATE)",
    "\u2069": "U+2069 (POP DIRECTIONAL ISOLATE)",
    "\ud800": "U+D800 (half of a surrogate pair)",
    "\ufdd0": "U+FDD0 (a noncharacter)",
    "\ufdef": "U+FDEF (a noncharacter)",
    "\ufeff": "U+FEFF (BYTE ORDER MARK)",
    "\ufffe": "U+FFFE (a noncharacter)",
    "\uffff": "U+FFFF (a noncharacter)",
    "\U0001fffe": "U+1FFFE (a noncharacter)",
    "\U0010ffff": "U+10FFFF (a noncharacter)",
}


def is_noncharacter(number: int) -> bool:
    return 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE


def test_every_control_surrogate_noncharacter_and_direction_is_forbidden_and_nothing_else() -> None:
    directions = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    marks = {0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF}
    expected = {
        number
        for number in range(sys.maxunicode + 1)
        if (unicodedata.category(chr(number)) in {"Cc", "Cs"} and chr(number) not in "\t\n\r")
        or is_noncharacter(number)
        or number in marks
        or unicodedata.bidirectional(chr(number)) in directions
    }
    found = {number for number in range(sys.maxunicode + 1) if first_forbidden(chr(number))}
    assert found == expected


@pytest.mark.parametrize("character", FORBIDDEN)
def test_a_forbidden_character_is_found_and_described(character: str) -> None:
    text = f"a{character}b"
    assert first_forbidden(text) == character
    assert list(find_forbidden(text)) == [(character, 1, 2)]
    assert replace_forbidden(text) == "a\ufffdb"
    assert describe(character) == FORBIDDEN[character]


def test_an_allowed_character_is_left_alone() -> None:
    assert first_forbidden(ALLOWED) is None
    assert list(find_forbidden(ALLOWED)) == []
    assert replace_forbidden(ALLOWED) == ALLOWED


def test_forbidden_characters_are_found_with_their_places() -> None:
    text = "a\x07\r\né\u202e\rb\n\x00"
    assert list(find_forbidden(text)) == [("\x07", 1, 2), ("\u202e", 2, 2), ("\x00", 4, 1)]
    assert first_forbidden(text) == "\x07"


def test_at_most_twenty_forbidden_characters_are_named() -> None:
    assert list(find_forbidden("\x07" * 50)) == [("\x07", 1, at) for at in range(1, 21)]


@pytest.mark.parametrize(
    ("text", "index", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\rb", 3, (3, 1)),
        ("a\n\rb", 3, (3, 1)),
        ("\U0001f600b", 1, (1, 2)),
        ("a\x85b\u2028c\x0bd", 6, (1, 7)),
    ],
)
def test_a_position_counts_lines_and_characters_from_1(
    text: str, index: int, place: tuple[int, int]
) -> None:
    assert position(text, index) == place


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("REC1 – é 😀", "REC1 – é 😀"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("a\nb\r\nc\td", "a\\x0ab\\x0d\\x0ac\\x09d"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x9b31m", "\\x9b31m"),
        ("\x00\x7f", "\\x00\\x7f"),
        ("\u202eabc\u2069", "\\u202eabc\\u2069"),
        ("a\u2028b", "a\\u2028b"),
        ("\ud800", "\\ud800"),
        ("\ufeff\uffff", "\\ufeff\\uffff"),
        ("\U0010ffff", "\\U0010ffff"),
    ],
)
def test_what_a_terminal_may_act_on_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert make_visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "\u05e9\u05dc\u05d5\u05dd\u200f!",
        "(\u200e\u05d0) x",
        "\u0627\u0644\u0646 12\u061c",
        "\u05d0, \u200fword",
    ],
)
def test_a_mark_in_or_beside_hebrew_and_arabic_is_text(text: str) -> None:
    assert first_forbidden(text) is None
    assert replace_forbidden(text) == text
    assert make_visible(text) == text


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("word\u200f", "word\ufffd"),
        ("\u05d0\n\u200fword", "\u05d0\n\ufffdword"),
        ("\u05d0 word\u200f word", "\u05d0 word\ufffd word"),
        ("\u05d0\u202e\u05d1\u2066", "\u05d0\ufffd\u05d1\ufffd"),
        (f"\u05d0{' ' * 60}\u200f", f"\u05d0{' ' * 60}\ufffd"),
    ],
)
def test_a_mark_elsewhere_and_what_turns_text_round_are_not(text: str, replaced: str) -> None:
    assert replace_forbidden(text) == replaced
    assert make_visible(text).isprintable()
    assert first_forbidden(text) is not None


def tagged(region: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in region)


@pytest.mark.parametrize("region", ["gbeng", "gbsct", "gbwls"])
def test_the_flags_of_the_nations_are_seen(region: str) -> None:
    assert list(find_invisible(f"a \U0001f3f4{tagged(region)}\U000e007f b")) == []


@pytest.mark.parametrize("region", ["hidden", "gbwl", "GBWLS", "gbengx"])
def test_tags_that_spell_no_flag_are_unseen(region: str) -> None:
    text = f"\U0001f3f4{tagged(region)}\U000e007f"
    assert len(list(find_invisible(text))) == len(region) + 1


@pytest.mark.parametrize("text", ["a\u200db", "\u200b\u200d\u200b", "“\u200d”", "\u200d"])
def test_a_joiner_that_joins_nothing_is_unseen(text: str) -> None:
    assert "\u200d" in {character for character, _, _ in find_invisible(text)}
