"""Nothing of a plan's text is Markdown: read back by a parser that is not ours."""

from __future__ import annotations

import pytest
from hostile_markdown import HOSTILE, PARSER, expected, inlines, kinds, shown
from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.markdown import escape, format_markdown
from kimplan.model.prose import Block, Span, parse_prose


@given(HOSTILE)
def test_a_line_is_a_paragraph_of_just_its_characters(text: str) -> None:
    markdown = format_markdown(Answer((Line(text), Line("end")), {}))
    found = [shown(token) for token in inlines(markdown)]
    assert found == [one for one in (expected(text), "end") if one]
    assert set(kinds(markdown)) == {"paragraph_open", "paragraph_close"}


@given(HOSTILE)
def test_a_heading_is_a_heading_of_just_its_characters(text: str) -> None:
    markdown = format_markdown(Answer((Heading(text),), {}))
    assert kinds(markdown) == ["heading_open", "heading_close"] or not expected(text)
    assert "".join(map(shown, inlines(markdown))) == expected(text)


@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=4), HOSTILE)
@example(rows=[("\\", "|"), ("\\|", "`|`")], title="|")
def test_a_table_has_its_rows_and_cells_and_no_others(
    rows: list[tuple[str, str]], title: str
) -> None:
    table = Table((Column(title), Column("Number", is_number=True)), rows)
    markdown = format_markdown(Answer((table, Line("end")), {}))
    assert kinds(markdown) == ["table_open", "table_close", "paragraph_open", "paragraph_close"]
    cells = [shown(token) for token in inlines(markdown)]
    assert cells == [
        expected(title), "Number", *(expected(cell) for row in rows for cell in row), "end",
    ]  # fmt: skip
    assert [t.type for t in PARSER.parse(markdown)].count("tr_open") == 1 + len(rows)


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_facts_are_rows_of_two(pairs: list[tuple[str, str]]) -> None:
    named = [(f"N{name}", value) for name, value in pairs]
    facts = Facts(tuple((*pair, Tone.PLAIN) for pair in named))
    markdown = format_markdown(Answer((facts,), {}))
    strong = frozenset({"strong_open", "strong_close"})
    cells = [shown(token, allowed=strong) for token in inlines(markdown)]
    values = [expected(value) for _, value in named]
    assert cells[:2] == ["", ""]
    assert cells[3::2] == values


@given(HOSTILE)
def test_a_text_of_the_plan_makes_no_link_and_no_html(text: str) -> None:
    markdown = format_markdown(Answer((Prose(parse_prose(text)), Line("end")), {}))
    strong = frozenset({"strong_open", "strong_close", "code_inline"})
    for token in inlines(markdown):
        shown(token, allowed=strong)
    bad = {"html_block", "fence", "code_block", "hr", "table_open", "heading_open"}
    assert bad.isdisjoint(token.type for token in PARSER.parse(markdown))


@given(st.lists(st.tuples(HOSTILE, st.integers(0, 3), st.booleans()), max_size=5))
def test_blocks_are_never_code_or_headings(blocks: list[tuple[str, int, bool]]) -> None:
    prose = Prose(
        tuple(Block((Span(text),), level, bullet and level > 0) for text, level, bullet in blocks)
    )
    tokens = PARSER.parse(format_markdown(Answer((prose, Line("end")), {})))
    assert {"html_block", "fence", "code_block", "hr", "table_open", "heading_open"}.isdisjoint(
        token.type for token in tokens
    )
    found = [shown(token) for token in tokens if token.type == "inline"]
    assert found == [one for one in (*(expected(text) for text, _, _ in blocks), "end") if one]


def markdown(*parts: Part) -> str:
    return format_markdown(Answer(parts, {}))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Associate Director (Property)", "Associate Director \\(Property\\)"),
        ("12-month review", "12-month review"),
        ("2. Second", "2\\. Second"),
        ("- a dash", "\\- a dash"),
        ("a - dash", "a - dash"),
        ("Customer & Co", "Customer &amp; Co"),
        ("@team and a@b.example", "@<!-- -->team and a@<!-- -->b.example"),
        ("https://x.example", "https<!-- -->://x.example"),
        ("see #12", "see \\#<!-- -->12"),
        (":smile:", ":<!-- -->smile:"),
        ("::error::x", ":<!-- -->:<!-- -->error:<!-- -->:x"),
        ("at 10:30: tea", "at 10:<!-- -->30: tea"),
    ],
)
def test_a_text_is_escaped_no_more_than_needed(text: str, written: str) -> None:
    assert escape(text) == written


def test_bold_and_links_of_a_text_are_shown() -> None:
    prose = parse_prose("A **bold [site](https://x.example/a?b=`c`) and** more.\n- one\n  - two")
    assert markdown(Prose(prose)) == (
        "A **bold site (`https://x.example/a?b=%60c%60`) and** more.\n\n- one\n  - two\n"
    )


def test_a_deep_bullet_without_one_above_is_no_code() -> None:
    assert markdown(Prose(parse_prose("- - - deep\n\nend"))) == "- deep\n\nend\n"


def test_what_is_late_is_bold() -> None:
    assert markdown(Line("6 overdue on 31 May 2024.", Tone.LATE)) == (
        "**6 overdue on 31 May 2024.**\n"
    )
