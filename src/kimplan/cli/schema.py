"""``kimplan schema``: the fields of a plan's files, as JSON Schemas for editors or to be read."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.options import read_choice
from kimplan.cli.telling import tell_written
from kimplan.errors import KimplanError, OutputError

if TYPE_CHECKING:
    from kimplan.model.plan import Settings

EXAMPLES = """\b
Examples:
  kimplan schema                the schema of a recommendation's file
  kimplan schema plan           that of plan.yaml
  kimplan schema --format text  the fields of a recommendation, in words
  kimplan schema --plan plan    that knows the fields which the plan declares
  kimplan schema owners --output owners.schema.json
                                that of owners.yaml, into a file
  kimplan schema export         that of a line of kimplan export ndjson

\b
Exit codes: 0 it was written, 2 it could not be."""

_EXPORT = "export"


def schema(
    file: Annotated[
        str,
        typer.Argument(
            metavar="recommendation|plan|owners|export",
            help="Which of the plan's files, or what an export holds; a recommendation's if left "
            "out.",
            show_default=False,
        ),
    ] = "recommendation",
    form: Annotated[
        str,
        typer.Option("--format", metavar="json|text|markdown", help="In which form."),
    ] = "json",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write the schema; an existing file is replaced. "
            "If left out: standard output.",
            show_default=False,
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="FOLDER",
            help="The plan whose fields and ratings the schema knows; any plan if left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the JSON Schema or the fields of a file of the plan.

    An editor that knows the schema completes fields, explains them, and marks what is wrong while
    you type. Lint remains the judge: it sees more.
    """
    name, form = _known(file), read_choice(form, "--format", ("json", "text", "markdown"))
    if name == _EXPORT and form != "json":
        hint = "Leave --format out, or read docs/export.md."
        raise KimplanError("the schema of an export is JSON only", hint)
    text = _text(name, form, _settings(plan) if plan else None)
    if output is None:
        _print(text)
    else:
        _write(text, output)


def _settings(plan: Path) -> Settings:
    """Return what the plan says of itself; raise KimplanError where its settings cannot be read."""
    from kimplan.loader import PlanFolder, find_plan

    root = find_plan(plan)
    settings = PlanFolder(root).settings().value
    if settings is None:
        message = f"{root / 'plan.yaml'} has errors, so nobody knows which fields it declares"
        raise KimplanError(message, "kimplan lint shows them.")
    return settings


def _text(name: str, form: str, settings: Settings | None) -> str:
    from kimplan.formatters import fields
    from kimplan.schema import MODELS, field_rows, schema_text

    if name == _EXPORT:
        from kimplan.export.feed import feed_schema_text

        return feed_schema_text()
    if form == "json":
        if settings is None:
            return schema_text(name)
        return schema_text(name, settings.fields, settings.ratings.scheme)
    rows = field_rows(MODELS[name])
    return fields.format_text(rows) if form == "text" else fields.format_markdown(rows)


def _known(name: str) -> str:
    """Return `name` if it is the name of a schema; raise KimplanError otherwise."""
    from kimplan.model.suggestion import did_you_mean
    from kimplan.schema import MODELS

    known = (*MODELS, _EXPORT)
    if name in known:
        return name
    hint = f"{did_you_mean(name, known)} Write recommendation, plan, owners or export.".strip()
    raise KimplanError(f"there is no schema '{name[:40]}'", hint)


def _print(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="\n")  # the same bytes on Windows
    sys.stdout.write(text)


def _write(text: str, target: Path) -> None:
    from kimplan.files import write_whole

    place = Path(os.path.realpath(target))
    if any(os.path.isfile(folder / "plan.yaml") for folder in (place, *place.parents[:2])):
        raise OutputError(f"{target} is inside the plan", "Choose a name outside of it.")
    write_whole(target, lambda file: file.write(text.encode("ascii")))
    tell_written(target)
