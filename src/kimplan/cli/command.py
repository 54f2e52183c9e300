"""A command of ours: with the options that all share, and help in our words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from kimplan.cli.elsewhere import elsewhere
from kimplan.cli.manner import manner
from kimplan.cli.plain_values import read_plainly
from kimplan.cli.shared_options import SHARED, Shared
from kimplan.cli.stopping import UsageError

_UNBROKEN = "\u2011"  # a hyphen behind which no line ends


class Command(TyperCommand):
    """A command that reads the shared options too, and says who it misses in our words."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return what the command reads, plain values without pydantic."""
        return [read_plainly(param) for param in super().get_params(ctx)]

    def make_parser(self, ctx: Any) -> Any:
        """Return the parser of this command's options and of those that all share."""
        parser = super().make_parser(ctx)
        for option in SHARED:
            action = "store" if option.metavar else "store_const"
            parser.add_option(
                option,  # type: ignore[arg-type]
                opts=option.opts,
                dest=option.dest,
                action=action,
                nargs=1,
                const=True,
            )
        parse = parser.parse_args

        def parse_args(args: list[str]) -> Any:
            try:
                values, rest, order = parse(args)
            except UsageError as error:
                raise in_context(error, ctx) from None
            if not ctx.resilient_parsing and not values.get("help"):
                self._take(ctx, values, rest)
            return values, rest, order

        parser.parse_args = parse_args  # type: ignore[method-assign]
        return parser

    def _take(self, ctx: Any, values: dict[str, Any], rest: Sequence[str]) -> None:
        manner.take(values)
        if rest:
            from kimplan.cli.mistakes import too_much

            raise too_much(ctx, rest)
        for param in self.params:
            if param.name == "plan":
                is_many = bool(getattr(param, "multiple", False))
                elsewhere.fill(values, ctx.command_path, takes_several=is_many)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what stands behind the command's name in its usage."""
        from kimplan.cli.parameters import arguments, usage

        return [self.options_metavar or "", *map(usage, arguments(self))]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, the options, and those of every command."""
        from kimplan.cli.parameters import shown_name

        rows = {"Arguments": [], "Options": []}  # type: dict[str, list[tuple[str, str]]]
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                is_option = param.param_type_name == "option"
                name = record[0] if is_option else shown_name(param)
                rows["Options" if is_option else "Arguments"].append((name, record[1]))
        write_rows(formatter, rows | {"Global options": shared_rows(SHARED)})


def in_context(error: Exception, ctx: Any) -> Exception:
    """Return a mistake with the command that it was made in, which typer does not always say."""
    vars(error).setdefault("ctx", None)
    error.ctx = error.ctx or ctx  # type: ignore[attr-defined]
    return error


def shared_rows(options: Sequence[Shared]) -> list[tuple[str, str]]:
    """Return the rows of `options` in a help."""
    return [(f"{', '.join(one.opts)} {one.metavar}".strip(), one.about) for one in options]


def write_rows(formatter: Any, sections: dict[str, list[tuple[str, str]]]) -> None:
    """Write each section that has rows; no line ends within an option or a rating."""
    start = len(formatter.buffer)
    for title, rows in sections.items():
        if rows:
            with formatter.section(title):
                formatter.write_dl([(name, about.replace("-", _UNBROKEN)) for name, about in rows])
    formatter.buffer[start:] = [part.replace(_UNBROKEN, "-") for part in formatter.buffer[start:]]
