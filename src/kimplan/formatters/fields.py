"""The fields of a plan's files, for a terminal and for docs/plan-format.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kimplan.formatters.width import wrap
from kimplan.schema import FieldRow

_WIDTH = 80
_STEP = "  "


def format_text(rows: Iterable[FieldRow]) -> str:
    """Return the fields in lines of at most 80 characters, each below the one that holds it."""
    return "".join(f"{line}\n" for row in rows for line in _lines(row))


def format_markdown(rows: Iterable[FieldRow]) -> str:
    """Return the fields as a table."""
    head = "| field | kind | what stands in it | if left out |\n| --- | --- | --- | --- |\n"
    return head + "".join(
        f"| {': '.join(f'`{name}`' for name in row.path)} | {row.kind} | {row.description} "
        f"| {row.default} |\n"
        for row in rows
    )


def _lines(row: FieldRow) -> Iterator[str]:
    indent = _STEP * (len(row.path) - 1)
    default = row.default if row.default in {"", "required"} else f"{row.default} if left out"
    yield f"{indent}{row.path[-1]} ({', '.join(filter(None, (row.kind, default)))})"
    description = f"{row.description} {row.about}".rstrip().replace("`", "")
    for line in wrap(description, _WIDTH - len(indent) - 4):
        yield f"{indent}    {line}"
