"""``kimplan owners list``: the roles, and how much each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kimplan.cli.answers import Asked, answer
from kimplan.cli.options import PlanOption
from kimplan.cli.output import AnswerFormat

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf

EXAMPLES = """\b
Examples:
  kimplan owners list                 who has how much, and who has nothing
  kimplan owners list --format json   for another program

\b
Exit codes: 0 this is the answer, 1 the plan has errors, 2 there is no plan
to read."""


def owners_list(plan: PlanOption = None, formats: AnswerFormat = None) -> None:
    """List the roles of owners.yaml with what each of them owns.

    They stand in the order of the file. Roles that own nothing are named below.
    """

    def view(plans: Sequence[PlanOf], _: date) -> Answer:
        from kimplan.answers.roles import answer_roles

        return answer_roles(plans[0].plan)

    answer("owners list", Asked([plan] if plan else None, None, None, formats), view)
