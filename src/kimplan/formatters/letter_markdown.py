"""A letter as the Markdown of an issue: no text of the plan can become markup or call anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kimplan.answers.letter import Entry, Letter, Part, Section
from kimplan.answers.naming import sentence_case
from kimplan.characters import make_visible
from kimplan.formatters.markdown import escape

MOST = 60_000  # characters; GitHub refuses a text of more than 65,536
_TOO_LONG = (
    "There is more than a forge can hold here: `kimplan overdue --by owner` shows all of it."
)
_IN_LINK = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C", "&": "&amp;"})


def format_letter(letter: Letter, mention: str = "") -> str:
    """Return the whole letter; `mention` is a name of the forge's, called in the greeting.

    What would not fit is left out, and that is said.
    """
    first = [_greeting(letter.greeting, mention), escape(letter.opening)]
    last = ["---", *(f"<sub>{escape(line)}</sub>" for line in letter.closing)]
    return _joined(first, _parts(letter), last)


def format_note(letter: Letter, mention: str = "") -> str:
    """Return a comment that says what is new, in short: who wants more looks at the issue."""
    entries = (
        _entry(entry) for part in letter.parts for one in part.sections for entry in one.entries
    )
    first = [f"{mention} New since the last reminder:".strip()]
    return _joined(first, entries, ["The text at the top says what can be done."])


def _greeting(greeting: str, mention: str) -> str:
    text = escape(greeting.removesuffix(","))
    return f"{text} {mention}," if mention else f"{text},"


def _parts(letter: Letter) -> Iterator[str]:
    for part in letter.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if part.heading:
        yield f"## {escape(part.heading)}"
    yield escape(part.about)
    for section in part.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"### {escape(section.heading)}"
    if section.next_step:
        yield escape(section.next_step)
    yield from map(_entry, section.entries)
    if section.left_out:
        yield f"- and {section.left_out:,} more"


def _entry(entry: Entry) -> str:
    ref = f"**{escape(entry.ref)}**"
    if entry.link:
        ref = f"[{ref}](<{make_visible(entry.link).translate(_IN_LINK)}>)"
    said = sentence_case(entry.said).removesuffix(".")
    lines = [f"- {ref} {escape(entry.title)}", escape(f"{said}."), *map(escape, entry.more)]
    return "<br>".join(lines)


def _joined(first: Iterable[str], middle: Iterable[str], last: Iterable[str]) -> str:
    """Return the blocks with blank lines between, as many of those in the middle as fit."""
    begin, end = list(first), list(last)
    left = MOST - sum(len(block) + 2 for block in (*begin, *end, _TOO_LONG))
    for block in middle:
        left -= len(block) + 2
        if left < 0:
            begin.append(_TOO_LONG)
            break
        begin.append(block)
    return "\n\n".join((*begin, *end)) + "\n"
