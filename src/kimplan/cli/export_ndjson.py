"""``kimplan export ndjson``: everything that the plan says, for programs."""

from __future__ import annotations

from kimplan.cli.feeding import OutputOption, check_feed, end, give
from kimplan.cli.group import BelowOption, PlansOption, read_group
from kimplan.cli.options import AsOfOption
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
    output: OutputOption = None,
) -> None:
    """Write the recommendations as JSON, one a line, with all that their files say.

    It holds what is not for publication, too.
    """
    from kimplan.export.feed import feed_lines
    from kimplan.plural import count

    check_feed(output, plan, plans, ".ndjson")
    group = read_group(plan, plans, as_of, at, partial=False)
    lines = list(feed_lines(group.plans, group.day))
    give(b"".join(lines), output, count(len(lines), "recommendation"))
    end(group)
