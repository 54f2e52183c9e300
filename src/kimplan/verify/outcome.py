"""Whether a report says what the plan said, as an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.naming import one_line
from kimplan.model.due import show_day
from kimplan.plural import count
from kimplan.verify.difference import Difference
from kimplan.verify.made import Made

COMPARED = (
    "Compared are words, numbers, the order of rows, tables and charts, headers and footers, where "
    "links lead, the colour of each rating, and the figures of charts. Not compared are pictures "
    "and what they cover, fonts, sizes that can still be read, other colours, automatic numbers, "
    "comments, and the workbooks inside the charts."
)
_AROUND = 30
_LONGEST = 120


def answer_verdict(
    name: str, made: Made, differences: Sequence[Difference], doubts: Sequence[str]
) -> Answer:
    """Return whether the report in the file `name` is what it should be, and the `doubts`."""
    commit = made.origin.commit[:7]
    said = f"what the plan said at version {commit} on {show_day(made.as_of)}"
    if not differences:
        parts: list[Part] = [Line(f"{name} says {said}.", Tone.GREEN)]
    else:
        number = count(len(differences), "place")
        parts = [Heading(f"{name} does not say {said}: {number}"), _table(differences)]
    notes = list(_notes(made, differences, doubts))
    parts += [Line(note, Tone.QUIET) for note in notes]
    return Answer(tuple(parts), _data(name, made, differences, notes))


def _table(differences: Sequence[Difference]) -> Table:
    columns = (Column("Where", share=1), Column("Row"), Column("Column", share=1),
               Column("The report says", share=2), Column("The plan said", share=2))  # fmt: skip
    return Table(columns, [_row(difference) for difference in differences])


def _row(difference: Difference) -> tuple[str, ...]:
    where, row, column, says, said = map(one_line, difference)
    return where, row, column, *_excerpts(says, said)


def _excerpts(says: str, said: str) -> tuple[str, str]:
    """Return where two long texts begin to differ, with what stands around it."""
    pairs = enumerate(zip(says, said, strict=False))
    shorter = min(len(says), len(said))
    start = max(next((at for at, (a, b) in pairs if a != b), shorter) - _AROUND, 0)
    return _excerpt(says, start), _excerpt(said, start)


def _excerpt(text: str, start: int) -> str:
    if not text:
        return "(nothing)"
    if len(text) <= _LONGEST:
        return text
    end = start + _LONGEST
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _notes(made: Made, differences: Sequence[Difference], doubts: Sequence[str]) -> Iterator[str]:
    yield COMPARED
    if made.has_own_text:
        yield "It was made with an organisation's own template, whose own text is not known."
    if differences and doubts:
        yield from doubts
        yield "So this cannot tell whether anybody changed it."


def _data(
    name: str, made: Made, differences: Sequence[Difference], notes: Sequence[str]
) -> dict[str, Any]:
    return {
        "file": name,
        "same": not differences,
        "commit": made.origin.commit,
        "since": made.origin.since or None,
        "as_of": made.as_of.isoformat(),
        "made_by": f"kimplan {made.origin.kimplan}",
        "differences": [difference._asdict() for difference in differences],
        "notes": list(notes),
    }
