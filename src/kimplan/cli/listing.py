"""``kimplan list``: the recommendations, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kimplan.cli.answers import Asked, answer
from kimplan.cli.filters import (
    FilterTexts,
    OverdueOption,
    OwnerOption,
    SectionOption,
    WhereOption,
    asked_of,
)
from kimplan.cli.group import BelowOption, PlansOption
from kimplan.cli.options import AsOfOption, RagOption
from kimplan.cli.output import AnswerFormat
from kimplan.cli.state import AtOption

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf

EXAMPLES = """\b
Examples:
  kimplan list                       all recommendations
  kimplan list --rag amber,red       what is still open
  kimplan list --owner people        what a role owns; a part of it is enough
  kimplan list --section repairs     one section
  kimplan list --overdue             what is late
  kimplan list --where priority=High what an own field says
  kimplan list --at board-2024-05    as the plan stood then

\b
Exit codes: 0 this is the answer, 1 the plan has errors, 2 there is no plan
to read, or no such owner, section or field."""


def list_(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    rag: RagOption = None,
    owner: OwnerOption = None,
    section: SectionOption = None,
    overdue: OverdueOption = False,
    where: WhereOption = None,
    formats: AnswerFormat = None,
) -> None:
    """List the recommendations, all of them or those asked for.

    They stand in the order of the report. Of several filters each must be met; of one that is given
    more than once, any.
    """
    filters = FilterTexts(rag, owner, section, overdue, where).filters

    def view(plans: Sequence[PlanOf], day: date) -> Answer:
        from kimplan.answers.listing import answer_list_in

        return answer_list_in(asked_of(plans, filters), day)

    answer("list", Asked(plan, plans, as_of, formats, at), view)
