"""A group of commands: in our order, of which only the one that is asked for is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typer.core import TyperGroup

from kimplan.cli.command import shared_rows, write_rows
from kimplan.cli.shared_options import Shared
from kimplan.cli.stopping import stopped_by_errors


class Commands(TyperGroup):
    """Commands whose help says a line about each without making them.

    A subclass says which there are.
    """

    known: ClassVar[Mapping[str, tuple[str, str]]] = {}
    shared: ClassVar[tuple[Shared, ...]] = ()

    def about(self, name: str) -> str:
        """Return what a command is for, in a line."""
        raise NotImplementedError

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands that were made."""
        return [name for name in self.known if name in self.commands]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options before the command, and a line about each command."""
        own = [record for one in self.get_params(ctx) if (record := one.get_help_record(ctx))]
        commands = [(name, self.about(name)) for name in self.known]
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
