"""What is wrong with a command line itself, in the shape of every other error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kimplan.cli.neighbours import neighbour
from kimplan.cli.parameters import arguments, shown_name
from kimplan.cli.shared_options import OPTIONS, SHARED
from kimplan.errors import KimplanError

_LONGEST = 40  # of what was typed, as it is shown


def in_words(error: Any) -> KimplanError | None:
    """Return a mistake that typer found as an error of ours; None for one that is a help."""
    kind = type(error).__name__
    ctx = getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError":
        return None
    if kind == "NoSuchOption" and ctx is not None:
        return _no_option(ctx, error.option_name)
    if kind == "BadOptionUsage" and ctx is not None:
        return _bad_value(ctx, error.option_name)
    if kind == "MissingParameter" and ctx is not None and error.param is not None:
        return _missing(ctx, error.param)
    said = error.format_message().strip().rstrip(".")
    return KimplanError(said[:1].lower() + said[1:], _see_help(ctx))


def no_command(ctx: Any, word: str, known: Iterable[str]) -> KimplanError:
    """Return the error for a word that is no command, or none of a group's."""
    path, said = ctx.command_path, word[:_LONGEST]
    hint = neighbour(word, known, path) or f"{path} --help lists them."
    if " " in path:
        kind = "form" if path.endswith(" export") else "command"
        return KimplanError(f"{path} has no {kind} '{said}'", hint)
    return KimplanError(f"there is no command '{said}'", hint)


def no_option_before(name: str) -> KimplanError:
    """Return the error for an option before the command that is not known there."""
    from kimplan.model.suggestion import did_you_mean

    names = [*_names(OPTIONS), "--help"]
    hint = did_you_mean(name, names) or (
        "Options of a command stand after it: kimplan lint --format json."
    )
    return KimplanError(f"there is no option {name[:_LONGEST]} before the command", hint)


def too_much(ctx: Any, rest: Sequence[str]) -> KimplanError:
    """Return the error for words that a command has no place for."""
    path = ctx.command_path
    said = " ".join(rest)[:_LONGEST]
    takes = [shown_name(one) for one in arguments(ctx.command)]
    if not takes:
        return KimplanError(f"{path} takes no '{said}'", _see_help(ctx))
    hint = f"It takes one {takes[-1]}; a value with spaces stands in quotation marks."
    return KimplanError(f"{path} has no place for '{said}'", hint)


def _no_option(ctx: Any, name: str) -> KimplanError:
    from kimplan.model.suggestion import did_you_mean

    if name in _names(OPTIONS):
        hint = f"It stands before the command: kimplan {name}."
        return KimplanError(f"there is no option {name} of {ctx.command_path}", hint)
    hint = did_you_mean(name, _names_of(ctx)) or _see_help(ctx)
    return KimplanError(f"there is no option {name[:_LONGEST]} of {ctx.command_path}", hint)


def _bad_value(ctx: Any, name: str) -> KimplanError:
    metavars = {opt: _metavar(one) for one in ctx.command.params for opt in one.opts}
    metavars |= {opt: one.metavar for one in SHARED for opt in one.opts}
    if metavar := metavars.get(name):
        return KimplanError(f"{name} needs a value", f"Write {name} {metavar}.")
    return KimplanError(f"{name} takes no value", f"Write it alone: {name}.")


def _metavar(param: Any) -> str:
    return "" if getattr(param, "is_flag", False) else shown_name(param)


def _missing(ctx: Any, param: Any) -> KimplanError:
    is_option = param.param_type_name == "option"
    name = shown_name(param)
    what = f"{param.opts[0]} {name}" if is_option else name
    example = next(_examples(ctx.command.epilog or "", ctx.command_path), "")
    hint = f"For example: {example}" if example else _see_help(ctx)
    return KimplanError(f"{ctx.command_path} needs {what}", hint)


def _examples(epilog: str, path: str) -> Iterator[str]:
    """Yield the commands of the examples in a help, without what is said about them."""
    for line in epilog.splitlines():
        command = line.strip()
        if command.startswith(f"{path} "):
            yield command.partition("   ")[0].split("  ")[0].strip()


def _see_help(ctx: Any) -> str:
    path = ctx.command_path if ctx is not None else "kimplan"
    return f"{path} --help lists what there is."


def _names_of(ctx: Any) -> list[str]:
    own = [name for one in ctx.command.get_params(ctx) for name in one.opts if name[:1] == "-"]
    return [*own, *_names(SHARED)]


def _names(options: Iterable[Any]) -> list[str]:
    return [name for option in options for name in option.opts]
