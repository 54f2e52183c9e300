"""``kimplan merge``: edits made in Word copies of a report, back into the plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kimplan import __version__
from kimplan.characters import make_visible
from kimplan.cli.manner import manner
from kimplan.cli.options import PlanOption, read_as_of, today_in
from kimplan.cli.output import format_option, read_formats
from kimplan.cli.painting import painted_diff
from kimplan.cli.progress import Patience
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.cli.output import Output
    from kimplan.merge.merging import Copy, Merged
    from kimplan.model.plan import Plan
    from kimplan.report.document import ReportDocument
    from kimplan.verify.made import Made

FORMATS = ("text", "json")
EXAMPLES = """\b
Examples:
  kimplan merge board.docx             what was edited in Word, as diffs
  kimplan merge board.docx --write     the same, and write it
  kimplan merge board.docx --reason REC6="The portal was re-planned." --write
                                       a moved date says why
  kimplan merge board.docx --evidence REC6="Policy=https://example.org/p"
  kimplan merge anna.docx ben.docx     several copies at once
  kimplan merge board.docx --leave REC5:response
                                       without one of the edits
  kimplan merge pasted.docx --base board-2024-05
                                       where the file lost its version

\b
Exit codes: 0 nothing to do, or the diffs are shown or written; 1 something
has to be answered or settled first, or a row is left to you; 2 it could not
be done; 130 interrupted."""


def _text(metavar: str, help_: str, *names: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=help_, show_default=False)


def merge(
    files: Annotated[
        list[Path], typer.Argument(metavar="REPORT.docx...", help="Word copies of a report.")
    ],
    write: Annotated[
        bool, typer.Option("--write", help="Write the changes: all of them, or none.")
    ] = False,
    reason: Annotated[
        list[str] | None,
        _text("REF=TEXT", "Why a due date moves; may be given more than once."),
    ] = None,
    agreed_by: Annotated[
        list[str] | None, _text("REF=NAME", "Who agreed to a new due date.")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        _text("REF=TITLE[=LINK]", "Evidence of a green; may be given more than once."),
    ] = None,
    no_evidence: Annotated[
        list[str] | None, _text("REF=REASON", "Why a green has no evidence.")
    ] = None,
    withdraw_verification: Annotated[
        list[str] | None, _text("REF", "Take a verification away where what it covers changes.")
    ] = None,
    notes: Annotated[
        bool,
        typer.Option("--notes", help="Take Word's comments as progress notes of their writers."),
    ] = False,
    leave: Annotated[
        list[str] | None,
        _text("REF[:FIELD]", "Leave an edit out, such as REC5:due; may be given more than once."),
    ] = None,
    base: Annotated[
        str | None,
        _text("REVISION|DATE", "The plan's version of the report, where the file lost it."),
    ] = None,
    plan: PlanOption = None,
    as_of: Annotated[
        str | None, _text("DATE", "The day of the change, as 2024-05-31; today if left out.")
    ] = None,
    formats: Annotated[list[str] | None, format_option(FORMATS)] = None,
) -> None:
    """Show edits in Word copies of a report as changes of the plan.

    Each copy is held against the plan of its own version, and its edits are made in the plan as it
    is now, under the rules of kimplan update. Nothing is written without --write.
    """
    from kimplan.cli.merge_answers import Given, check_leaves, read_answers
    from kimplan.loader import find_plan
    from kimplan.merge.merging import merge_copies, write_merged
    from kimplan.merge.outcome import verdict

    root = find_plan(plan)
    outputs = read_formats(formats, FORMATS, root)
    day = read_as_of(as_of) or today_in(root)
    given = Given(
        day, reason, agreed_by, evidence, no_evidence, withdraw_verification, leave, notes
    )
    ours = _ours(root)
    answers = read_answers(given, ours)
    with Patience("Reading the reports"):
        copies = [_copy(path, root, base, ours) for path in files]
    records = [*ours.recommendations, *(one for copy in copies for one in copy.records)]
    check_leaves(leave or (), [item.ref for item in records])
    merged = merge_copies(root, ours, copies, answers)
    _tell_unused(answers.unused(merged.refs), ours)
    is_written = write and merged.may_be_written and bool(merged.changes)
    _show(merged, outputs, is_written=is_written)
    if is_written:
        write_merged(root, merged)
    if not manner.is_quiet:
        _tell(verdict(merged, is_written=is_written))
    if any(one.kind.asks for one in merged.findings):
        raise typer.Exit(1)


def _tell(sentence: str) -> None:
    sys.stderr.write(f"kimplan: {make_visible(sentence)}\n")


def _tell_unused(unused: list[str], ours: Plan) -> None:
    """Say for which recommendations something was given that no change asks for."""
    for item in ours.recommendations:
        if item.ref.casefold() in unused:
            _tell(f"nothing changes in {item.ref}, so what is given for it counts for nothing")


def _ours(root: Path) -> Plan:
    """Return the plan as it is now; end with 1 where it cannot be understood."""
    from kimplan.cli.answers import tell_unread
    from kimplan.linter import load

    loaded = load(root, partial=True)
    if loaded.plan is None:
        tell_unread(loaded.errors)
        raise typer.Exit(1)
    return loaded.plan


def _copy(path: Path, root: Path, said: str | None, ours: Plan) -> Copy:
    """Return a copy and the plan that it was made of, having said what is doubtful about it."""
    from kimplan.exchange.read import read_sheets
    from kimplan.merge.base import Base
    from kimplan.merge.history import read_base
    from kimplan.merge.merging import Copy
    from kimplan.word.colours import FILLS

    file = read_sheets(path)._replace(name=path.name)
    if not file.is_word:
        hint = "merge takes Word copies of a report (.docx); kimplan import takes other tables."
        raise KimplanError(f"{path} is not a Word document", hint)
    made = _made(path)
    commit = file.commit or (made.origin.commit if made else "")
    if not (said or commit):
        message = f"{path} does not say which version of the plan it was made of"
        hint = "Name the commit, the tag or the day of the report: --base 2024-05-31."
        raise KimplanError(message, hint)
    if made and made.origin.modified and not said:
        _tell(
            f"{path.name} was made of files that differed from {commit[:7]}: what only they said "
            "counts as an edit; --base names another version"
        )
    base = read_base(root, said or "", commit, ours.settings.timezone)
    for note in base.notes:
        _tell(note)
    only = made.origin.only if made else None
    there = only.of(base.plan) if only else base.plan
    fills = {FILLS[rating]: rating for rating in there.settings.ratings.scheme.ratings}
    document = _document(root, made) if made and not said else None
    has_own_text = made.has_own_text if made else True
    return Copy(file, Base(there, base.version, fills, document, has_own_text))


def _made(path: Path) -> Made | None:
    """Return how a report was made, as far as its file still says it."""
    from kimplan.verify.made import parse_made
    from kimplan.word.properties import read_properties
    from kimplan.word.template import open_report

    try:
        return parse_made(read_properties(open_report(path).word))
    except (KimplanError, ValueError):
        return None  # the reader of its tables says what is wrong with it


def _document(root: Path, made: Made) -> ReportDocument | None:
    """Return the whole report as it was, where it can be made again."""
    from kimplan.snapshot.checkout import find_checkout
    from kimplan.verify.rebuild import make_again

    if made.origin.kimplan != __version__:
        return None  # which may have worded some things otherwise
    try:
        return make_again(find_checkout(root).root, made)
    except KimplanError:
        return None


def _show(merged: Merged, outputs: list[Output], *, is_written: bool) -> None:
    """Show the changes and what else is to be said."""
    from kimplan.answers.answer import Answer
    from kimplan.cli.output import write
    from kimplan.formatters.answer_json import format_answer_json
    from kimplan.formatters.diff import format_diff
    from kimplan.merge.outcome import change_lines, data_of, finding_lines

    diffs = [
        format_diff(one.path.as_posix(), one.before, one.after, are_moved=True)
        for one in (prepared.changed for prepared in merged.changes)
    ]

    def text() -> str:
        lines = [*change_lines(merged), *finding_lines(merged.findings)]
        shown = "".join(diffs)
        if not any(output.file for output in outputs):
            shown = painted_diff(shown, sys.stdout)
        return "".join(f"{make_visible(line)}\n" for line in lines) + shown

    def json() -> str:
        data = data_of(merged, diffs, is_written=is_written)
        return format_answer_json(Answer((), data), "merge", is_complete=True)

    write(outputs, {"text": text, "json": json})
