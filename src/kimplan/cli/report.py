"""``kimplan report``: the board's Word report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan import __version__
from kimplan.cli.later_facts import refuse_future
from kimplan.cli.only import OnlyOption, read_only
from kimplan.cli.options import AsOfOption, PlanOption, read_as_of
from kimplan.cli.painting import tell_findings
from kimplan.cli.progress import Patience, Progress
from kimplan.cli.report_look import read_look
from kimplan.cli.report_target import check_suffix, check_target
from kimplan.cli.report_words import counts, file_name
from kimplan.cli.since import read_story, read_version
from kimplan.cli.state import AtOption, State, read_state, tell
from kimplan.cli.telling import tell_written
from kimplan.diagnostic import Diagnostic
from kimplan.errors import OutputError

if TYPE_CHECKING:
    from kimplan.report.document import ReportDocument
    from kimplan.report.origin import Origin
    from kimplan.report.since import Since
    from kimplan.snapshot.version import SourceVersion

EXAMPLES = """\b
Examples:
  kimplan report                            today's position, into this folder
  kimplan report --as-of 2024-05-31         the position on another day
  kimplan report --at board-2024-05         the plan as it stood at that tag
  kimplan report --since board-2024-02      with what changed since that tag
  kimplan report --since 2024-02-29         or since the end of that day
  kimplan report --only open                only what is open
  kimplan report --for publishing           for screen readers, 12 points
  kimplan report --output board.docx        into a file of your choice
  kimplan report --write-template our.docx  the look, to be changed in Word
  kimplan report --template our.docx        the report in that look

\b
Exit codes: 0 the report was written, 1 the plan has errors,
2 it could not be written."""

_HOUSE_STYLE = Path("templates") / "report.docx"


def report(
    plan: PlanOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write the report; an earlier report is replaced. "
            "If left out: the organisation, the plan's title and the date, in this folder.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REVISION|DATE",
            help="The last report: a tag, branch or commit, or a day. Adds what changed since, "
            "and the ratings month by month.",
            show_default=False,
        ),
    ] = None,
    only: OnlyOption = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help="A Word document with your own look. "
            "If left out: templates/report.docx beside the plan, or else kimplan's own.",
            show_default=False,
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="table|sections",
            help="One table, or one table a section, which screen readers follow better. "
            "If left out: what plan.yaml says, or else table.",
            show_default=False,
        ),
    ] = None,
    font_size: Annotated[
        str | None,
        typer.Option(
            "--font-size",
            metavar="POINTS",
            help="The size of the text in the tables: 10.5 unless the template says otherwise; "
            "12 suits publishing.",
            show_default=False,
        ),
    ] = None,
    purpose: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="publishing",
            help="What the report is for: publishing means one table a section and 12 points, "
            "unless --layout or --font-size says otherwise.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a file that kimplan did not write as it stands."),
    ] = False,
    write_template: Annotated[
        Path | None,
        typer.Option(
            "--write-template",
            metavar="FILE",
            help="Write kimplan's own look to a new Word document, and nothing else.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the Word report of the plan for the board.

    The report has the position at a glance, what is overdue and what falls due soon, and the
    action plan itself. Nothing in the plan is changed.
    """
    if write_template is not None:
        _write_template(write_template)
        return
    from kimplan.loader import find_plan

    day, (chosen, size) = read_as_of(as_of), read_look(layout, font_size, purpose)
    root = find_plan(plan)
    progress = Progress("Read")
    state = read_state(root, at, progress.step)
    result = state.result
    progress.done()
    _tell_errors(result.errors)
    if result.plan is None:
        sys.stderr.write("kimplan: no report was written, because the plan has errors\n")
        raise typer.Exit(1)
    from kimplan.report.build import build_report
    from kimplan.report.position import state_remarks
    from kimplan.report.request import Request
    from kimplan.word import write_report

    day, part = state.day(day, result.plan), read_only(only, result.plan)
    refuse_future(root, state.past, result.plan, day, "no report was written")
    with Patience("Reading the history"):
        story = read_story(root, result.plan, state.past, since, day) if since is not None else None
    version = read_version(root, state.past)
    source = version.shown(result.plan.settings.language)
    origin = _origin(root, state, version, story)._replace(only=part)
    request = Request(
        day, f"{source} · kimplan {__version__}", chosen, size, origin, story,
        state_remarks(result.plan, day), part,
    )  # fmt: skip
    document = build_report(result.plan, request)
    target = output or Path(file_name(document, part))
    look = template or _house_style(root)
    check_target(target, root, look, force=force)
    _tell_left_out(document, write_report(document, target, look))
    tell_written(target, counts(result.plan, part, day))


def _origin(root: Path, state: State, version: SourceVersion, since: Since | None) -> Origin:
    from kimplan.loader import find_repository
    from kimplan.report.origin import Origin

    if state.past is not None:
        folder = state.past.snapshot.folder
    else:
        top = find_repository(root) if version.commit else None
        folder = root.resolve().relative_to(top).as_posix() if top else "."
    is_named = folder != "." and folder.isprintable()  # nothing else can stand in a Word file
    origin = Origin(__version__, version.name, version.modified, folder if is_named else "")
    if since is None:
        return origin
    between = since.between
    return origin._replace(
        since=between.commit, since_day=between.since_day, is_cut_off=since.is_cut_off
    )


def _tell_left_out(document: ReportDocument, parts: Sequence[str]) -> None:
    """Say which of the parts that have something to say the template has no room for."""
    found = (part.name for part in document.parts)
    for name in (name for name in found if name not in parts):
        tell(f"the template has no {{{{kimplan:{name}}}}}, so the report leaves that out")


def _tell_errors(errors: Sequence[Diagnostic]) -> None:
    """Write the errors to standard error."""
    if errors:
        tell_findings(errors)


def _write_template(target: Path) -> None:
    from kimplan.word import write_template

    check_suffix(target)
    if any(os.path.isfile(folder / "plan.yaml") for folder in target.absolute().parents[:2]):
        raise OutputError(f"{target} is inside the plan", "Choose a name outside of it.")
    if os.path.lexists(target):
        hint = "Choose another name; a look that somebody has changed is not overwritten."
        raise OutputError(f"{target} is there already", hint)
    write_template(target)
    tell_written(target, after=" Change its styles in Word, keep its {{markers}}.")


def _house_style(root: Path) -> Path | None:
    found = root.parent / _HOUSE_STYLE
    return found if os.path.isfile(found) else None
