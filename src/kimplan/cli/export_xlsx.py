"""``kimplan export xlsx``: the plan as a workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kimplan.characters import make_visible
from kimplan.cli.exporting import OutputOption, check_output, write_file
from kimplan.cli.feeding import INTERNAL, Audience, AudienceOption, end
from kimplan.cli.filters import (
    FilterTexts,
    OverdueOption,
    OwnerOption,
    SectionOption,
    WhereOption,
    asked_of,
)
from kimplan.cli.group import BelowOption, PlansOption, find_group, read_places
from kimplan.cli.options import AsOfOption, RagOption, read_as_of
from kimplan.cli.state import AtOption
from kimplan.cli.telling import tell_written

if TYPE_CHECKING:
    from kimplan.answers.group import PlanOf
    from kimplan.export.workbook import Written

_NAME = "action-plan.xlsx"
_MOST_CUT = 10

EXAMPLES = """\b
Examples:
  kimplan export xlsx                       action-plan.xlsx, the whole plan
  kimplan export xlsx --output board.xlsx   under another name
  kimplan export xlsx --as-of 2024-05-31    the position on another day
  kimplan export xlsx --rag amber,red       what is still open
  kimplan export xlsx --owner people        what a role owns
  kimplan export xlsx --plans group/        all plans below a folder

\b
The workbook holds what is not for publication too, unless it is --for public.
kimplan import takes it back as the plan that it was made of.

\b
Exit codes: 0 it was written, 1 a plan has errors and is left out,
2 it could not be written."""


def export_xlsx(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    rag: RagOption = None,
    owner: OwnerOption = None,
    section: SectionOption = None,
    overdue: OverdueOption = False,
    where: WhereOption = None,
    audience: AudienceOption = INTERNAL,
    output: OutputOption = None,
) -> None:
    """Write the plan as an Excel workbook.

    It has every field, and a sheet for each table. It goes to action-plan.xlsx if no file is named;
    an existing file is replaced. It holds what is not for publication too, unless it is for the
    public.
    """
    from kimplan.answers.listing import only_chosen
    from kimplan.export.workbook import write_workbook
    from kimplan.plural import count

    seen_by, target = Audience(audience), output or Path(_NAME)
    places = find_group(plan, plans)
    check_output(target, [root for _, root in places], ".xlsx")
    texts = FilterTexts(rag, owner, section, overdue, where)
    group = read_places(places, read_as_of(as_of), at, partial=False)
    plans_seen = seen_by.plans(group)
    chosen = only_chosen(asked_of(plans_seen, texts.filters), group.day)
    number, total = _records(chosen), _records(plans_seen)
    made = write_workbook(chosen, group.day, total)
    write_file(target, made.data)
    part = f"{number:,} of {count(total, 'recommendation')}"
    what = count(total, "recommendation") if number == total else part
    tell_written(target, f"{what} in the sheets {_listed(made.sheets)}")
    _tell_cut(made)
    end(group)


def _records(plans: Sequence[PlanOf]) -> int:
    return sum(len(of.plan.recommendations) for of in plans)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _tell_cut(made: Written) -> None:
    """Say which texts stand there without their ends."""
    for place in made.cut[:_MOST_CUT]:
        said = f"{make_visible(place)}: the text is longer than a cell can be, and was cut"
        sys.stderr.write(f"kimplan: {said}\n")
    if len(made.cut) > _MOST_CUT:
        sys.stderr.write(f"kimplan: {len(made.cut) - _MOST_CUT:,} more texts were cut\n")
