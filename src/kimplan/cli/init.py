"""``kimplan init``: a new plan repository."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kimplan.characters import make_visible
from kimplan.cli.asking import can_ask
from kimplan.cli.options import read_choice
from kimplan.cli.streams import fitted, typed_on_terminal
from kimplan.cli.telling import remark
from kimplan.errors import KimplanError
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.starter.repository import Kept, Plans
    from kimplan.starter.start import Content, Start

EXAMPLES = """\b
Examples:
  kimplan init "Action plan" --from kim
                              the 21 recommendations on knowledge and
                              information, their responses to be written
  kimplan init plans/damp --organisation "Example Homes" \\
    --title "Damp and mould action plan" --forge github
                              an example to begin from, checked on GitHub
  kimplan init plans/our --from plan.docx --organisation "Example Homes"
                              a plan of the table in a Word file; what is
                              unclear in it is asked
  kimplan init --dry-run      only shows which files it would write here

\b
Exit codes: 0 the repository is there; 1 something in the table is to be
answered, 2 it could not be made, 130 interrupted: nothing is written."""

_KIM = "kim"
_TITLES = {
    _KIM: "Knowledge and Information Management (KIM) report",
    "": "Action plan for the Ombudsman's recommendations",
}


def _text(name: str, metavar: str, help_: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help_, show_default=False)


def init(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Where; this folder if left out.", show_default=False
        ),
    ] = Path(),
    organisation: Annotated[
        str | None, _text("--organisation", "NAME", "The landlord's name.")
    ] = None,
    title: Annotated[str | None, _text("--title", "TEXT", "The report's title.")] = None,
    audience: Annotated[
        str, _text("--audience", "WHOM", "Whom the report is for; Board if left out.")
    ] = "Board",
    timezone: Annotated[
        str, _text("--timezone", "ZONE", "Decides what day it is; Europe/London if left out.")
    ] = "Europe/London",
    forge: Annotated[
        str | None,
        _text(
            "--forge",
            "github|gitlab|azure|none",
            "Where the repository will be: how the plan is checked there. None if left out.",
        ),
    ] = None,
    source: Annotated[
        str | None,
        _text(
            "--from",
            "kim|FILE",
            "What the plan begins with: kim is the Ombudsman's 21 recommendations on knowledge "
            "and information; a Word, Excel, HTML or CSV file is imported. An example if left out.",
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        _text("--answers", "FILE", "As for kimplan import: the answers to what the table asks."),
    ] = None,
    leave_open: Annotated[
        bool,
        typer.Option("--leave-open", help="As for kimplan import: write what is known of a table."),
    ] = False,
    no_git: Annotated[
        bool, typer.Option("--no-git", help="Make no git repository, and commit nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: what is left out is as its option says.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show which files would be written.")
    ] = False,
) -> None:
    """Make a plan repository that works at once.

    It holds the plan, the report's look, the checks of your forge, and pages for those who work
    with it. On a terminal it asks for what was left out. Nothing is ever overwritten.
    """
    from kimplan.starter.place import find_place
    from kimplan.starter.repository import make_repository, plan_repository, with_plan
    from kimplan.starter.start import Content

    place = find_place(folder)
    table = _table(source)
    start = _start(
        organisation, title, audience, timezone, forge, source, asks=can_ask() and not yes
    )
    plans = plan_repository(place, start)
    if table is not None:
        plans = with_plan(plans, _imported(table, start, answers, leave_open=leave_open))
    if dry_run:
        sys.stdout.write("".join(f"{make_visible(path)}\n" for path in plans.paths))
        sys.stderr.write(f"kimplan: nothing is written in {make_visible(str(plans.base))}\n")
        return
    kept = make_repository(place, plans, _finish, with_git=not no_git)
    steps = ["kimplan report", *(["kimplan lint"] if start.content is not Content.EXAMPLE else [])]
    _tell(folder, steps[::-1] if leave_open else steps, plans, kept)


def _finish(repository: Path) -> None:
    """Add to a new repository what rooms above the starter's make."""
    from kimplan.starter.repository import LOOK
    from kimplan.word import write_template

    write_template(repository / LOOK)


def _imported(
    table: Path, start: Start, answers: Path | None, *, leave_open: bool
) -> Mapping[str, str]:
    """Return the files of the plan that the file `table` holds, by their names below its folder."""
    from kimplan.cli.importing import prepare
    from kimplan.intake.run import Request

    more = {"audience": start.audience, "timezone": start.timezone}
    request = Request(title=start.title, organisation=start.organisation, more=more)
    return prepare(table, request, None, answers, leave_open=leave_open).files


def _table(source: str | None) -> Path | None:
    """Return the file that ``--from`` names, if it names one that is there."""
    if source is None or source.strip().casefold() == _KIM:
        return None
    if not os.path.isfile(source):
        hint = "Write --from kim, or name a Word, Excel, HTML or CSV file."
        raise KimplanError(f"--from: there is no file {source}", hint)
    return Path(source)


def _content(source: str | None) -> Content:
    from kimplan.starter.start import Content

    if source is None:
        return Content.EXAMPLE
    return Content.KIM if source.strip().casefold() == _KIM else Content.NOTHING


def _start(
    organisation: str | None,
    title: str | None,
    audience: str,
    timezone: str,
    forge: str | None,
    source: str | None,
    *,
    asks: bool,
) -> Start:
    """Return what the plan is to say, having asked for what was left out; raise KimplanError."""
    from kimplan.starter.start import Forge, Start

    content = _content(source)
    usual = _TITLES.get(content, _TITLES[""])
    if asks:
        if organisation is None:
            organisation = _ask("The landlord's name")
        title = title or _ask("The report's title", usual)
        forge = forge or _ask("The forge", str(Forge.NONE), tuple(Forge))
    if organisation is None:
        hint = 'Say whose plan it is: --organisation "Example Homes".'
        raise KimplanError("--organisation is missing", hint)
    return Start(
        _line(usual if title is None else title, "--title"),
        _line(organisation, "--organisation"),
        _line(audience, "--audience"),
        _line(timezone, "--timezone"),
        Forge(read_choice(forge or Forge.NONE, "--forge", Forge)),
        content,
    )


def _line(text: str, option: str) -> str:
    from kimplan.edits import texts
    from kimplan.edits.refusal import RefusedError

    try:
        return texts.line(text, option)
    except RefusedError as error:
        raise KimplanError(error.message, error.hint) from None


def _ask(what: str, usual: str = "", among: Sequence[str] = ()) -> str:
    """Return the answer to a question, `usual` for an empty one; what is none is asked again."""
    offers = f" ({', '.join(among)})" if among else ""
    question = f"{what}{offers}{f' [{usual}]' if usual else ''}: "
    while True:
        answer = typed_on_terminal(question) or usual
        if answer and (not among or answer.casefold() in among):
            return answer
        wrong = f"'{make_visible(answer[:40])}' is none of these" if answer else "it is needed"
        sys.stderr.write(f"  {wrong}\n")


def _tell(folder: Path, commands: Sequence[str], plans: Plans, kept: Kept) -> None:
    """Say what is there now, and which commands come next."""
    from kimplan.reasons import working_folder_is_gone

    place = make_visible(str(folder))
    remark(f"Wrote {count(len(plans.paths), 'file')} for a new plan in {place}.\n")
    if kept.commit:
        remark(f"Committed them as {kept.commit[:7]}.\n")
    else:
        _say(f"nothing is committed: {kept.why}", kept.hint)
    if not plans.is_complete:
        hint = f"README.md says what to write in it in place of {'0' * 8}…"
        _say("the pipeline's file does not know yet where kimplan is", hint)
    is_here = not working_folder_is_gone() and os.path.realpath(folder) == os.path.realpath(".")
    steps = [] if is_here else [f"cd {_quoted(folder)}"]
    lines = "".join(f"    {step}\n" for step in (*steps, *commands))
    remark(f"Next:\n{lines}")


def _say(message: str, hint: str) -> None:
    text = f"kimplan: {make_visible(message)}\n  hint: {make_visible(hint)}\n"
    sys.stderr.write(fitted(text, sys.stderr))


def _quoted(folder: Path) -> str:
    """Return a folder's name as it may be typed, where the user's shell would read more in it."""
    import shlex

    return f'"{folder}"' if os.name == "nt" else shlex.quote(str(folder))
