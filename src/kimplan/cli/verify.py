"""``kimplan verify``: whether a Word report still says what the plan said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kimplan import __version__
from kimplan.cli.answers import show_view
from kimplan.cli.options import PlanOption
from kimplan.cli.output import ANSWERS, AnswerFormat, read_formats
from kimplan.errors import KimplanError

EXAMPLES = """\b
Examples:
  kimplan verify board.docx                 each cell that differs
  kimplan verify board.docx --format json   for another program

\b
Exit codes: 0 it says what the plan said, 1 it does not,
2 this cannot be told."""


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="A report as a Word file.")],
    plan: PlanOption = None,
    formats: AnswerFormat = None,
) -> None:
    """Tell whether a Word report says what its version said.

    The report is made again of the plan as it was at the commit that the file names, and compared:
    each table, sentence, footer and chart. Nothing is changed.
    """
    from kimplan.verify.compare import Found, compare
    from kimplan.verify.outcome import answer_verdict
    from kimplan.verify.rebuild import doubts, make_again, read_made, right_content
    from kimplan.word.read import read_report

    outputs = read_formats(formats, ANSWERS, plan or Path("plan"))
    found = read_report(file)
    made = read_made(found.properties)
    root = _repository(file, plan)
    right = right_content(make_again(root, made), made)
    differences = compare(Found(found.content, made.has_own_text, made.margins), right)
    why = doubts(root, made, __version__)
    show_view("verify", answer_verdict(file.name, made, differences, why), outputs)
    if differences:
        raise typer.Exit(2 if why else 1)


def _repository(file: Path, plan: Path | None) -> Path:
    """Return the top of the repository around the plan, this folder or the file."""
    from kimplan.loader import find_plan, find_repository

    folders = [find_plan(plan)] if plan else [Path(), file.absolute().parent]
    for folder in folders:
        root = find_repository(folder)
        if root is not None:
            return root
    hint = "Go to the folder of the plan, or name it: --plan FOLDER."
    raise KimplanError("this is not under version control", hint)
