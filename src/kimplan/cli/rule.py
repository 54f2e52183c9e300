"""``kimplan rule``: what a code means, why it matters and how to mend it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kimplan.cli.findings import read_codes
from kimplan.cli.options import read_choice
from kimplan.cli.pager import show_long

EXAMPLES = """\b
Examples:
  kimplan rule KP301               what this code means, and how to mend it
  kimplan rule KP7                 all codes that begin so
  kimplan rule                     all codes, a line each
  kimplan rule --format markdown   all codes, as a page of Markdown

\b
Exit codes: 0 this is the answer, 2 there is no such code."""


def rule(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CODE",
            help="A code such as KP301, or the beginning of one, such as KP7.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="text|markdown|json", help="In which form."),
    ] = "text",
) -> None:
    """Explain what a code means, why it matters and how to mend it."""
    from kimplan.formatters import rules as format_rules
    from kimplan.rules.all_rules import ALL_RULES, rules_of

    chosen_form = read_choice(form, "--format", ("text", "markdown", "json"))
    chosen = [rule for code in read_codes(codes, "") for rule in rules_of(code)]
    chosen = list(dict.fromkeys(chosen))
    if chosen_form == "markdown" and chosen:
        sys.stdout.write(format_rules.format_markdown(chosen))
    elif chosen_form == "markdown":
        sys.stdout.write(format_rules.format_page(ALL_RULES))
    elif chosen_form == "json":
        sys.stdout.write(format_rules.format_json(chosen or ALL_RULES))
    elif chosen:
        show_long(format_rules.format_text(chosen))
    else:
        show_long(format_rules.format_titles(ALL_RULES))
