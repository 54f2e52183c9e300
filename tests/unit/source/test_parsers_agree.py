"""The parser written in C and the one written in Python say the same of every text."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, make_record, needs_c_parser
from test_source_document import PROBLEMS, VALUES

from kimplan.source import parse
from kimplan.source.events import HAS_C_PARSER

SHIPPED = sorted((REPOSITORY / "plan").rglob("*.yaml"))
KNOWN = [text for text, _ in (*VALUES.values(), *PROBLEMS.values())]
MORE = [
    # Block texts
    "a: |\n    \n  b\n",
    "a: |\n \n   b\n",
    "a: |\n \n  \n",
    "a: |\n\n\n",
    "a: |#\n  b\n",
    "a: | #b\n  c\n",
    "a: |10\n b\n",
    "a: |0\n b\n",
    "a: |+-\n b\n",
    "a: |-2\n   b\n",
    "a: >-\n  b\n   c\n\n  d\n",
    "a: |\nb\n",
    "a: |\n  ---\n  ...\n",
    "a: |\n---\n",
    "--- |\n a\n",
    # Quotes
    'a: "b"c\n',
    'a: "b" "c"\n',
    'a: "\n',
    'a: "b\\\n  c"\n',
    'a: "\\u12"\n',
    'a: "\\xzz"\n',
    'a: "\\ud83d\\ude00"\n',
    'a: "\\ud800"\nb: c\n',
    'a: "\\U00110000"\n',
    'a: "\n---\n"\n',
    '"a\nb": c\n',
    "a: 'b\\'\n",
    '"a": b\n"c":d\n',
    # Braces and brackets
    "a: {b: Why?}\n",
    "a: [Why? Because]\n",
    "a: {b?: c}\n",
    "a: [b: c]\n",
    "a: [,]\n",
    "a: [b,,c]\n",
    "a: {b: c]\n",
    "a: {b: c}}\n",
    "a: {b: [c, d}\n",
    "a: [- b]\n",
    "a: [b - c]\n",
    "a: {[b]: c}\n",
    'a: {"b":c}\n',
    "a: {b, c: d}\n",
    "a: {b\n",
    "a: b]\n",
    "a: }\n",
    "a: ,\n",
    '{"a":b}\n',
    "{a: b}\n",
    "{a: b\n",
    "{}\n",
    # Text that begins with a mark
    "a: **bold** text\n",
    "a: *bold* text\n",
    "a: *\n",
    "a: * b\n",
    "a: & b\n",
    "a: !\n",
    "a: !important: b\n",
    "a: ! b\n",
    "a: !<b> c\n",
    "a: > b\n",
    "a: %\n",
    "a: -\n",
    "a: --\n",
    "a: ...\n",
    "a: ? b\n",
    # Keys and indents
    "? a\n",
    "? a\n? b\n",
    "a: b\n{c: d}\n",
    "a:\n[b]\n",
    'a:\n"b"\n',
    "a: b\n- c\n",
    "a:\n - b\n- c\n",
    "a:\n  b\n c\n",
    " a: b\nc: d\n",
    "- a: b\n",
    f"{'a' * 1025}: b\n",
    f'"{"a" * 1025}": b\n',
    "<<: {a: b}\n",
    "=: a\n",
    # Documents, comments and line ends
    "a: b\n...\n...\n",
    "a: b\n...\nc: d\n",
    "--- a: b\n",
    "--- # a\nb: c\n",
    "#\n",
    "\n\n\na: b\n\n\n",
    "a: b\r\tc: d\r",
    "a:\r\tb\r",
    "a: b\r%c\r",
    "\r%a\n",
    "a: b\n\r\n\rc: d",
]


def test_the_c_parser_is_in_use_in_a_normal_python() -> None:
    if platform.python_implementation() != "CPython" or sys.version_info >= (3, 15):
        pytest.skip("ruamel.yaml.clib has no wheel for this Python")
    assert HAS_C_PARSER


def test_the_corpus_is_large_and_holds_nothing_twice() -> None:
    assert len(KNOWN) + len(MORE) >= 80
    assert len(set(KNOWN + MORE)) == len(KNOWN + MORE)


@needs_c_parser
@pytest.mark.parametrize(
    "text", [*KNOWN, *MORE, make_record()], ids=lambda text: ascii(text[:50]).strip("'")
)
def test_both_parsers_say_the_same(text: str) -> None:
    quick, pure = parse(text, pure=False), parse(text, pure=True)
    assert quick.problems == pure.problems
    if not quick.problems:
        assert quick.value == pure.value


@needs_c_parser
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_both_parsers_read_the_shipped_plan(path: Path, end: str) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", end)
    quick, pure = parse(text, pure=False), parse(text, pure=True)
    assert quick.problems == pure.problems == []
    assert quick.value == pure.value
    for key in quick.value or {}:
        assert quick.locate((key,)) == pure.locate((key,))
        assert quick.locate((key,), key=True) == pure.locate((key,), key=True)
