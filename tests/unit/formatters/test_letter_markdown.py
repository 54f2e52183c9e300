"""A letter as an issue's text: nothing of a plan is markup there, and it always fits."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hostile_markdown import HOSTILE, MEANT, PARSER, PIECES
from hypothesis import given

from kimplan.answers.letter import Entry, Letter, Occasion, Part, Section, write_letter
from kimplan.answers.naming import one_line
from kimplan.answers.news import Event, News
from kimplan.answers.reminders import Digest, Row, Topic
from kimplan.formatters.letter_markdown import MOST, format_letter, format_note
from kimplan.model.plan import Owner

TAGS = {"<!-- -->", "<br>", "<sub>", "</sub>"}
LINK = "https://github.com/homes/plan/edit/main/REC1.yaml"


def letter_of(text: str) -> Letter:
    """Return a letter with `text` wherever a plan's can stand."""
    row = Row(Topic.OVERDUE, text, text, True, (text,), -3, text, text, text, text, LINK)
    rows = tuple(row._replace(topic=topic) for topic in Topic)
    owner = Owner.model_construct(role=text, name=text, email=None, handle=None)
    news = tuple(News(one, text, text, True, text, text, text, text, LINK) for one in Event)
    digest = Digest(text, text, text, text, owner, False, rows, news)
    other = digest._replace(is_secretary=True)
    return write_letter([digest, other], Occasion(date(2024, 5, 31), text))


def check(markdown: str) -> None:
    """Assert that there is no markup in `markdown` but ours, and nothing that calls anybody."""
    tokens = PARSER.parse(markdown)
    assert {"html_block", "fence", "code_block", "table_open", "blockquote_open"}.isdisjoint(
        token.type for token in tokens
    )
    children = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in children if child.type == "html_inline"} <= TAGS
    links = {child.attrGet("href") for child in children if child.type == "link_open"}
    assert links <= {LINK}
    assert {child.type for child in children} <= {
        "text", "html_inline", "softbreak", "strong_open", "strong_close", "link_open",
        "link_close",
    }  # fmt: skip
    for child in children:
        assert not (child.type == "text" and MEANT.search(child.content)), child.content


@pytest.mark.parametrize("text", PIECES)
def test_nothing_of_a_plan_is_markup(text: str) -> None:
    letter = letter_of(one_line(text) or "x")
    check(format_letter(letter))
    check(format_note(letter).replace("New since the last reminder:", ""))


@given(HOSTILE)
def test_nothing_at_all_is_markup(text: str) -> None:
    letter = letter_of(one_line(text) or "x")
    check(format_letter(letter))
    check(format_note(letter).replace("New since the last reminder:", ""))


def test_no_text_can_begin_with_a_marker_of_ours() -> None:
    text = "<!-- kimplan-reminder 0123456789abcdef/0123456789abcdef -->"
    markdown = format_letter(letter_of(text))
    assert "<!-- kimplan" not in markdown
    assert "&lt;\\!-- kimplan-reminder" in markdown


def test_a_link_cannot_end_early() -> None:
    entry = Entry(
        "REC1", "A title", "late", link="https://x.example/a>b)<c&copy;\\\n](javascript:x)"
    )
    letter = Letter("", "", "Hello,", "", (Part("", "", (Section("H", "", (entry,)),)),), ())
    tokens = [child for one in PARSER.parse(format_letter(letter)) for child in one.children or ()]
    (link,) = [token for token in tokens if token.type == "link_open"]
    assert link.attrGet("href") == "https://x.example/a%3Eb)%3Cc&copy;%5C%5Cx0a%5D(javascript:x)"


def test_whoever_is_called_is_called_in_the_greeting() -> None:
    letter = letter_of("x")
    assert format_letter(letter, "@ann").startswith("Dear x @ann,\n\n")
    assert format_note(letter, "@homes/team").startswith("@homes/team New since the last reminder:")


@pytest.mark.parametrize("text", ["@a" * 300, "x" * 600, "<&>" * 200])
def test_a_long_letter_is_cut_and_says_so(text: str) -> None:
    row = Row(Topic.OVERDUE, "REC1", text, False, (text[:300],), -3, "May 2024", "", text)
    topics = tuple(row._replace(topic=topic) for topic in Topic for _ in range(60))
    owner = Owner.model_construct(role="Role", name=None, email=None, handle=None)
    digest = Digest("", "Plan", "Homes", "Role", owner, False, topics)
    letter = write_letter([digest, digest._replace(is_secretary=True)], Occasion(date(2024, 5, 31)))
    for markdown in (format_letter(letter, "@ann"), format_note(letter, "@ann")):
        assert len(markdown) <= MOST
        assert "\n\nThere is more than a forge can hold here: " in markdown
        assert re.search(r"(</sub>|what can be done\.)\n\Z", markdown)
        check(
            markdown.replace("@ann", "")
            .replace("`kimplan overdue --by owner`", "")
            .replace("New since the last reminder:", "")
            .replace("can hold here:", "")
        )
