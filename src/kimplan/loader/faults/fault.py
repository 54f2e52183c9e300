"""A finding about a file's values, and pydantic's error that it is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from pydantic.fields import FieldInfo

from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, fields_of, type_at
from kimplan.model.rating import Rating, Scheme
from kimplan.source import KeyPath
from kimplan.writing.parsed_text import ParsedText, value_at

Mend: TypeAlias = Callable[[ParsedText], ParsedText]


class Fault(NamedTuple):
    """What is wrong with a value: where it stands, or with `key` the key above it.

    `mend` makes it right in the text of the file, where there is one right answer; it raises
    CannotEditError where the text is laid out in a way that it cannot, and proves nothing. What is
    missing stands perhaps by another name, at `instead_of`.
    """

    code: str
    message: str
    at: KeyPath
    hint: str
    key: bool = False
    mend: Mend | None = None
    instead_of: KeyPath | None = None


class Error(NamedTuple):
    """One of pydantic's errors about a file's `value` as a `model`, in the words of a `scheme`."""

    value: Any
    model: type[PlanModel]
    scheme: Scheme
    kind: str
    at: KeyPath
    context: dict[str, Any]

    @property
    def found(self) -> Any:
        """What stands there."""
        return value_at(self.value, self.at)

    @property
    def around(self) -> Any:
        """The mapping or list that it stands in."""
        return value_at(self.value, self.at[:-1])

    @property
    def field(self) -> FieldInfo | None:
        """The field there, None for an entry of a list and for a plan's own field."""
        model = model_at(self.model, self.at[:-1])
        is_model = isinstance(self.at[-1], str) and issubclass(model, PlanModel)
        return fields_of(model).get(str(self.at[-1])) if is_model else None

    @property
    def rating(self) -> Rating | None:
        """The rating of a record, None where it has none that is known."""
        word = self.value.get("rag") if isinstance(self.value, dict) else None
        return self.scheme.read(word)

    @property
    def name(self) -> str:
        """The name of the field as its owner would say it: ``evidence[2].link``."""
        return named(self.at)

    @property
    def holds(self) -> FieldType | None:
        """What the field there, or around that place, holds; None for the whole file."""
        return type_at(self.model, self.at)


def named(at: KeyPath) -> str:
    """Return the name of a field as its owner would say it: ``evidence[2].link``."""
    name = ""
    for step in at:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def model_at(model: type[PlanModel], at: KeyPath) -> type[PlanModel]:
    """Return the model of the mapping at `at`."""
    holds = type_at(model, at)
    kind: type[PlanModel] = holds.kind if holds else model
    return kind


def example_lines(*lines: str) -> str:
    """Return lines to write, quoted in a sentence: ``'a: …', 'b: …' and 'c: …'``."""
    *first, last = (f"'{line}'" for line in lines)
    return f"{', '.join(first)} and {last}" if first else last


def cut(text: str, most: int = 40) -> str:
    """Return the beginning of `text` on one line, to be quoted in a hint."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
