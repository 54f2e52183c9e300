"""The commands, and the one that is asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, ParamSpec

import typer
from typer.core import TyperGroup

from kimplan.cli.command import Command, shared_rows, write_rows
from kimplan.cli.plain_values import read_plainly
from kimplan.cli.shared_options import OPTIONS, PLAN, SHARED, Shared
from kimplan.cli.stopping import stopped_by_errors

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
    "help": ("", ""),  # a command's own --help, page by page
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
_ABOUT = {
    "export": "Write the plan for others: page, workbook, calendar.",
    "owners": "List, add, rename or remove the roles that own.",
    "help": "Show the help of a command, page by page.",
}
EXAMPLES = """\b
Examples:
  kimplan lint                  what is wrong with the plan's files
  kimplan show REC6             one recommendation
  kimplan report                the Word report for the board
  kimplan --plan our/plan list  about the plan in another folder
  kimplan help update           what a command does, with examples"""
EXPORT_EXAMPLES = """\b
Examples:
  kimplan export html --output plan.html    a page for the public
  kimplan export xlsx --output plan.xlsx    a workbook
  kimplan export ics --output plan.ics      a calendar of what is due
  kimplan help export html                  what a form is, with examples"""
OWNERS_EXAMPLES = """\b
Examples:
  kimplan owners list                       the roles, and what each owns
  kimplan owners rename "Head of Repairs" "Director of Homes"
  kimplan owners remove "Data Manager" --reassign-to "Company Secretary"
  kimplan help owners rename                what it does, with examples"""


class _Commands(TyperGroup):
    """Commands whose help says a line about each without making them."""

    known: Mapping[str, tuple[str, str]] = COMMANDS
    shared: tuple[Shared, ...] = OPTIONS

    def get_params(self, ctx: Any) -> list[Any]:
        """Return what is read before a command, plain values without pydantic."""
        return [read_plainly(param) for param in super().get_params(ctx)]

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands that were made."""
        return [name for name in self.known if name in self.commands]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options before the command, and a line about each command."""
        own = [record for one in self.get_params(ctx) if (record := one.get_help_record(ctx))]
        commands = [(name, about(name, self.known)) for name in self.known]
        write_rows(formatter, {"Options": shared_rows(self.shared) + own, "Commands": commands})

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return the context of a run; a mistake in it is a sentence."""
        with stopped_by_errors():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is asked for; a mistake in its options is a sentence."""
        with stopped_by_errors():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is meant; raise KimplanError where there is no such one."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            from kimplan.cli.mistakes import no_command

            raise no_command(ctx, args[0], self.known)
        return super().resolve_command(ctx, args)


class _Exports(_Commands):
    known = EXPORTS
    shared = (PLAN, *SHARED)


class _Owners(_Commands):
    known = OWNERS
    shared = (PLAN, *SHARED)


# The commands that have commands of their own, with the examples of each.
GROUPS: dict[str, tuple[type[_Commands], str]] = {
    "export": (_Exports, EXPORT_EXAMPLES),
    "owners": (_Owners, OWNERS_EXAMPLES),
}


def commands_of(name: str = "") -> Mapping[str, tuple[str, str]]:
    """Return the commands, or those of the group `name`; none where it is no group."""
    if not name:
        return COMMANDS
    return GROUPS[name][0].known if name in GROUPS else {}


def about(name: str, known: Mapping[str, tuple[str, str]] = COMMANDS) -> str:
    """Return the line that the help says about one of the `known` commands."""
    if not known[name][0]:
        return _ABOUT[name]
    return (_function(known[name]).__doc__ or "").partition("\n")[0]


def _function(place: tuple[str, str]) -> Callable[..., None]:
    module, function = place
    found: Callable[..., None] = getattr(import_module(f"kimplan.cli.{module}"), function)
    return found


def make_app(arguments: list[str]) -> typer.Typer:
    """Return the command line with the command that `arguments` begin with.

    typer looks at every option of every command that is made, which costs as much as checking a
    small plan.
    """
    app = typer.Typer(
        name="kimplan",
        cls=_Commands,
        help="Keep the action plan for the Ombudsman's recommendations, and report on it.",
        epilog=EXAMPLES,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_nothing)
    name = arguments[0] if arguments else ""
    if name in GROUPS:
        _add_group(app, name, arguments[1:])
    elif name in COMMANDS and COMMANDS[name][0]:
        _add(app, name, COMMANDS[name])
    return app


def _nothing() -> None:
    """Stand for the options before the command, which are read already."""


def _add(app: typer.Typer, name: str, place: tuple[str, str]) -> None:
    function = _function(place)
    examples = import_module(f"kimplan.cli.{place[0]}").EXAMPLES
    app.command(name, cls=Command, epilog=examples)(_stopped_by_errors(function))


def _add_group(app: typer.Typer, name: str, arguments: list[str]) -> None:
    """Add the group `name` with the command that `arguments` begin with."""
    kind, examples = GROUPS[name]
    group = typer.Typer(
        name=name,
        cls=kind,
        help=_ABOUT[name],
        epilog=examples,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.callback()(_nothing)
    if arguments and arguments[0] in kind.known:
        _add(group, arguments[0], kind.known[arguments[0]])
    app.add_typer(group)


def _stopped_by_errors(command: Callable[_P, None]) -> Callable[_P, None]:
    """Return `command` so that an error of ours is a sentence and exit code 2."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        with stopped_by_errors():
            command(*args, **kwargs)

    return run
