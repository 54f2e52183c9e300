"""``kimplan export ndjson``: everything that the plan says, for programs."""

from __future__ import annotations

from kimplan.cli.feeding import (
    INTERNAL,
    Audience,
    AudienceOption,
    OutputOption,
    check_feed,
    end,
    give,
)
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

EXAMPLES = """\b
Examples:
  kimplan export ndjson                             a recommendation a line
  kimplan export ndjson --output plan.ndjson        into a file
  kimplan export ndjson --overdue | jq .ref         what is late
  kimplan export ndjson --plans group/ -o all.ndjson
                                                    all plans below a folder
  kimplan schema export                             the schema of a line

\b
docs/export.md has questions for DuckDB and Spark.

\b
Exit codes: 0 it was written, 1 a plan has errors and is left out,
2 it could not be written."""


def export_ndjson(
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
    """Write the recommendations as JSON, one a line.

    They have all that their files say. That holds what is not for publication too, unless it is for
    the public.
    """
    from kimplan.answers.listing import only_chosen
    from kimplan.export.feed import feed_lines
    from kimplan.plural import count

    seen_by = Audience(audience)
    places = find_group(plan, plans)
    check_feed(output, places, ".ndjson")
    texts = FilterTexts(rag, owner, section, overdue, where)
    group = read_places(places, read_as_of(as_of), at, partial=False)
    chosen = only_chosen(asked_of(seen_by.plans(group), texts.filters), group.day)
    lines = list(feed_lines(chosen, group.day))
    give(b"".join(lines), output, count(len(lines), "recommendation"))
    end(group)
