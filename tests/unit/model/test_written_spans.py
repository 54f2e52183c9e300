"""Spans written as a plan holds them are read again as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.model.markdown import join_spans, write_spans
from kimplan.model.prose import Span, parse_prose

WEB = "https://example.org/a"


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        ([Span("Plain "), Span("bold", True), Span(" rest.")], "Plain **bold** rest."),
        (
            [Span("See "), Span(" the policy ", link=WEB), Span("now")],
            f"See [the policy]({WEB}) now",
        ),
        ([Span("both", True, WEB)], f"**[both]({WEB})**"),
        ([Span("a"), Span("b"), Span("", True), Span("c", True)], "ab**c**"),
        ([Span("[see] it", link=WEB)], f"[see] it ({WEB})"),
        ([Span("it", link="https://example.org/a (b)")], "it (https://example.org/a (b))"),
        ([Span("file", link="papers/may.pdf")], "file (papers/may.pdf)"),
        ([Span("2*3", True)], "2*3"),
        ([Span(WEB, link=WEB)], f"[{WEB}]({WEB})"),
        ([Span(" \n "), Span("  ", True)], ""),
    ],
)
def test_each_look_has_its_marks(spans: list[Span], text: str) -> None:
    assert write_spans(spans) == text


def test_an_address_that_leads_to_itself_may_be_words() -> None:
    spans = [Span(WEB, link=WEB), Span(" or "), Span("a@b.uk", link="mailto:a@b.uk")]
    assert write_spans(spans, plain_addresses=True) == f"{WEB} or a@b.uk"


WORDS = st.from_regex(r"[a-z]{1,6}( [a-z]{1,6}){0,2}", fullmatch=True)
SPANS = st.lists(st.builds(Span, WORDS, st.booleans(), st.sampled_from(["", WEB])), min_size=1)


@given(SPANS)
def test_what_is_written_is_read(spans: list[Span]) -> None:
    spaced = [span for one in spans for span in (one, Span(" "))][:-1]
    (block,) = parse_prose(write_spans(spaced))
    assert list(block.spans) == join_spans(spaced)
