"""Splicing into a text, where its values stand, and its keys in another order."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from conftest import SHIPPED_PLAN, needs_c_parser
from hypothesis import given
from hypothesis import strategies as st
from properties.mutations import RECORDS, SETTINGS, mutated

from kimplan.source import KeyPath, parse
from kimplan.source.splice import Edit, line_end, nodes, reordered, span, splice, whole_lines

TEXT = """\
# head
ref: REC1  # here
title: 'It''s: kept'
detail: |  # a block
  One

  two

# of response
response: >-
  Folded
  text
owners: [A, "B, C"]
due:
progress:
  - {on: 2024-05-02, note: x}
  - on: 2024-05-03
    note: plain over
      two lines  # trailing
"""


def stands(text: str, *path: str | int) -> str | None:
    found = span(text, path)
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("ref",), "REC1"),
        (("title",), "'It''s: kept'"),
        (("detail",), "|  # a block\n  One\n\n  two"),
        (("response",), ">-\n  Folded\n  text"),
        (("owners",), '[A, "B, C"]'),
        (("owners", 1), '"B, C"'),
        (("due",), ""),
        (("progress", 0), "{on: 2024-05-02, note: x}"),
        (("progress", 0, "on"), "2024-05-02"),
        (("progress", 1), "on: 2024-05-03\n    note: plain over\n      two lines"),
        (("progress", 1, "note"), "plain over\n      two lines"),
        (("missing",), None),
        (("progress", 7), None),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_value_stands_from_its_first_to_its_last_character(
    path: KeyPath, expected: str | None, end: str
) -> None:
    text = TEXT.replace("\n", end)
    assert stands(text, *path) == (expected and expected.replace("\n", end))


def test_blank_lines_with_spaces_and_tabs_do_not_move_anything() -> None:
    text = "a: |\n  x\n      \n  y\n \t \nb:\tz\t# é😀\nc: [d]\n"
    assert stands(text, "a") == "|\n  x\n      \n  y"
    assert stands(text, "b") == "z"
    assert stands(text, "c", 0) == "d"


def test_lines_that_a_block_keeps_are_its_own() -> None:
    assert stands("a: |+\n  x\n\n\nb: y\n", "a") == "|+\n  x\n\n"
    assert stands("a: |2+\n  x\n\n", "a") == "|2+\n  x\n"
    assert stands("a: |\n  x\n\n\nb: y\n", "a") == "|\n  x"
    assert stands("a: |\n  x", "a") == "|\n  x"
    assert stands("a: |\nb: y\n", "a") == "|"


def test_of_a_key_that_stands_twice_the_first_is_found() -> None:
    assert stands("a: {b: 1}\na: {b: 2, c: 3}\n", "a", "b") == "1"


@pytest.mark.parametrize("text", ["", "a: [", "&a b: c\n", "- a\n", "a: *b\n", "[" * 40])
def test_nothing_stands_in_what_cannot_be_read(text: str) -> None:
    assert nodes(text) == {}


def test_edits_are_made_in_any_order() -> None:
    edits = [Edit(4, 5, "X"), Edit(0, 1, ""), Edit(5, 5, "|"), Edit(6, 6, "end")]
    assert splice("abcdef", edits) == "bcdX|fend"


@pytest.mark.parametrize(
    "edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(5, 9, "")], [Edit(2, 1, "")]]
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps or leaves"):
        splice("abcdef", edits)


def test_lines_and_line_ends() -> None:
    assert whole_lines("a\r\nb\rc\n\nd") == ["a\r\n", "b\r", "c\n", "\n", "d"]
    assert [line_end(text) for text in ("a\r\nb\n", "a\rb\n", "a\nb\r", "a")] == [
        "\r\n", "\r", "\n", "\n",
    ]  # fmt: skip


READABLE = mutated((*RECORDS, *SETTINGS, TEXT)).filter(lambda text: parse(text).value is not None)


@given(READABLE)
def test_each_value_can_be_replaced_alone(text: str) -> None:
    found = nodes(text)
    value = parse(text).value
    for path, node in found.items():
        at = _at(value, path)
        if not isinstance(at, str) or node.key is None:
            continue
        if node.start == node.end and text[node.start - 1] != ":":
            continue  # a key in braces without a colon
        if text[node.start - 1] in "\r\n":
            continue  # only a block of text may begin a line below its key
        in_flow = any(found[path[:length]].style in {"{", "["} for length in range(len(path)))
        new = '"new"' if text[node.start - 1 : node.start].isspace() or in_flow else ' "new"'
        after = parse(splice(text, [Edit(node.start, node.end, new)])).value
        assert _at(after, path) == "new", path
        assert _without(after, path) == _without(value, path)


def _at(value: Any, path: KeyPath) -> Any:
    for step in path:
        value = value[step]
    return value


def _without(value: Any, path: KeyPath) -> Any:
    if not path:
        return None
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return [(key, _without(inner, path[1:]) if key == path[0] else inner) for key, inner in entries]


@needs_c_parser
@given(READABLE)
def test_both_parsers_find_the_same_places(text: str) -> None:
    assert nodes(text, pure=True) == nodes(text, pure=False)


def test_every_value_of_the_shipped_plan_is_where_it_is_said_to_be() -> None:
    for file in SHIPPED_PLAN.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        value = parse(text).value
        for path, node in nodes(text).items():
            found = _at(value, path)
            if isinstance(found, str) and not node.style:
                assert text[node.start : node.end] == found


# The order of keys


def test_comments_go_with_the_key_below_them() -> None:
    before = """\
# of the file

# of c, one
# of c, two
c: 3  # three
# of b
b: |
  text
    # no comment
# of a
a:
  # inside
  - x
  # after x
d: 4
# foot
"""
    assert (
        reordered(before, "abcd")
        == """\
# of the file

# of a
a:
  # inside
  - x
  # after x
# of b
b: |
  text
    # no comment
# of c, one
# of c, two
c: 3  # three
d: 4
# foot
"""
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# head\nb: 1\na: 2\n", "# head\na: 2\nb: 1\n"),
        ("---\n# head\nb: 1\na: 2\n", "---\n# head\na: 2\nb: 1\n"),
        ("--- # head\nb: 1\na: 2\n...\n# foot\n", "--- # head\na: 2\nb: 1\n...\n# foot\n"),
        ("\n# head\nb: 1\na: 2\n", "\n# head\na: 2\nb: 1\n"),
        ("# head\n\nb: 1\na: 2\n", "# head\n\na: 2\nb: 1\n"),
        ("b: 1\n\na: 2\n", "a: 2\n\nb: 1\n"),
        ("b: 1\n# x\n\na: 2\n", "a: 2\n\nb: 1\n# x\n"),
        ("b: 1\n\n# x\n\na: 2\n", "# x\n\na: 2\n\nb: 1\n"),
        ("b: 1\n\n# x\na: 2\n", "# x\na: 2\n\nb: 1\n"),
        ("b: |\n  x\n\n# y\na: 2\n", "# y\na: 2\n\nb: |\n  x\n"),
        ("b: |\n  x\n # y\na: 2\n", "a: 2\nb: |\n  x\n # y\n"),
        ("b: |+\n  x\n\na: 2\n", "a: 2\nb: |+\n  x\n\n"),
        ("b: 1\na: 2\n\n\n# foot\n", "a: 2\nb: 1\n\n\n# foot\n"),
        ("b: 1\na:\n - 2\n # - 3\n# foot\n", "a:\n - 2\n # - 3\nb: 1\n# foot\n"),
        ("b:\na:\n\n# foot\n", "a:\nb:\n\n# foot\n"),
        ("b: # x\n  1\na: 2\n", "a: 2\nb: # x\n  1\n"),
        ("b:\n- 1\n- 2\na: {c: 1,\n  d: 2}  # x\n", "a: {c: 1,\n  d: 2}  # x\nb:\n- 1\n- 2\n"),
        ("  b: 1\n  # x\n  a: 2\n", "  # x\n  a: 2\n  b: 1\n"),
        ("b: \"x\n\n  y\"\na: p\n q\n", "a: p\n q\nb: \"x\n\n  y\"\n"),
        ("'b': 1\n\"a\": 2\n", "\"a\": 2\n'b': 1\n"),
        (
            "# head\n# kimplan: ignore KP1 - why\nb: 1\na: 2\n",
            "# head\na: 2\n# kimplan: ignore KP1 - why\nb: 1\n",
        ),
        (
            "# kimplan: ignore-file KP1 - why\nb: 1\na: 2\n",
            "# kimplan: ignore-file KP1 - why\na: 2\nb: 1\n",
        ),
        (
            "b:\n  - 1\n  # kimplan: ignore KP1 - why\na: 2\n",
            "  # kimplan: ignore KP1 - why\na: 2\nb:\n  - 1\n",
        ),
    ],
)  # fmt: skip
def test_what_moves_and_what_stays(before: str, after: str) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert reordered(before.replace("\n", end), "ab") == after.replace("\n", end)


@pytest.mark.parametrize(
    "text",
    [
        "{b: 1, a: 2}\n",
        "b: 1\na: 2",
        "? b\n: 1\n? a\n: 2\n",
        "b: 1\n",
        "b: 1\na: 2\nc: 3\n",
        "",
        "b: 1\n\na: 2\r",
        "b: 1\na: 2\nb: 3\n",
        "b: 1\na: 2\na:\n  # x\n  - 3\n",
    ],
)
def test_keys_that_are_no_whole_lines_or_not_those_named_stay(text: str) -> None:
    assert reordered(text, "ab") is None


@given(READABLE, st.randoms(use_true_random=False))
def test_an_order_moves_whole_lines_only(text: str, random: Random) -> None:
    value = parse(text).value or {}
    keys = list(value)
    random.shuffle(keys)
    after = reordered(text, keys)
    if after is not None:
        assert sorted(whole_lines(after)) == sorted(whole_lines(text))
        if not re.search(r"[|>]\d?[+-]?\d?[ #]*[^\n]*\n\s*\n", text):
            assert parse(after).value == value
