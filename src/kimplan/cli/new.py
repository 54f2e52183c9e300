"""``kimplan new``: the next record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kimplan.cli.manner import manner
from kimplan.cli.options import PlanOption, read_rating
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.edits.new_record import Created

EXAMPLES = """\b
Examples:
  kimplan new --section repairs --title "Keep a register of repairs."
                              the next number; lint says what to fill in
  kimplan new --ref REC22 --section repairs --title "Keep a register." \\
    --due 2024-12 --owner "Head of Repairs" --response answer.txt
                              whole at once
  kimplan new --section repairs --title "Keep a register." --dry-run
                              only shows the file

\b
Exit codes: 0 the file is written, whether or not there is something to fill
in; 1 a rule forbids it; 2 it could not be written; 130 interrupted."""


def _text(metavar: str, help_: str) -> Any:
    return typer.Option(metavar=metavar, help=help_, show_default=False)


def new(
    section: Annotated[
        str | None, _text("ID", "The section of plan.yaml in which it stands.")
    ] = None,
    title: Annotated[
        str | None, _text("TEXT", "Its opening sentence, in the Ombudsman's words.")
    ] = None,
    ref: Annotated[str | None, _text("REF", "Its ref; the next number if left out.")] = None,
    detail: Annotated[
        str | None, _text("FILE", "The rest of it, from a text file; - is standard input.")
    ] = None,
    response: Annotated[
        str | None, _text("FILE", "The response, from a text file; - is standard input.")
    ] = None,
    rag: Annotated[
        str,
        _text(
            "RATING",
            "Its rating: green, amber, red or not-applicable, or blue where plan.yaml has it; red "
            "if left out.",
        ),
    ] = "red",
    due: Annotated[
        str | None,
        _text("DATE", "The due date: 2024-07-31, 2024-07 or 2023-12/2024-03; or none agreed."),
    ] = None,
    due_reason: Annotated[
        str | None, _text("TEXT", "Why no date is agreed, with --due 'none agreed'.")
    ] = None,
    owner: Annotated[
        list[str] | None, _text("ROLE", "An owner; may be given more than once.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the file.")] = False,
    plan: PlanOption = None,
) -> None:
    """Write the next recommendation's file, to be filled in.

    Lint says what is left to fill in. A file that is there is never overwritten.
    """
    from kimplan.cli.changing import read_input, refused, show_findings, tell
    from kimplan.edits.due_dates import read_promise
    from kimplan.edits.new_record import NewRecord, create
    from kimplan.edits.refusal import RefusedError
    from kimplan.edits.texts import from_bytes, line, prose
    from kimplan.loader import PlanFolder, find_plan

    if detail == response == "-":
        raise KimplanError("standard input is one text", "Name a file for the other.")
    root = find_plan(plan)
    rating = read_rating(rag, PlanFolder(root).scheme())
    try:
        record = NewRecord(
            _section(section, root),
            line(_given(title, "--title"), "--title"),
            rating,
            read_promise(due, "--due").text if due is not None else "",
            tuple(line(role, "--owner") for role in owner or ()),
            from_bytes(read_input(detail, "--detail"), detail) if detail else "",
            from_bytes(read_input(response, "--response"), response) if response else "",
            prose(due_reason, "--due-reason") if due_reason else "",
        )
        created = create(
            root, ref or "", record, _show_text if dry_run else _show_path, write=not dry_run
        )
    except RefusedError as error:
        refused("nothing is written", error)
        raise typer.Exit(1) from None
    if created.left and not manner.is_quiet:
        tell(f"{created.ref} still asks for this:")
        show_findings(created.left)


def _show_text(created: Created) -> None:
    from kimplan.characters import lines, make_visible
    from kimplan.cli.changing import show

    text = created.text.rstrip("\n")
    show("".join(f"{make_visible(one)}\n" for one in lines(text)), "nothing is written")


def _show_path(created: Created) -> None:
    from kimplan.characters import make_visible
    from kimplan.cli.changing import show

    show(f"{make_visible(created.path.as_posix())}\n", "nothing is written")


def _given(text: str | None, option: str) -> str:
    if text is None:
        raise KimplanError(f"{option} is missing", "See kimplan new --help.")
    return text


def _section(text: str | None, root: Path) -> str:
    from kimplan.loader import PlanFolder

    if text is not None:
        return text.strip()
    settings = PlanFolder(root).settings().value
    known = ", ".join(one.id for one in settings.sections[:20]) if settings else ""
    raise KimplanError("--section is missing", f"Known: {known}." if known else "")
