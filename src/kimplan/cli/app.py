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
    "export": ("", ""),  # GROUPS has its forms
    "remind": ("remind", "remind"),
    "update": ("update", "update"),
    "new": ("new", "new"),
    "owners": ("", ""),  # GROUPS has what can be done
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

# What can be done with the roles: ``kimplan owners …``.
OWNERS: dict[str, tuple[str, str]] = {
    "list": ("owners_list", "owners_list"),
    "add": ("owners_add", "owners_add"),
    "rename": ("owners_rename", "owners_rename"),
    "remove": ("owners_remove", "owners_remove"),
}

# The groups of commands: what each is for, and its commands.
GROUPS = {
    "export": ("Write the plan for others: page, workbook, calendar.", EXPORTS),
    "owners": ("List, add, rename or remove the roles that own.", OWNERS),
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
        if name in GROUPS:
            _add_group(app, name, arguments[1:] if arguments[:1] == [name] else None)
        else:
            _add(app, name, *COMMANDS[name])
    return app


def _add(app: typer.Typer, name: str, module: str, function: str) -> None:
    command = import_module(f"kimplan.cli.{module}")
    app.command(name, epilog=command.EXAMPLES)(_stopped_by_errors(getattr(command, function)))


def _add_group(app: typer.Typer, name: str, arguments: list[str] | None) -> None:
    """Add a group with the command that `arguments` begin with, or with all of them.

    Without any commands where `arguments` is None: of a group that is not asked for, only what it
    is for is shown.
    """
    about, commands = GROUPS[name]
    group = typer.Typer(name=name, help=about, no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_nothing)
    if arguments is not None:
        for one in arguments[:1] if arguments[:1] and arguments[0] in commands else commands:
            _add(group, one, *commands[one])
    app.add_typer(group)


def _nothing() -> None:
    pass


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
            said = f"kimplan: {make_visible(error.message)}\n"
            if error.hint:
                said += f"  hint: {make_visible(error.hint)}\n"
            sys.stderr.write(fitted(said, sys.stderr))
            raise typer.Exit(2) from None

    return run
