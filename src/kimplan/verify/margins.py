"""The headers and footers of a report, against the words and the marks that they should have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kimplan.verify.difference import TEXT, Difference
from kimplan.verify.expected import Content
from kimplan.verify.plain_text import margin_mark


def compare_margins(found: Content, right: Content, marks: Sequence[str]) -> Iterator[Difference]:
    """Yield each header and footer that lacks its words, and each that says something else.

    What an organisation's own letterhead says among the words is known by `marks`.
    """
    for name, texts, words in (
        ("header", found.headers, right.headers),
        ("footer", found.footers, right.footers),
    ):
        lacking = iter([text for text in texts if words and words[0] not in text])
        has_them = sum(bool(words) and words[0] in text for text in texts)
        for wanted in words[has_them:]:
            yield Difference(TEXT, name, "words", next(lacking, ""), wanted)
    if marks:
        yield from _changed(found, right, marks)


def _changed(found: Content, right: Content, marks: Sequence[str]) -> Iterator[Difference]:
    """Yield what has its words and does not say what it said; the others are told already.

    A program that saves the file may give each section a header of its own that says the same.
    """
    for name, texts, words in (
        ("header", found.headers, right.headers),
        ("footer", found.footers, right.footers),
    ):
        for text in texts:
            if margin_mark(text) not in marks and (not words or words[0] in text):
                yield Difference(TEXT, name, "other words", text, words[0] if words else "")
