"""An answer as GitHub Flavored Markdown (https://github.github.com/gfm/), for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kimplan.answers.answer import Answer, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.characters import make_visible
from kimplan.model.prose import Block, Span

_SPACES = re.compile(r"[ \t\r\n]+")
# Markdown's own characters; and what a forge makes something of although it is no Markdown:
# people, issues and emoji by their names, bare addresses, and commands in its log. It is parted by
# a comment, which nobody sees: an escape would not do, for a forge looks at what Markdown has made.
_MARKS = re.compile(
    r"(?P<meant>@(?=\w)|[#!$~%](?=[0-9])|\bGH-(?=[0-9])|:(?=[\w+-]*:)"
    r"|(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.))"
    r"|[\\`*_{}\[\]()#|~<>&!$]",
    re.IGNORECASE,
)
_MARKUP = frozenset("\\`*_{}[]()#|~!$")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BEGINS_BLOCK = re.compile(r"[0-9]+(?=\.)|(?=[-+=])")


def format_markdown(view: Answer) -> str:
    """Return the parts of `view`; no text of the plan can become markup, a mention or a row."""
    return "\n".join("".join(f"{line}\n" for line in _lines(part)) for part in view.parts)


def escape(text: str) -> str:
    """Return `text` on one line so that Markdown shows just these characters.

    White space becomes single spaces, and what a terminal may act on is shown as an escape.
    """
    shown = make_visible(_SPACES.sub(" ", text).strip(" "))
    begins = _BEGINS_BLOCK.match(shown)
    if not begins:
        return _MARKS.sub(_escaped, shown)
    return f"{begins.group()}\\{_MARKS.sub(_escaped, shown[begins.end() :])}"


def _escaped(found: re.Match[str]) -> str:
    text = found.group()
    shown = f"\\{text}" if text in _MARKUP else _ENTITIES.get(text, text)
    return f"{shown}<!-- -->" if found["meant"] else shown


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(text):
            yield f"### {escape(text)}"
        case Line(text, tone):
            yield f"**{escape(text)}**" if tone is Tone.LATE else escape(text)
        case Prose(blocks):
            yield from _blocks(blocks)
        case Facts(pairs):
            named = [(f"**{escape(name)}**", escape(text)) for name, text, _ in pairs]
            yield from _rows([("", ""), *named])
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


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of a text; no bullet is so deep below the one above that it were code.

    A numbered item is a bullet that shows its number, for Markdown would count by itself.
    """
    depth, was_item = -1, False
    for block in blocks:
        text = "".join(_run(bold, spans) for bold, spans in groupby(block.spans, _is_bold)).strip()
        if not text:
            continue
        if depth >= 0 and not (block.is_item and was_item):
            yield ""
        depth = min(block.level, max(depth, 0) + block.is_item)
        was_item = block.is_item
        indent = "  " * (depth - 1 if block.is_item else depth)
        number = f"{escape(block.marker)} " if block.marker else ""
        yield f"{indent}{'- ' if block.is_item else ''}{number}{text}"


def _is_bold(span: Span) -> bool:
    return span.bold


def _run(bold: bool, spans: Iterable[Span]) -> str:
    text = "".join(map(_span, spans))
    inner = text.strip()
    return text.replace(inner, f"**{inner}**", 1) if bold and inner else text


def _span(span: Span) -> str:
    text = escape(span.text)
    if span.link and span.link != span.text:
        text += f" (`{make_visible(span.link).replace('`', '%60')}`)"
    elif span.link:
        text = f"`{make_visible(span.link).replace('`', '%60')}`"
    before = " " if span.text[:1].isspace() else ""
    return f"{before}{text}{' ' if span.text[-1:].isspace() else ''}"
