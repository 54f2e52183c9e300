"""What an option is given is read as typer would read it, and without pydantic."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from kimplan.cli.app import COMMANDS, GROUPS, make_app
from kimplan.cli.plain_values import read_plainly

PATHS = [
    [name, *more]
    for name, (module, _) in COMMANDS.items()
    for more in ([[one] for one in GROUPS[name][0].known] if name in GROUPS else [[]])
    if module or more
]


def command_of(arguments: list[str]) -> Any:
    command: Any = get_command(make_app(arguments))
    for name in arguments:
        command = command.commands[name]
    return command


def outcome(param: Any, value: Any) -> tuple[str, Any, str]:
    """Return what comes of `value`, or with which error it is refused."""
    context = typer.Context(command_of(["lint"]))
    try:
        found = param.process_value(context, value)
    except Exception as error:
        return type(error).__name__, getattr(error, "param", None) is param, str(error)
    return type(found).__name__, found, ""


def values(param: Any, folder: Path) -> Iterator[Any]:
    is_list = param.multiple if param.param_type_name == "option" else param.nargs == -1
    texts = ["word", "", "-", " a b ", "été \udce9", str(folder), str(folder / "no"), "1", "true"]
    for text in texts:
        yield (text,) if is_list else text
    yield from [None, param.default, Path(folder), 7]
    if is_list:
        yield from [(), [], ("a", str(folder)), ["a", "a"], "word", ("a", 7)]


@pytest.mark.parametrize("arguments", PATHS, ids=" ".join)
def test_each_option_of_each_command_reads_as_typer_does(
    arguments: list[str], tmp_path: Path
) -> None:
    ours, theirs = command_of(arguments), command_of(arguments)
    context = typer.Context(ours)
    assert ours.params
    for mine in [*ours.get_params(context)]:
        given = theirs.get_help_option(context) if mine.name == "help" else None
        typers = given or next(param for param in theirs.params if param.name == mine.name)
        for value in values(mine, tmp_path):
            if mine.name != "help" or value is None or value is False:
                assert outcome(mine, value) == outcome(typers, value), (mine.name, value)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything can be read by this user"
)
def test_what_cannot_be_read_is_refused_in_typers_words(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.touch(mode=0)
    (mine,) = [one for one in command_of(["lint"]).get_params(None) if one.name == "plan"]
    assert outcome(mine, str(locked))[0] == "BadParameter"


def test_a_callback_gets_what_was_read(tmp_path: Path) -> None:
    app = typer.Typer()

    def louder(value: str | None) -> str:
        return f"{value}!"

    @app.command()
    def say(word: str = typer.Option(None, callback=louder)) -> None:
        """Say a word."""

    command: Any = get_command(app)
    (word,) = [one for one in command.params if one.name == "word"]
    assert read_plainly(word) is read_plainly(word) is word
    assert outcome(word, "hush") == ("str", "hush!", "")
    assert outcome(word, None) == ("str", "None!", "")
