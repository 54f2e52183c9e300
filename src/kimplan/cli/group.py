"""Several plans at once: ``--plan`` more than once, and ``--plans`` for all below a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kimplan.characters import make_visible
from kimplan.cli.progress import Progress
from kimplan.cli.state import State, read_state, tell
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.group import PlanOf
    from kimplan.diagnostic import Diagnostic
    from kimplan.model.plan import Plan
    from kimplan.snapshot.past import Past

NOT_WHOLE = "The plan has errors, so this may not be the whole of it."

PlansOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--plan",
        metavar="FOLDER",
        help="The folder that holds plan.yaml. If left out, KIMPLAN_PLAN names it, or it is "
        "searched for from here upwards. Given more than once, it is about several plans.",
        show_default=False,
    ),
]
BelowOption = Annotated[
    Path | None,
    typer.Option(
        "--plans",
        metavar="FOLDER",
        help="All the plans below this folder.",
        show_default=False,
    ),
]


class Member(NamedTuple):
    """One plan of those that were asked about.

    Its `name` stands before its refs, and is empty for a plan by itself. `root` is its folder,
    `day` that whose position is meant, the same for all, and `past` the state that was read from
    git, if not the files as they are.
    """

    name: str
    root: Path
    plan: Plan
    day: date
    past: Past | None

    @property
    def of(self) -> PlanOf:
        """The plan by its name, as the answers take it."""
        from kimplan.answers.group import PlanOf

        return PlanOf(self.name, self.plan)


class Group(NamedTuple):
    """The plans that were read.

    `broken` are the names of those that could not be used, and `doubtful` of those that were read
    as far as they could be understood; both were told on standard error.
    """

    members: tuple[Member, ...]
    broken: tuple[str, ...]
    doubtful: tuple[str, ...]
    is_several: bool

    @property
    def is_complete(self) -> bool:
        """Whether no plan has errors."""
        return not self.broken and not self.doubtful

    @property
    def warning(self) -> str:
        """What a reader must know who does not see the errors; empty where there are none."""
        if self.is_complete:
            return ""
        if not self.is_several:
            return NOT_WHOLE
        left_out = f"Left out: {', '.join(self.broken)}." if self.broken else ""
        doubtful = f"With errors, so perhaps not whole: {', '.join(self.doubtful)}."
        return " ".join(filter(None, (left_out, doubtful if self.doubtful else "")))

    @property
    def day(self) -> date:
        """The day whose position is meant."""
        return self.members[0].day

    @property
    def plans(self) -> tuple[PlanOf, ...]:
        """The plans by their names."""
        return tuple(member.of for member in self.members)


class _Read(NamedTuple):
    """What was read of a plan: None for one that no answer can be had from, said on the way."""

    name: str
    root: Path
    state: State | None


def find_group(plan: Sequence[Path] | None, below: Path | None) -> list[tuple[str, Path]]:
    """Return the name and the folder of each plan that the options name, each of them once.

    A plan by itself has no name. Raises PlanNotFoundError.
    """
    from kimplan.whereabouts import find_plan

    if below is None and len(plan or ()) < 2:
        return [("", find_plan(plan[0] if plan else None))]
    from kimplan.loader import find_plans, plan_names

    named = [find_plan(one) for one in plan or ()]
    roots = {os.path.realpath(root): root for root in named}
    for root in find_plans(below) if below is not None else ():
        roots.setdefault(os.path.realpath(root), root)
    return list(zip(plan_names(list(roots.values()), below), roots.values(), strict=True))


def read_places(
    places: Sequence[tuple[str, Path]],
    day: date | None,
    at: str | None = None,
    *,
    partial: bool,
) -> Group:
    """Return the plans at `places`, having said on standard error what is wrong in them.

    With `partial`, a plan that has errors is there as far as it could be understood; without, it is
    left out. Where nothing is left the command ends with 1. Raises KimplanError for a plan by
    itself that cannot be read at all.
    """
    is_several = any(name for name, _ in places)
    progress = Progress("Read")
    found = list(_read(places, at, progress, is_several=is_several, partial=partial))
    progress.done()
    usable = [read for read in found if read.state and read.state.result.plan]
    _tell_unusable(found, usable, is_several=is_several, partial=partial)
    if not usable:
        raise typer.Exit(1)
    broken = tuple(read.name for read in found if read not in usable)
    doubtful = tuple(read.name for read in usable if _errors(read))
    return Group(_members(usable, day), broken, doubtful, is_several)


def _read(
    places: Sequence[tuple[str, Path]],
    at: str | None,
    progress: Progress,
    *,
    is_several: bool,
    partial: bool,
) -> Iterator[_Read]:
    for name, root in places:
        try:
            state = read_state(root, at, progress.step, partial=partial, name=name)
        except KimplanError as error:
            if not is_several:
                raise
            progress.done()
            tell(error.message, name)
            yield _Read(name, root, None)
        else:
            yield _Read(name, root, state)


def _errors(read: _Read) -> tuple[Diagnostic, ...]:
    return read.state.result.errors if read.state else ()


def _members(usable: Sequence[_Read], day: date | None) -> tuple[Member, ...]:
    known = [
        (read, read.state.result.plan, read.state)
        for read in usable
        if read.state and read.state.result.plan
    ]
    # Plans of several time zones have one day, so that their figures can be added up.
    one_day = max(state.day(day, plan) for _, plan, state in known)
    return tuple(
        Member(read.name, read.root, plan, one_day, state.past) for read, plan, state in known
    )


def _tell_unusable(
    found: Sequence[_Read], usable: Sequence[_Read], *, is_several: bool, partial: bool
) -> None:
    """Write what is wrong, and of each plan that has errors what that means for the answer."""
    for read in found:
        errors = _errors(read)
        if errors:
            from kimplan.cli.painting import tell_findings

            tell_findings(errors)
        if errors or read not in usable:
            sys.stderr.write(f"kimplan: {_meaning(read, read in usable, is_several, partial)}\n")


def _meaning(read: _Read, is_usable: bool, is_several: bool, partial: bool) -> str:
    if is_several:
        name = make_visible(read.name)
        if is_usable:
            return f"{name}: the plan has errors, so this may not be the whole of it"
        why = ", because it has errors" if read.state else ""  # which is said already
        return f"{name}: the plan is left out{why}"
    if is_usable:
        return "the plan has errors, so this may not be the whole of it"
    what = "there is no answer" if partial else "nothing was written"
    return f"{what}, because the plan has errors"
