"""``kimplan codeowners``: who is asked to review which recommendation."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.options import PlanOption
from kimplan.cli.painting import tell_findings
from kimplan.cli.telling import remark, tell_written
from kimplan.errors import KimplanError, OutputError
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.codeowners import Forge, Overriding, Place

EXAMPLES = """\b
Examples:
  kimplan codeowners                    write the repository's CODEOWNERS
  kimplan codeowners --check            only say whether it is up to date
  kimplan codeowners --output -         only show it
  kimplan codeowners --output docs/CODEOWNERS

\b
Exit codes: 0 it is written, or up to date, 1 the plan has errors, or
--check found it out of date or overridden by a later line, 2 it could
not be written."""


def codeowners(
    plan: PlanOption = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, - for the screen. If left out: the CODEOWNERS that is "
            "there, or else a new one where your forge looks for it.",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 if it is out of date.")
    ] = False,
) -> None:
    """Write CODEOWNERS from the handles in owners.yaml.

    Each owner is then asked to review a change of what is theirs.

    Only the lines between kimplan's markers are written; all others stay.
    """
    from kimplan.codeowners import find_overriding, place_of, read_codeowners, written
    from kimplan.files import write_whole
    from kimplan.linter import load
    from kimplan.loader import find_plan

    root = find_plan(plan)
    if check and output == "-":
        raise KimplanError("--check has no file to check with --output -", "Leave out one of them.")
    result = load(root)
    if result.plan is None:
        tell_findings(result.errors)
        sys.stderr.write("kimplan: nothing was written, because the plan has errors\n")
        raise typer.Exit(1)
    place = place_of(root)
    target = _target(place, root, output)
    before = read_codeowners(target) if target else ""
    after = written(before, result.plan, place.folder)
    if not any(owner.handle for owner in result.plan.owners):
        sys.stderr.write("kimplan: nobody is asked, because no owner has a handle in owners.yaml\n")
    if target is None:
        sys.stdout.write(after)
        return
    name = make_visible(_name(target))
    overriding = find_overriding(after, result.plan, place.folder, _forge(place.top))
    _tell(name, overriding)
    if after == before:
        if overriding and check:
            raise typer.Exit(1)
        remark(f"{name} is up to date.\n")
    elif check:
        sys.stdout.write(f"{name} is out of date; kimplan codeowners writes it.\n")
        raise typer.Exit(1)
    else:
        write_whole(target, lambda file: file.write(after.encode()))
        tell_written(_name(target))


def _tell(name: str, overriding: Sequence[Overriding]) -> None:
    """Say which lines take the reviewers away that kimplan's name."""
    for one in overriding:
        line, path = make_visible(one.line), make_visible(one.paths[0])
        others = f" and {count(len(one.paths) - 1, 'other')}" if len(one.paths) > 1 else ""
        message = f"the line '{line}' overrides kimplan's for {path}{others}"
        sys.stderr.write(f"{name}:{one.number}: {message}\n")
        hint = "Put it above kimplan's lines: of several that match, the last one counts."
        sys.stderr.write(f"  hint: {hint}\n")


def _forge(top: Path) -> Forge:
    """Return the forge that reads the repository, as its files tell."""
    from kimplan.codeowners import Forge

    is_gitlab = any((top / name).exists() for name in (".gitlab-ci.yml", ".gitlab"))
    return Forge.GITLAB if is_gitlab and not (top / ".github").exists() else Forge.GITHUB


def _name(target: Path) -> str:
    try:
        return os.path.relpath(target)
    except (ValueError, FileNotFoundError):  # another drive, on Windows; a folder that is gone
        return str(target)


def _target(place: Place, root: Path, output: str | None) -> Path | None:
    """Return the file to write, None for the screen."""
    from kimplan.codeowners.place import PLACES

    if output == "-":
        return None
    if output is not None:
        if Path(os.path.realpath(output)).is_relative_to(os.path.realpath(root)):
            raise OutputError(f"{output} is inside the plan", "Choose a name outside of it.")
        return Path(output)
    if there := place.file:
        return there
    folders = [name for name in PLACES if "/" in name and (place.top / name).parent.is_dir()]
    forge = [name for name in folders if not name.startswith("docs")]
    return place.top / (forge[0] if forge else "CODEOWNERS")
