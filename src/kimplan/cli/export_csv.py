"""``kimplan export csv``: a table of the plan for spreadsheets and statistics."""

from __future__ import annotations

from typing import Annotated

import typer

from kimplan.cli.feeding import (
    INTERNAL,
    Audience,
    AudienceOption,
    OutputOption,
    check_feed,
    end,
    give,
)
from kimplan.cli.filters import (
    FilterTexts,
    OverdueOption,
    OwnerOption,
    SectionOption,
    WhereOption,
    asked_of,
)
from kimplan.cli.group import BelowOption, PlansOption, find_group, read_places
from kimplan.cli.options import AsOfOption, RagOption, read_as_of, read_choice
from kimplan.cli.state import AtOption

EXAMPLES = """\b
Examples:
  kimplan export csv                         the recommendations, a row each
  kimplan export csv --output plan.csv       into a file
  kimplan export csv --bom --output plan.csv for Excel, which needs the mark
  kimplan export csv --table revisions       every move of a date
  kimplan export csv --rag red --overdue     what kimplan list would show
  kimplan export csv --plans group/          all plans below a folder

\b
docs/export.md names the columns. A cell that a spreadsheet may take for a
formula has an apostrophe before it, which kimplan import takes away again.

\b
Exit codes: 0 it was written, 1 a plan has errors and is left out,
2 it could not be written."""


def export_csv(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    rag: RagOption = None,
    owner: OwnerOption = None,
    section: SectionOption = None,
    overdue: OverdueOption = False,
    where: WhereOption = None,
    audience: AudienceOption = INTERNAL,
    table: Annotated[
        str,
        typer.Option(
            "--table",
            metavar="TABLE",
            help="Of what: recommendations, actions, revisions, evidence, progress or overdue.",
        ),
    ] = "recommendations",
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with the mark by which Excel knows UTF-8.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Write a table of the plan as comma-separated values.

    It goes to standard output if no file is named; an existing file is replaced. It holds what is
    not for publication too, unless it is for the public.
    """
    from kimplan.answers.listing import only_chosen
    from kimplan.answers.tables.named import TABLES
    from kimplan.export.delimited import csv_file
    from kimplan.plural import count

    name = read_choice(table, "--table", TABLES)
    seen_by = Audience(audience)
    places = find_group(plan, plans)
    check_feed(output, places, ".csv")
    texts = FilterTexts(rag, owner, section, overdue, where)
    group = read_places(places, read_as_of(as_of), at, partial=False)
    chosen = only_chosen(asked_of(seen_by.plans(group), texts.filters), group.day)
    made = TABLES[name](chosen, group.day)
    rows = list(made.rows)
    data = csv_file(made._replace(rows=rows), bom=bom)
    give(data, output, f"{count(len(rows), 'row')} of {name}")
    end(group)
