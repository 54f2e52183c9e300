"""``kimplan summary``: how many recommendations stand where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kimplan.cli.answers import Asked, answer
from kimplan.cli.group import BelowOption, PlansOption
from kimplan.cli.options import AsOfOption, ByOption, read_grouping
from kimplan.cli.output import AnswerFormat
from kimplan.cli.state import AtOption

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf

EXAMPLES = """\b
Examples:
  kimplan summary                      the position today, by section
  kimplan summary --by owner           who has how much
  kimplan summary --as-of 2024-05-31   the position on another day
  kimplan summary --at board-2024-05   the position as the plan stood then
  kimplan summary --format json        for another program

\b
Exit codes: 0 this is the answer, 1 the plan has errors, 2 there is no plan
to read."""


def summary(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    by: ByOption = None,
    formats: AnswerFormat = None,
) -> None:
    """Count the recommendations by rating and by section or owner.

    Also how many are overdue and due soon, and how many of a hundred comply.
    """
    grouping = read_grouping(by)

    def view(plans: Sequence[PlanOf], day: date) -> Answer:
        from kimplan.answers.group import are_several
        from kimplan.answers.overdue import Grouping
        from kimplan.answers.summary import answer_summary_in

        usual = None if are_several(plans) else Grouping.SECTION
        return answer_summary_in(plans, day, grouping or usual)

    answer("summary", Asked(plan, plans, as_of, formats, at), view)
