"""Blocks as they are written in a plan, beside what stands there already."""

from __future__ import annotations

import pytest
from conftest import load_shipped_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.merge.markdown import to_markdown
from kimplan.merge.sameness import same_blocks
from kimplan.model.prose import Block, Span, parse_prose

SOURCE = """\
The register is being built, and will be
published in the spring:

- for homes in **Devon**
- for [other homes](https://example.org/homes)
  and their land

1. first
2. second

The end.
"""


def test_what_is_the_same_keeps_its_lines() -> None:
    assert to_markdown(parse_prose(SOURCE), SOURCE) == SOURCE.rstrip("\n")


def test_every_response_of_the_shipped_plan_keeps_its_lines() -> None:
    responses = [item.response for item in load_shipped_plan().recommendations]
    assert len(responses) == 21
    for response in responses:
        assert to_markdown(parse_prose(response), response) == response.rstrip("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("published in the spring:", "published in the late spring:"),
        ("- for homes in **Devon**", "- for homes in **Devon**\n- for homes in Cornwall"),
        ("  and their land\n", "  and their land and water\n"),
        ("2. second", "2. second\n3. third"),
        ("The end.", "The end.\n\nOr is it?"),
        ("1. first\n2. second\n\n", ""),
        ("- for homes in **Devon**\n", ""),
        ("The end.", "**The** end."),
    ],
)
def test_only_lines_that_change_are_written_anew(old: str, new: str) -> None:
    wanted = SOURCE.replace(old, new)
    assert wanted != SOURCE
    assert to_markdown(parse_prose(wanted), SOURCE) == wanted.rstrip("\n")


def test_a_paragraph_that_grows_is_wrapped() -> None:
    source = "One line that is short.\n"
    blocks = parse_prose("One line that is short. " + "More words are here. " * 6)
    assert to_markdown(blocks, source).split("\n") == [
        "One line that is short. More words are here. More words are here. More words are here.",
        "More words are here. More words are here. More words are here.",
    ]


def test_a_paragraph_on_one_long_line_stays_on_one() -> None:
    source = "Many words on a line. " * 8
    wanted = f"{source}And more."
    assert to_markdown(parse_prose(wanted), source) == wanted


def test_what_word_leaves_between_words_is_not_written() -> None:
    blocks = [Block((Span("It\u00a0is "), Span(" here", True), Span("\u200b. ")))]
    assert to_markdown(blocks) == "It is **here**."


_WORDS = st.lists(
    st.sampled_from(["homes", "and", "land", "£5", "(a)", "–", "end."]), min_size=1, max_size=8
)
_LINK = st.sampled_from(["", "", "https://example.org/a"])
_SPAN = st.tuples(_WORDS.map(" ".join), st.booleans(), _LINK).map(lambda parts: Span(*parts))
_BLOCK = st.tuples(_SPAN, st.booleans()).map(
    lambda parts: Block((Span("So "), parts[0], Span(" it is")), int(parts[1]), parts[1])
)
_BLOCKS = st.lists(_BLOCK, min_size=1, max_size=6)


@given(_BLOCKS, _BLOCKS)
def test_what_is_written_says_what_was_wanted(wanted: list[Block], old: list[Block]) -> None:
    source = to_markdown(old)
    assert same_blocks(parse_prose(source), old)
    assert same_blocks(parse_prose(to_markdown(wanted, source)), wanted)
