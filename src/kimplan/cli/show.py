"""``kimplan show``: one recommendation, as a person would read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.answers import Asked, answer
from kimplan.cli.options import AsOfOption, PlanOption
from kimplan.cli.output import AnswerFormat
from kimplan.cli.state import AtOption
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf
    from kimplan.model.plan import Plan
    from kimplan.model.recommendation import Recommendation

EXAMPLES = """\b
Examples:
  kimplan show REC6
  kimplan show rec6 rec8               several, capitals or not
  kimplan show REC6 --format html      for an e-mail; markdown for a forge
  kimplan show REC6 --at 2024-05-31    what it said then

\b
Exit codes: 0 this is the answer, 1 the plan has errors, 2 there is no plan
to read, or no such recommendation."""


def show(
    refs: Annotated[
        list[str], typer.Argument(metavar="REF", help="The recommendation's ref, such as REC6.")
    ],
    plan: PlanOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    formats: AnswerFormat = None,
) -> None:
    """Show a recommendation, its response and where its date stands.

    With it are its evidence, its actions, its progress notes and how its date was moved.
    """

    def view(plans: Sequence[PlanOf], day: date) -> Answer:
        from kimplan.answers.record import answer_records

        plan = plans[0].plan
        found = {id(item): item for ref in refs for item in _find(plan, ref)}
        return answer_records(plan, list(found.values()), day)

    answer("show", Asked([plan] if plan else None, None, as_of, formats, at), view)


def _find(plan: Plan, ref: str) -> list[Recommendation]:
    """Return the recommendation of that ref; they are several where a plan has it twice."""
    from kimplan.model.suggestion import did_you_mean

    wanted = ref.strip().casefold()
    if found := [item for item in plan.recommendations if item.ref.casefold() == wanted]:
        return found
    known = [item.ref for item in plan.recommendations]
    hint = did_you_mean(ref, known) or "kimplan list shows what there is."
    raise KimplanError(f"there is no recommendation '{ref[:40]}'", hint)
