"""From the words of a command line to the command that they ask for."""

from __future__ import annotations

import sys

import typer

from kimplan import __version__
from kimplan.cli.app import make_app
from kimplan.cli.before import Before, read_before
from kimplan.cli.stopping import stopped_by_errors


def call(arguments: list[str]) -> None:
    """Run what `arguments` ask for; raise SystemExit with its exit code, where it has one."""
    try:
        with stopped_by_errors():
            _call(read_before(arguments))
    except typer.Exit as stopped:
        raise SystemExit(stopped.exit_code) from None


def _call(before: Before) -> None:
    rest = before.rest
    if before.action == "version":
        sys.stdout.write(f"kimplan {__version__}\n")
    elif before.action:
        from kimplan.cli.completion.installing import install, show

        (install if before.action == "install" else show)(before.shell)
    elif rest[:1] == ["help"]:
        from kimplan.cli.helping import help_

        help_(rest[1:])
    else:
        make_app(rest)(args=rest, prog_name="kimplan")
