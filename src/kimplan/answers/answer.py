"""The plain data that every answer is made of."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kimplan.model.prose import Block


class Tone(enum.StrEnum):
    """What a text means, for those who see colours; the words say it too."""

    PLAIN = ""
    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"
    QUIET = "quiet"
    LATE = "late"


class Column(NamedTuple):
    """A column of a table; `share` is its part of the room that the others leave, 0 for none.

    A column without a share is as wide as its widest cell, or `snug` where there is little room.
    `tones` are the tones of whole cells by their text, `tone` that of all others. The cells of one
    that `is_prose` may hold bold words and links.
    """

    title: str
    share: int = 0
    is_number: bool = False
    snug: int = 0
    tone: Tone = Tone.PLAIN
    tones: Mapping[str, Tone] = {}
    is_prose: bool = False

    def tone_of(self, cell: str) -> Tone:
        """Return the tone of a cell of this column."""
        return self.tones.get(cell, self.tone)


class Table(NamedTuple):
    """Rows of texts, each with a text for each column."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]


class Heading(NamedTuple):
    """A line that says what stands below it."""

    text: str


class Line(NamedTuple):
    """A sentence on a line of its own."""

    text: str
    tone: Tone = Tone.PLAIN


class Prose(NamedTuple):
    """Paragraphs and bullets."""

    blocks: tuple[Block, ...]


class Facts(NamedTuple):
    """Names and values, a line each."""

    pairs: tuple[tuple[str, str, Tone], ...]


Part: TypeAlias = Heading | Line | Prose | Facts | Table


class Answer(NamedTuple):
    """An answer: its parts in order, and the same as values for programs, made when asked for."""

    parts: tuple[Part, ...]
    values: dict[str, Any] | Callable[[], dict[str, Any]]

    @property
    def data(self) -> dict[str, Any]:
        """The values for programs, which few of the forms need and take as long as the parts."""
        return self.values() if callable(self.values) else self.values

    def with_data(self, more: Mapping[str, Any]) -> Answer:
        """Return the answer with `more` values for programs."""
        return self._replace(values=lambda: {**self.data, **more})
