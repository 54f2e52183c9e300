"""Spans as a plan writes them, so that `parse_prose` reads them again: bold words and links."""

from __future__ import annotations

from collections.abc import Iterable

from kimplan.model.prose import SCHEMES, Span

_PLAIN = Span("")[1:]


def join_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that have words, with neighbours of one look as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and (joined[-1].bold, joined[-1].link) == (span.bold, span.link):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + span.text)
        elif span.text:
            joined.append(span)
    return joined


def write_spans(spans: Iterable[Span], *, plain_addresses: bool = False) -> str:
    """Return spans on one line, with the marks of their looks.

    A link that cannot be written as one stands in brackets behind its words. With
    `plain_addresses` an address that leads to itself is written as words.
    """
    joined = join_spans(spans)
    if len(joined) == 1 and joined[0][1:] == _PLAIN:  # nearly all are
        return " ".join(joined[0].text.split())
    text = "".join(_marked(span, plain_addresses) for span in joined)
    return " ".join(text.split())


def _marked(span: Span, plain_addresses: bool) -> str:
    words = " ".join(span.text.split())
    if not words:
        return span.text
    marked = _linked(words, span.link, plain_addresses)
    if span.bold and "*" not in marked:
        marked = f"**{marked}**"
    before, behind = (" " if end.isspace() else "" for end in (span.text[0], span.text[-1]))
    return f"{before}{marked}{behind}"


def _linked(words: str, link: str, plain_addresses: bool) -> str:
    if not link or (plain_addresses and words in {link, link.removeprefix("mailto:")}):
        return words
    is_sound = not set("[]") & set(words) and not set("() <>") & set(link)
    if is_sound and link.lower().startswith(SCHEMES):
        return f"[{words}]({link})"
    return words if link in words else f"{words} ({link})"
