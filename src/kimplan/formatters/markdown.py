"""An answer as GitHub Flavored Markdown (https://github.github.com/gfm/), for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.characters import make_visible
from kimplan.model.prose import Block, Span
from kimplan.views.view import Facts, Heading, Line, Part, Prose, Table, Tone, View

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#|~<>&!]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_MENTION = re.compile(r"@(?=\w)")
_BEGINS_BLOCK = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto):|\bwww\.")


def format_markdown(view: View) -> str:
    """Return the parts of `view`; no text of the plan can become markup, a mention or a row."""
    return "\n".join("".join(f"{line}\n" for line in _lines(part)) for part in view.parts)


def escape(text: str) -> str:
    """Return `text` on one line so that Markdown shows just these characters."""
    shown = _SPECIAL.sub(_escaped, make_visible(" ".join(text.split())))
    shown = _MENTION.sub("@<!-- -->", shown)
    shown = _ADDRESS.sub(_unlinked, shown)
    return _BEGINS_BLOCK.sub(r"\1\\\2", shown)


def _escaped(found: re.Match[str]) -> str:
    return _ENTITIES.get(found.group()) or f"\\{found.group()}"


def _unlinked(found: re.Match[str]) -> str:
    return f"{found.group()[:-1]}<!-- -->{found.group()[-1]}"


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(text):
            yield f"### {escape(text)}"
        case Line(text, tone):
            yield f"**{escape(text)}**" if tone is Tone.LATE else escape(text)
        case Prose(blocks):
            for number, block in enumerate(blocks):
                if number and not block.bullet:
                    yield ""
                yield _block(block)
        case Facts(pairs):
            yield from _rows(
                [("", ""), *((f"**{name}**", escape(text)) for name, text, _ in pairs)]
            )
        case Table(columns, rows):
            titles = tuple(escape(column.title) for column in columns)
            marks = ["---:" if column.is_number else "---" for column in columns]
            yield from _rows([titles, *(tuple(map(escape, row)) for row in rows)], marks)


def _rows(rows: Sequence[tuple[str, ...]], marks: Sequence[str] = ()) -> Iterator[str]:
    head, *body = rows
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join(marks or ['---'] * len(head))} |"
    for row in body:
        yield f"| {' | '.join(row)} |"


def _block(block: Block) -> str:
    text = "".join(map(_span, block.spans))
    indent = "  " * (block.level - 1)
    return f"{indent}{'- ' if block.bullet else '  ' if block.level else ''}{text}"


def _span(span: Span) -> str:
    text = escape(span.text)
    outer = span.text[: len(span.text) - len(span.text.lstrip())]
    end = span.text[len(span.text.rstrip()) :] if span.text.strip() else ""
    if span.link:
        text = f"{text} (`{make_visible(span.link).replace('`', '%60')}`)"
    if span.bold and text:
        text = f"**{text}**"
    return f"{' ' if outer else ''}{text}{' ' if end else ''}"
