"""A text of a plan as a cell of a workbook shows it, and back: one room for both ways.

A paragraph and an item are a line each. Bold words are bold, and bullets are signs; everything else
stands as the plan's files write it, so that what is read back says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kimplan.model.markdown import join_spans, write_spans
from kimplan.model.prose import Block, Span, is_simple, parse_prose

_SIGN = re.compile(r"^( *)• ", re.MULTILINE)
_BETWEEN = re.compile(r"\n\s*\n")


def to_cell(text: str) -> tuple[Span, ...]:
    """Return the runs of a cell that shows `text`; a span is bold or plain, and none is a link."""
    if is_simple(text) and "\n" not in text:
        return (Span(text.strip()),)
    runs: list[Span] = []
    before: Block | None = None
    for block in parse_prose(text):
        if before:
            is_tight = before.is_item and block.is_item
            runs.append(Span("\n" if is_tight else "\n\n"))
        runs += _block_runs(block)
        before = block
    runs = join_spans(runs)
    if len(runs) == 1 and runs[0].bold:  # a cell that is bold as a whole says nothing by it
        return (Span(f"**{runs[0].text}**"),)
    return tuple(runs)


def _block_runs(block: Block) -> Iterator[Span]:
    lead = "• " if block.bullet else f"{block.marker} " if block.marker else ""
    indent = "  " * (block.level - 1 if lead and block.level else block.level)
    if indent or lead:
        yield Span(f"{indent}{lead}")
    for span in block.spans:
        if span.bold and not span.link and "*" not in span.text:
            yield Span(span.text, bold=True)
        elif span.bold or span.link:
            yield Span(write_spans([span]))
        else:
            yield Span(span.text)


def from_cell(runs: Iterable[Span]) -> str:
    """Return the text that a cell of these runs shows, as the plan's files write it."""
    spans = join_spans(run._replace(link="") for run in runs)
    text = spans[0].text if len(spans) == 1 else "".join(map(_marked, spans))
    if "\n" not in text and "•" not in text:
        return text.strip()
    text = _SIGN.sub(r"\1- ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _paragraphs(text.strip("\n "))


def _marked(span: Span) -> str:
    words = span.text.strip()
    if not span.bold or not words:
        return span.text
    before, behind = span.text.split(words, 1)
    bold = "\n".join(f"**{line}**" if line.strip() else line for line in words.split("\n"))
    return f"{before}{bold}{behind}"


def _paragraphs(text: str) -> str:
    """Return `text` with a blank line between lines that are none of a list."""
    parts: Sequence[str] = _BETWEEN.split(text)
    return "\n\n".join(_loose(part) for part in parts)


def _loose(part: str) -> str:
    lines = part.split("\n")
    found = [lines[0]]
    for above, line in pairwise(lines):
        if not (_is_item(above) and _is_item(line)):
            found.append("")
        found.append(line)
    return "\n".join(found)


def _is_item(line: str) -> bool:
    if line.lstrip().startswith("- "):
        return True
    blocks = parse_prose(line.strip())
    return len(blocks) == 1 and blocks[0].is_item
