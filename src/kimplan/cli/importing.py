"""``kimplan import``: a table of somebody's file becomes a plan."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kimplan.cli.streams import fitted, typed_on_terminal, width

if TYPE_CHECKING:
    from kimplan.intake.questions import Question
    from kimplan.intake.run import Prepared, Request
    from kimplan.sheet import SheetFile

EXAMPLES = """\b
Examples:
  kimplan import plan.docx      a new plan in plan/, or more records for the
                                plan that is there
  kimplan import plan.xlsx --plan kim --organisation "Example Homes"
                                a new plan in the folder kim
  kimplan import plan.xlsx --map "Lead=owners" --map "Cost=none"
                                says what a column is, or leaves it out
  kimplan import plan.docx --answers answers.yaml
                                writes the questions there; run it again with
                                the answers
  kimplan import plan.docx --leave-open
                                writes what is known, and keeps the source's
                                words as comments where something is to decide
  kimplan import plan.docx --dry-run
                                only shows what it would do

\b
Exit codes: 0 the plan is written, or would be; 1 there are questions, and
nothing is written; 2 the file could not be read or the plan not written;
130 interrupted."""


NAMELESS = "organisation: TODO"


def _text(option: str, metavar: str, help_: str) -> Any:
    return typer.Option(option, metavar=metavar, help=help_, show_default=False)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A Word, Excel, HTML, CSV or TSV file.", show_default=False
        ),
    ],
    plan: Annotated[
        Path | None,
        _text("--plan", "FOLDER", "The plan's folder, new or there; plan/ if left out."),
    ] = None,
    title: Annotated[str | None, _text("--title", "TEXT", "A new plan's title.")] = None,
    organisation: Annotated[
        str | None, _text("--organisation", "NAME", "The landlord's name, for a new plan.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        _text(
            "--map",
            "LABEL=FIELD",
            'What a column holds, such as "Lead=owners"; own makes it a field of its own, none '
            "leaves it out.",
        ),
    ] = None,
    table: Annotated[
        str | None, _text("--table", "NAME", "The table or sheet to take, where there are several.")
    ] = None,
    answers: Annotated[
        Path | None,
        _text("--answers", "FILE", "Where the questions are written to and their answers read."),
    ] = None,
    leave_open: Annotated[
        bool, typer.Option("--leave-open", help="Write what is known without the answers.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be written.")
    ] = False,
) -> None:
    """Bring a table of recommendations into a plan.

    Nothing is invented: what can be read in more than one way is asked, or printed as a question.
    Nothing is lost: each cell of the table is in the plan, or listed. A record that is there is
    never overwritten.
    """
    from kimplan.intake.columns import read_map
    from kimplan.intake.run import Request

    request = Request(read_map(columns or ()), table or "", title or "", organisation or "")
    root, is_new = _target(plan)
    place = None if is_new else root
    prepared = prepare(file, request, place, answers, leave_open=leave_open, asks_name=is_new)
    if dry_run:
        sys.stdout.write("nothing is written (--dry-run)\n")
        return
    if prepared.beside is not None and not prepared.beside.new:
        sys.stdout.write("nothing is written: the plan has a record for each of them\n")
        return
    _write(prepared, root)
    _tell_next(root, is_nameless=NAMELESS in prepared.files.get("plan.yaml", ""))


def _target(plan: Path | None) -> tuple[Path, bool]:
    """Return the plan's folder and whether it is to be made."""
    from kimplan.errors import PlanNotFoundError
    from kimplan.intake.writing import refuse_what_is_there
    from kimplan.loader import find_plan

    try:
        return find_plan(plan), False
    except PlanNotFoundError:
        root = plan or Path("plan")
        if plan and os.path.isdir(plan) and os.listdir(plan):
            root = plan / "plan"
        refuse_what_is_there(root)
        return root, True


def prepare(
    file: Path,
    request: Request,
    root: Path | None,
    answers: Path | None,
    *,
    leave_open: bool,
    asks_name: bool = False,
) -> Prepared:
    """Return what becomes of the table in `file`, having asked what is to be asked and shown it.

    `root` is the plan that it comes into, None for a new one. With `asks_name` the landlord's name
    is asked first on a terminal, where neither the request nor the file says it. Ends with 1
    where a question is open and is not to be left so. Raises KimplanError for a file that cannot
    be imported.
    """
    from kimplan.exchange.read import read_sheets
    from kimplan.intake.answers_file import read_answers
    from kimplan.intake.run import refuse_report, says_its_name

    known = read_answers(answers) if answers else {}
    source = read_sheets(file)
    refuse_report(source)
    if asks_name and not request.organisation and _may_ask() and not says_its_name(source):
        name = typed_on_terminal("The landlord's name: ")
        request = request._replace(organisation=" ".join(name.split()))
    prepared = _prepare(source, request, known, root)
    asked, typed = [*prepared.notebook.asked], dict[str, str]()
    while prepared.notebook.asked and not leave_open and _may_ask():
        given = _ask(prepared)
        if not given:
            break
        typed |= given
        prepared = _prepare(source, request, known | typed, root)
        asked += prepared.notebook.asked
    _show(prepared)
    if prepared.notebook.asked and not leave_open:
        for question in prepared.notebook.asked:  # what was typed is no answer
            typed.pop(question.key, None)
        _stop_with_questions(prepared, answers, asked, typed)
    return prepared


def _prepare(
    source: SheetFile, request: Request, known: dict[str, str], root: Path | None
) -> Prepared:
    from kimplan.intake.run import prepare_beside, prepare_new

    if root is None:
        return prepare_new(source, request, known)
    return prepare_beside(root, source, request, known)


def _may_ask() -> bool:
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )


def _ask(prepared: Prepared) -> dict[str, str]:
    """Return the answers that are typed; an empty one leaves its question open."""
    from kimplan.formatters.intake import format_questions
    from kimplan.intake.questions import first_of_each

    given: dict[str, str] = {}
    for question in first_of_each(prepared.notebook.asked):
        _print(format_questions([question]))
        answer = typed_on_terminal("  answer: ")
        if answer:
            given[question.key] = answer
    return given


def _show(prepared: Prepared) -> None:
    from kimplan.formatters.intake import format_beside, format_columns, format_proof, format_said
    from kimplan.plural import count

    parts = prepared.gathered.found.parts
    records = count(len(prepared.gathered.drafts), "record")
    text = f"{prepared.gathered.file.name}: "
    text += f"{records} in {', '.join(one.sheet.name for one in parts)}"
    _print(f"{_visible(text)}\n")
    room = width() if sys.stdout.isatty() else None
    sys.stdout.write(format_columns(parts[0].columns, room))
    _print(format_said(prepared.notebook.said))
    if prepared.beside:
        _print(format_beside(prepared.beside))
    if unknown := prepared.notebook.unknown():
        _print(f"answers to no question: {_visible(', '.join(unknown[:20]))}\n")
    if prepared.notebook.asked:
        from kimplan.formatters.intake import format_questions

        _print(format_questions(prepared.notebook.asked))
    _print(format_proof(prepared.proof))


def _print(text: str) -> None:
    """Write to standard output, in lines that fit a terminal."""
    sys.stdout.write(fitted(text, sys.stdout))


def _visible(text: str) -> str:
    from kimplan.characters import make_visible

    return make_visible(text)


def _stop_with_questions(
    prepared: Prepared, answers: Path | None, asked: list[Question], typed: dict[str, str]
) -> None:
    """Say how the questions are answered, keep all that was `asked`, and end with 1."""
    from kimplan.cli.changing import say, tell
    from kimplan.intake.answers_file import write_answers
    from kimplan.intake.questions import first_of_each
    from kimplan.plural import count

    number = count(len(first_of_each(prepared.notebook.asked)), "question")
    tell(f"nothing is written: {number} above")
    if answers:
        write_answers(answers, asked, typed)
        text = f"  Write the answers in {_visible(str(answers))}, and run the command again.\n"
        say([fitted(text, sys.stderr)])
    else:
        say(
            [
                "  --answers FILE writes them to a file, to be answered there.\n"
                "  --leave-open writes what is known, and lint says what is to decide.\n"
            ]
        )
    raise typer.Exit(1)


def _write(prepared: Prepared, root: Path) -> None:
    from kimplan.intake.writing import add_to_plan, write_plan
    from kimplan.loader.folder import OWNERS
    from kimplan.whereabouts import SETTINGS

    if prepared.beside is None:
        write_plan(root, prepared.files)
        return
    found = prepared.beside
    records = {one.ref: found.files[one.ref] for one in found.new}
    add_to_plan(root, records, {SETTINGS: found.settings, OWNERS: found.owners})


def _tell_next(root: Path, *, is_nameless: bool) -> None:
    """Show what lint says of the plan, and what to do next."""
    from kimplan.cli.painting import painted_findings
    from kimplan.formatters.text import format_totals
    from kimplan.linter import lint
    from kimplan.plural import count

    result = lint(root)
    where = count(result.files, "recommendation")
    _print(f"{_visible(root.as_posix())} is written; kimplan lint says:\n")
    sys.stdout.write(painted_findings(result.diagnostics, sys.stdout))
    sys.stdout.write(format_totals(result.diagnostics, where))
    command = "lint" if result.has_errors else "report"
    option = "" if root == Path("plan") else f" --plan {_visible(root.as_posix())}"
    name = f"write the landlord's name in {root.as_posix()}/plan.yaml, then " if is_nameless else ""
    _print(f"Next: {_visible(name)}kimplan {command}{option}\n")
