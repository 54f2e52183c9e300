"""``--format``: in which forms an answer is given, and where to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.manner import manner
from kimplan.errors import KimplanError, OutputError

Render = Callable[[], str]
FINDINGS = ("text", "json", "github", "gitlab", "junit", "sarif")
ANSWERS = ("text", "json", "markdown", "html")
FORM = ("text", "json", "markdown")


def format_option(names: Iterable[str]) -> object:
    """Return the option ``--format`` of a command that knows the formats `names`."""
    return typer.Option(
        "--format",
        metavar="FORMAT[=FILE]",
        help=f"One of {', '.join(names)}; may be given more than once. "
        "With =FILE it is written there, and an existing file is replaced.",
        show_default=False,
    )


FindingsFormat = Annotated[list[str] | None, format_option(FINDINGS)]
AnswerFormat = Annotated[list[str] | None, format_option(ANSWERS)]


class Output:
    """One form of the answer; it goes to standard output where no file is named."""

    __slots__ = ("file", "name")  # making a named tuple is dear to each start

    def __init__(self, name: str, file: Path | None) -> None:
        self.name = name
        self.file = file


def read_formats(texts: Iterable[str] | None, known: tuple[str, ...], *roots: Path) -> list[Output]:
    """Return what ``--format`` asks for: plain text if nothing.

    Raises KimplanError for an unknown format, and OutputError for a file that may not be written,
    such as one inside the plan in one of `roots`.
    """
    outputs = [_read(text, known) for text in texts or ("text",)]
    files = [os.path.realpath(output.file) for output in outputs if output.file]
    plans = [os.path.realpath(root) for root in roots]
    for name in files:
        if any(Path(name).is_relative_to(plan) for plan in plans):
            raise OutputError(f"{name} is inside the plan", "Choose a name outside of it.")
        if files.count(name) > 1:
            raise OutputError(f"two formats name the file {name}", "Name a file for each.")
    return outputs


def _read(text: str, known: tuple[str, ...]) -> Output:
    name, has_file, file = text.partition("=")
    if name.strip().lower() not in known:
        from kimplan.model.suggestion import did_you_mean

        hint = f"{did_you_mean(name, known)} Known: {', '.join(known)}.".strip()
        raise KimplanError(f"--format '{name[:40]}' is not known", hint)
    if has_file and not file:
        raise KimplanError(f"--format '{name[:40]}=' names no file", f"Write {name}=FILE.")
    return Output(name.strip().lower(), Path(file) if has_file else None)


def write(
    outputs: Iterable[Output], renders: Mapping[str, Render], *, is_long: bool = False
) -> None:
    """Write each of `outputs` where it belongs, those with a file whole or not at all.

    What may be long for a terminal goes through a pager there.
    """
    for output in outputs:
        text = renders[output.name]()
        if output.file is None:
            _show(text, is_long=is_long)
        else:
            from kimplan.files import write_whole

            data = text.encode("utf-8", "backslashreplace")
            write_whole(output.file, lambda file, data=data: file.write(data))  # type: ignore[misc]
            if not manner.is_quiet:
                sys.stderr.write(f"kimplan: wrote {make_visible(str(output.file))}\n")


def _show(text: str, *, is_long: bool) -> None:
    if is_long and sys.stdout.isatty():
        from kimplan.cli.pager import show_long

        show_long(text)
    else:
        sys.stdout.write(text)
