"""A text as one scalar: whatever it holds, it is read again as it was."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kimplan.characters import first_forbidden
from kimplan.model.prose import parse_prose
from kimplan.source import parse
from kimplan.writing.scalar import block, inline, says_the_same, wrap

letters = st.characters(codec="utf-8").filter(lambda one: not first_forbidden(one))
ODD = "ab \t:#-'\"|>[]{},&*!%@`?~=<.0123\\é🏠\xa0"
WORDS = """
null ~ yes No true 1 1.5 0x1F 1e3 .inf - #a --- ... %a @a `a ' [ a] {a = << a: :a *a &a !a | > \\
2024-07 2024-07-31 2023-12/2024-03 1:30 https://example.org/?a=b&c=d#e ’
"""
MORE = ("- a", "? a", "a: b", "a #b", "a :b", '"', "\u00ad", "a\u200bb", "x" * 2000)
HARD = (*WORDS.split(), *MORE)
lines = st.one_of(
    st.text(letters, min_size=1, max_size=60),
    st.text(st.sampled_from(ODD), min_size=1, max_size=40),
    st.sampled_from(HARD),
).filter(lambda text: "\n" not in text and "\r" not in text and "\t" not in text)


@given(lines, st.sampled_from(["", "'", '"']), st.booleans())
def test_a_line_is_read_again_as_it_was(text: str, style: str, in_flow: bool) -> None:
    written = inline(text, style, in_flow=in_flow)
    assert "\n" not in written
    around = f"k: {{a: {written}, b: [{written}]}}" if in_flow else f"k: {written}  # c"
    for pure in (False, True):
        value = parse(f"{around}\nz: z\n", pure=pure).value
        expected: object = {"a": text, "b": [text]} if in_flow else text
        assert value == {"k": expected, "z": "z"}


@given(lines)
def test_another_reader_takes_it_for_text(text: str) -> None:
    yaml = YAML(typ="safe", pure=True)
    value = yaml.load(StringIO(f"k: {inline(text)}\n"))["k"]
    assert str(value) == text or text == "\u2028"


@pytest.mark.parametrize(
    ("text", "style", "in_flow", "written"),
    [
        ("Company Secretary", "", False, "Company Secretary"),
        ("Company Secretary", "'", False, "'Company Secretary'"),
        ("Company Secretary", '"', False, '"Company Secretary"'),
        ("A's", "'", False, "'A''s'"),
        ("2024-07", "", False, "2024-07"),
        ("2023-12/2024-03", "", True, "2023-12/2024-03"),
        ("a: b", "", False, '"a: b"'),
        ("a, b", "", False, "a, b"),
        ("a, b", "", True, '"a, b"'),
        ("https://e.org", "", False, "https://e.org"),
        ("https://e.org", "", True, '"https://e.org"'),
        ("null", "", False, '"null"'),
        ("No", "", False, '"No"'),
        ("12", "", False, '"12"'),
        ("case #12", "", False, '"case #12"'),
        ('"so"', "", False, '"\\"so\\""'),
        ("C:\\a", "", False, "C:\\a"),
        ("a\n\nb", "", True, '"a\\nb"'),
    ],
)
def test_no_more_quotation_marks_than_needed(
    text: str, style: str, in_flow: bool, written: str
) -> None:
    assert inline(text, style, in_flow=in_flow) == written


@given(st.lists(lines, min_size=1, max_size=6).map("\n".join))
def test_a_block_is_read_again_as_it_was(text: str) -> None:
    found = block(text)
    if found is None:
        assert any(not line.strip() or line[0] == " " for line in text.split("\n"))
        return
    body = "".join(f"      {line}\n" if line else "\n" for line in found)
    assert parse(f"a:\n  - k: |\n{body}z: z\n").value == {"a": [{"k": f"{text}\n"}], "z": "z"}


@given(st.lists(st.one_of(lines, st.just("word " * 40), st.just("- " + "item " * 40)), max_size=5))
def test_wrapping_changes_no_word(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert parse_prose(wrap(text)) == parse_prose(text)


def test_wrapped_text_is_narrow() -> None:
    text = "word " * 100 + "end\n\n- " + "item " * 50 + "end\n" + "x" * 200
    wrapped = wrap(text)
    assert says_the_same(wrapped, text)
    assert [len(line) > 88 for line in wrapped.split("\n")].count(True) == 1
    assert "\n  item" in wrapped
