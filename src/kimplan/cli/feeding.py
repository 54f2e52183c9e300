"""What the exports for programs share: for whom, and to standard output or a file, as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.exporting import check_output, write_file
from kimplan.cli.group import Group
from kimplan.cli.options import read_choice
from kimplan.cli.state import tell
from kimplan.cli.telling import tell_written

if TYPE_CHECKING:
    from kimplan.answers.group import PlanOf
    from kimplan.model.plan import Plan

INTERNAL, _PUBLIC = "internal", "public"

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write it; an existing file is replaced. If left out: standard output.",
        show_default=False,
    ),
]

AudienceOption = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="internal|public",
        help="For the public, nothing internal is in it: no notes, reasons, names of people or "
        "addresses, and nothing that says publish: false.",
    ),
]


class Audience:
    """Whom an export is for, which decides what of a plan may be in it."""

    def __init__(self, text: str) -> None:
        """Raise KimplanError for an audience that nobody knows."""
        self._is_public = read_choice(text, "--for", [INTERNAL, _PUBLIC]) == _PUBLIC

    def plans(self, group: Group) -> list[PlanOf]:
        """Return what the audience may see of each plan, having said what was taken out.

        Says also where the files hold what was not known on the day that is asked about. Raises
        KimplanError for a plan of which nothing is for publication.
        """
        for one in group.plans:
            _tell_later_facts(one, group.day)
        if not self._is_public:
            return list(group.plans)
        from kimplan.report.public import publish
        from kimplan.snapshot.authors import authors_of

        found = [(one.of, publish(one.plan, authors_of(one.root))) for one in group.members]
        for one, public in found:
            for sentence in public.sentences:
                tell(sentence, one.name)
        return [one._replace(plan=public.plan) for one, public in found]

    def earlier(self, plan: Plan, now: Plan) -> Plan:
        """Return what the audience may see of a plan as it was, which is `now` another.

        What is no longer for publication is not said once more.
        """
        if not self._is_public:
            return plan
        from kimplan.report.public import publish_earlier

        return publish_earlier(plan, now)


def _tell_later_facts(of: PlanOf, day: date) -> None:
    from kimplan.answers.columns import later_facts_line

    for line in later_facts_line(of.plan.recommendations, day):
        tell(line.text, of.name)


def check_feed(output: Path | None, places: Sequence[tuple[str, Path]], suffix: str) -> None:
    """Raise OutputError, before anything is read, for a file that may not be written."""
    if output is not None:
        check_output(output, [root for _, root in places], suffix)


def give(data: bytes, output: Path | None, what: str) -> None:
    """Write `data` where it belongs; `what` says in words what it holds. Raises OutputError."""
    if output is None:
        from kimplan.cli.streams import write_bytes

        write_bytes(data)
    else:
        write_file(output, data)
        tell_written(output, what)


def end(group: Group) -> None:
    """End the command with 1 where a plan was left out."""
    if not group.is_complete:
        raise typer.Exit(1)
