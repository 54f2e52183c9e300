from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.source import Ignore, find_ignores

COMMENT = "# kimplan: ignore KP303 - why"


def test_a_comment_behind_a_value_is_one() -> None:
    assert find_ignores(f"a: b  {COMMENT}\nc: d\n") == [
        Ignore(1, 7, 1, 1, "ignore", ("KP303",), "why")
    ]


@pytest.mark.parametrize(
    ("comment", "verb", "codes", "reason"),
    [
        ("# kimplan: ignore KP303, KP601 - why", "ignore", ("KP303", "KP601"), "why"),
        ("# kimplan: ignore KP303 KP601 why", "ignore", ("KP303", "KP601"), "why"),
        ("# kimplan: ignore KP303,KP601,KP303 – why", "ignore", ("KP303", "KP601"), "why"),
        ("# KIMPLAN: Ignore kp303, Kp6 — why", "ignore", ("KP303", "KP6"), "why"),
        ("#kimplan:ignore KP303: why", "ignore", ("KP303",), "why"),
        ("#  kimplan:  ignore:  KP303  --  why - not", "ignore", ("KP303",), "why - not"),
        ("# kimplan: ignore-file KP303 - why", "ignore-file", ("KP303",), "why"),
        ("# kimplan: ignore KP303", "ignore", ("KP303",), ""),
        ("# kimplan: ignore KP303 -", "ignore", ("KP303",), ""),
        ("# kimplan: ignore KP - why", "ignore", ("KP",), "why"),
        ("# kimplan: ignore KP3031 - why", "ignore", ("KP3031",), "why"),
        ("# kimplan: ignore", "ignore", (), ""),
        ("# kimplan: ignore - why", "ignore", (), "why"),
        ("# kimplan: ignore 303 - why", "ignore", (), "303 - why"),
        ("# kimplan: ignore KP30x - why", "ignore", (), "KP30x - why"),
        ("# kimplan: ignore KPI reports", "ignore", (), "KPI reports"),
        ("# kimplan: ignore KP303KP304 - why", "ignore", (), "KP303KP304 - why"),
        ("# kimplan: ignore KP303 and KP304", "ignore", ("KP303", "KP304"), ""),
        ("# kimplan: allow KP303 - why", "allow", ("KP303",), "why"),
        ("# kimplan:", "", (), ""),
        ("# a note # kimplan: ignore KP303 - why", "ignore", ("KP303",), "why"),
        (
            f"{COMMENT} # kimplan: ignore KP6 - x",
            "ignore",
            ("KP303",),
            "why # kimplan: ignore KP6 - x",
        ),
    ],
)
def test_what_a_comment_says(comment: str, verb: str, codes: tuple[str, ...], reason: str) -> None:
    [found] = find_ignores(f"a: b  {comment}\n")
    assert (found.verb, found.codes, found.reason) == (verb, codes, reason)
    assert found.is_for_file is (verb == "ignore-file")


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "a: b  # see kimplan: the docs\n",
        "a: b  # kimplan ignore KP303 - why\n",
        f"a: b{COMMENT}\n",
        f"a: '{COMMENT}'\n",
        f'a: "b {COMMENT}"\n',
        f"a: 'b\n  {COMMENT}\n  c'\n",
        f"a: |\n  {COMMENT}\n  b\n",
        f"a: |\n  b\n  {COMMENT}\n",
        f"a: |\r\n  {COMMENT}\r\n  b\r\n",
        f"a: >-\n\n  b\n\n  {COMMENT}\n\nc: d\n",
        f"- |\n {COMMENT}\n",
        f"a: |\n  b\tc\n  {COMMENT}\n",
        f"a: |\n  b\x1bc\n  {COMMENT}\n",
        f"a: |\n   \n  b\n  {COMMENT}\n",
    ],
)
def test_what_stands_inside_a_value_or_is_not_meant_for_kimplan_is_none(text: str) -> None:
    assert find_ignores(text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("text", "line", "column", "first", "last"),
    [
        (f"x: y\na: b  {COMMENT}\nc: d\n", 2, 7, 2, 2),
        (f"{COMMENT}\na: b\nc: d\n", 1, 1, 2, 2),
        (f"a:\n  {COMMENT}\n  - b\n", 2, 3, 3, 3),
        (f"a: |  {COMMENT}\n  b\n\n  c\nd: e\n", 1, 7, 1, 4),
        (f"a: |  {COMMENT}\n  b", 1, 7, 1, 2),
        (f"a: >-  {COMMENT}\n  b\n  c\n", 1, 8, 1, 3),
        (f"{COMMENT}\na: |\n  b\n\n  c\nd: e\n", 1, 1, 2, 5),
        (f"a: b\n  c\n  d  {COMMENT}\ne: f\n", 3, 6, 1, 3),
        (f"a: 'b\n  c'  {COMMENT}\ne: f\n", 2, 7, 1, 2),
        (f"a: {{b: c, d: e}}  {COMMENT}\n", 1, 18, 1, 1),
        (f"a: [b,  {COMMENT}\n  c]\n", 1, 9, 1, 1),
        (f"a: '# kimplan: x'  {COMMENT}\n", 1, 20, 1, 1),
        (f"a: |\n  b\n{COMMENT}\nc: d\n", 3, 1, 4, 4),
        (f"a: b\n{COMMENT}", 2, 1, 3, 3),
        (f"a: b\t{COMMENT}\n", 1, 6, 1, 1),
        (f"{COMMENT}\n\na: b\n", 1, 1, 2, 2),
    ],
)
def test_for_which_lines_a_comment_counts(
    text: str, line: int, column: int, first: int, last: int, end: str
) -> None:
    [found] = find_ignores(text.replace("\n", end))
    assert (found.line, found.column, found.first, found.last) == (line, column, first, last)
    assert [number for number in range(1, 9) if found.covers(number)] == list(
        range(first, last + 1)
    )


def test_a_comment_for_the_file_counts_for_every_line() -> None:
    [found] = find_ignores("a: b\n# kimplan: ignore-file KP303 - why\n")
    assert found.covers(1)
    assert found.covers(10_000)


@pytest.mark.parametrize(
    "text",
    [
        f"a: [\n{COMMENT}\n",
        f"a: *b\n{COMMENT}\n",
        f"a: !<x b\n{COMMENT}\n",
        f"%YAML 1.3\n---\na: b\n{COMMENT}\n",
        f'a: "\\U99999999"\n{COMMENT}\n',
        f"a: \x00\n{COMMENT}\n",
        f"a: \x1b[31m\n{COMMENT}\n",
        f"a: \ufffe\n{COMMENT}\n",
        f"a: \ud800\n{COMMENT}\n",
        f"\tb: c\n{COMMENT}\n",
    ],
)
def test_a_text_that_cannot_be_read_has_comments_all_the_same(text: str) -> None:
    line = text.count("\n")
    assert find_ignores(text) == [Ignore(line, 1, line + 1, line + 1, "ignore", ("KP303",), "why")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        f"{COMMENT}\n" * 10_000,
        f"a: b  {COMMENT}\n" * 7_000,
        f"a: |\n{f'  {COMMENT}{chr(10)}' * 8_000}",
        f"a: '{f'{chr(10)}  {COMMENT}' * 8_000}'\n",
        "- 'x # kimplan: y'\n" * 13_000,
        "- a\n" * 30_000 + f"{COMMENT}\n" * 4_000,
        "a: b  #" + " kimplan: ignore KP303," * 10_000 + "\n",
        "a: b  # kimplan: ignore " + "KP303, " * 35_000 + "\n",
        "a: b  # kimplan: ignore KP303" + " -" * 120_000 + "\n",
        "a: b  " + "# " * 120_000 + "kimplan:\n",
        "[" * 200_000 + f"\n{COMMENT}\n",
        "{a: " * 60_000 + f"\n{COMMENT}\n",
        "- " * 100_000 + f"\n{COMMENT}\n",
    ],
    ids=range(13),
)
def test_any_number_of_comments_is_quick(text: str) -> None:
    assert len(text) > 200_000
    before = time.process_time()
    assert len(find_ignores(text)) <= 100
    assert time.process_time() - before < 5


PIECES = st.sampled_from([*"a:|>-'\"[]{},# \n\r\t", "# kimplan: ", "ignore ", "KP303 ", "\n  "])


@given(st.lists(PIECES).map("".join))
def test_every_comment_lies_inside_the_text_and_says_something(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in find_ignores(text):
        assert lines[found.line - 1][found.column - 1] == "#"
        assert found.line <= found.last + 1
        assert found.first <= found.last
        between = lines[found.line : found.first - 1]
        assert all(line.lstrip().startswith("#") for line in between)


def test_a_comment_above_other_comments_counts_for_what_stands_below_them() -> None:
    text = "# kimplan: ignore KP303 - one\n# kimplan: ignore KP304 - two\n  # more\na: b\n"
    assert [(found.first, found.last) for found in find_ignores(text)] == [(4, 4), (4, 4)]
