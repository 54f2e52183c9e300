"""The commands and what they have in common."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, ParamSpec

import typer
from typer.core import TyperGroup

from kimplan import __version__
from kimplan.characters import make_visible
from kimplan.cli.streams import fitted
from kimplan.errors import KimplanError

_P = ParamSpec("_P")

# The commands in the order of the help, with the module and the function of each.
COMMANDS = {
    "init": ("init", "init"),
    "report": ("report", "report"),
    "overdue": ("overdue", "overdue"),
    "summary": ("summary", "summary"),
    "list": ("listing", "list_"),
    "show": ("show", "show"),
    "changes": ("changes", "changes"),
    "history": ("history", "history"),
    "export": ("", ""),  # EXPORTS has its forms
    "remind": ("remind", "remind"),
    "update": ("update", "update"),
    "new": ("new", "new"),
    "import": ("importing", "import_"),
    "merge": ("merging", "merge"),
    "verify": ("verify", "verify"),
    "lint": ("lint", "lint"),
    "check": ("check", "check"),
    "rule": ("rule", "rule"),
    "codeowners": ("codeowners", "codeowners"),
    "schema": ("schema", "schema"),
}

# The forms in which a plan goes out: ``kimplan export FORM``, each a command of its own.
EXPORTS: dict[str, tuple[str, str]] = {
    "html": ("export_html", "export_html"),
    "xlsx": ("export_xlsx", "export_xlsx"),
    "csv": ("export_csv", "export_csv"),
    "ndjson": ("export_ndjson", "export_ndjson"),
    "ics": ("export_ics", "export_ics"),
}


class _InOrder(TyperGroup):
    """Lists its commands in our order, and groups of commands among them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands that there are."""
        return [name for name in COMMANDS if name in self.commands]


def make_app(arguments: list[str]) -> typer.Typer:
    """Return the command line with the command that `arguments` begin with, or with all of them.

    Making all of them costs as much as checking a small plan.
    """
    app = typer.Typer(
        name="kimplan",
        cls=_InOrder,
        help="Keep the action plan for the Ombudsman's recommendations, and report on it.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    names = arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS
    for name in names:
        if name == "export":
            _add_exports(app, arguments[1:] if arguments[:1] == [name] else [])
        else:
            _add(app, name, *COMMANDS[name])
    return app


def _add(app: typer.Typer, name: str, module: str, function: str) -> None:
    command = import_module(f"kimplan.cli.{module}")
    app.command(name, epilog=command.EXAMPLES)(_stopped_by_errors(getattr(command, function)))


def _add_exports(app: typer.Typer, arguments: list[str]) -> None:
    """Add ``export`` with the form that `arguments` begin with, or with all of them."""
    group = typer.Typer(
        name="export",
        help="Write the plan for others: page, workbook, calendar.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for name in arguments[:1] if arguments[:1] and arguments[0] in EXPORTS else EXPORTS:
        _add(group, name, *EXPORTS[name])
    app.add_typer(group)


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
            from kimplan.reasons import IS_GONE, working_folder_is_gone

            if error.hint.startswith("Check the name") and working_folder_is_gone():
                error.hint = IS_GONE
            said = f"kimplan: {make_visible(error.message)}\n"
            if error.hint:
                said += f"  hint: {make_visible(error.hint)}\n"
            sys.stderr.write(fitted(said, sys.stderr))
            raise typer.Exit(2) from error

    return run
