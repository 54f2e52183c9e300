"""The commands and what they have in common."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Annotated, ParamSpec

import typer

from kimplan import __version__
from kimplan.characters import make_visible
from kimplan.cli import (
    changes,
    check,
    codeowners,
    history,
    lint,
    listing,
    overdue,
    report,
    rule,
    schema,
    show,
    summary,
)
from kimplan.errors import KimplanError

_P = ParamSpec("_P")

app = typer.Typer(
    name="kimplan",
    help="Keep the action plan for the Ombudsman's recommendations, and report on it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show kimplan's version.", is_eager=True)
    ] = False,
) -> None:
    if version:
        sys.stdout.write(f"kimplan {__version__}\n")
        raise typer.Exit


def _stopped_by_errors(command: Callable[_P, None]) -> Callable[_P, None]:
    """Return `command` so that an error of ours is a sentence and exit code 2."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except KimplanError as error:
            sys.stderr.write(f"kimplan: {make_visible(error.message)}\n")
            if error.hint:
                sys.stderr.write(f"  hint: {make_visible(error.hint)}\n")
            raise typer.Exit(2) from None

    return run


app.command("report", epilog=report.EXAMPLES)(_stopped_by_errors(report.report))
app.command("overdue", epilog=overdue.EXAMPLES)(_stopped_by_errors(overdue.overdue))
app.command("summary", epilog=summary.EXAMPLES)(_stopped_by_errors(summary.summary))
app.command("list", epilog=listing.EXAMPLES)(_stopped_by_errors(listing.list_))
app.command("show", epilog=show.EXAMPLES)(_stopped_by_errors(show.show))
app.command("changes", epilog=changes.EXAMPLES)(_stopped_by_errors(changes.changes))
app.command("history", epilog=history.EXAMPLES)(_stopped_by_errors(history.history))
app.command("lint", epilog=lint.EXAMPLES)(_stopped_by_errors(lint.lint))
app.command("check", epilog=check.EXAMPLES)(_stopped_by_errors(check.check))
app.command("rule", epilog=rule.EXAMPLES)(_stopped_by_errors(rule.rule))
app.command("codeowners", epilog=codeowners.EXAMPLES)(
    _stopped_by_errors(codeowners.codeowners)
)
app.command("schema", epilog=schema.EXAMPLES)(_stopped_by_errors(schema.schema))
