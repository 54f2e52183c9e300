"""What typer knows of a command's arguments and options, whichever release of it is installed."""

from __future__ import annotations

from typing import Any


def arguments(command: Any) -> list[Any]:
    """Return the arguments of a command, which are no options."""
    return [param for param in command.params if param.param_type_name == "argument"]


def shown_name(param: Any) -> str:
    """Return what the value of an argument or an option is called."""
    return (param.metavar or str(param.name).upper()).removesuffix("...")


def usage(argument: Any) -> str:
    """Return how an argument stands in the usage: in brackets where it may be left out."""
    name = shown_name(argument) + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"
