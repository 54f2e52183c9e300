"""The source's paragraphs as a plan's texts, and a title with its detail."""

from __future__ import annotations

from sheets_by_hand import paragraphs

from kimplan.intake.prose import split_title, tidy, to_prose
from kimplan.model.prose import Block, Span, parse_prose


def test_typed_bullets_become_a_list() -> None:
    text = "These include:\n· Policy\n• Audit\n- Review\no Retention"
    assert to_prose(tidy(paragraphs(text))) == (
        "These include:\n\n- Policy\n- Audit\n- Review\n- Retention"
    )


def test_bullets_in_the_midst_of_a_line_begin_items() -> None:
    text = "Two principles are: · data is ours · decision by data"
    assert to_prose(tidy(paragraphs(text))) == (
        "Two principles are:\n\n- data is ours\n- decision by data"
    )


def test_a_single_dot_is_no_list() -> None:
    assert to_prose(tidy(paragraphs("Homes · Repairs"))) == "Homes · Repairs"


def test_look_and_links_are_kept() -> None:
    blocks = (
        Block((Span("See "), Span("the policy", link="https://example.org/p"), Span(" now"))),
        Block((Span("one "), Span("bold", bold=True)), 1, True),
        Block((Span("two"),), 2, True),
        Block((Span("three"),), 1, False, "1."),
    )
    text = to_prose(blocks)
    assert text == (
        "See [the policy](https://example.org/p) now\n\n- one **bold**\n  - two\n1. three"
    )
    assert [one.text for one in parse_prose(text)] == [
        "See the policy now",
        "one bold",
        "two",
        "1. three",
    ]


def test_what_no_plan_may_hold_is_left_out() -> None:
    assert to_prose(tidy(paragraphs("a\u00a0b\vc\u202ed"))) == "a b\n\nc d"


def test_the_first_paragraph_is_the_title() -> None:
    assert split_title(paragraphs("Review it.\nAll of it.\n- now")) == (
        "Review it.",
        "All of it.\n\n- now",
    )


def test_the_first_sentence_of_one_paragraph_is_the_title() -> None:
    assert split_title(paragraphs("Review it, e.g. All. Then more. And more.")) == (
        "Review it, e.g. All.",
        "Then more. And more.",
    )


def test_a_bold_beginning_is_the_title() -> None:
    block = Block((Span("Review all the policies", bold=True), Span(" Particularly this.")))
    assert split_title([block]) == ("Review all the policies", "Particularly this.")


def test_no_word_of_a_long_title_is_lost() -> None:
    text = "word " * 300
    title, detail = split_title(paragraphs(text))
    assert len(title) <= 600
    assert f"{title} {detail}".split() == text.split()
