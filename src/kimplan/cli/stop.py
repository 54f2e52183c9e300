"""What stopped a command, said where CI looks for it: there, too, nothing passes for a pass."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kimplan.cli.output import FINDINGS, Output, read_formats, write
from kimplan.cli.step_summary import add_to_summary
from kimplan.errors import KimplanError
from kimplan.formatters.stops import Stop

# A report of code quality without findings would say that all of them are mended, and has no other
# place to say why: it is not written. What reads text or JSON has the exit code.
_SAYING_SO = ("github", "junit", "sarif")
_CHECKS = ("check", "lint")


def tell_stop(arguments: Sequence[str], message: str, hint: str) -> None:
    """Write the reason in the formats that a check was asked for, and for GitHub whatever it was.

    The sentence itself has been said on standard error.
    """
    from kimplan.cli.app import COMMANDS

    stop = Stop(message, hint)
    command = next((one for one in arguments if one in COMMANDS), "")
    outputs = [*_outputs(arguments)] if command in _CHECKS else []
    for output in outputs:
        with suppress(KimplanError):  # which may be what has stopped the command
            write([output], {output.name: lambda output=output: _render(output.name, stop)})  # type: ignore[misc]
    is_asked = any(output.name == "github" for output in outputs)
    in_github = os.environ.get("GITHUB_ACTIONS") == "true"
    if not is_asked and not in_github:
        return
    from kimplan.formatters.github import format_github_stop, format_github_stop_summary

    add_to_summary(format_github_stop_summary(stop, "" if command in _CHECKS else command))
    if not is_asked:  # standard output may be going to a file
        sys.stderr.write(format_github_stop(stop))


def _render(name: str, stop: Stop) -> str:
    if name == "github":
        from kimplan.formatters.github import format_github_stop

        return format_github_stop(stop)
    if name == "junit":
        from kimplan.formatters.junit import format_junit

        return format_junit([], stops=[stop])
    from kimplan.formatters.sarif import format_sarif

    return format_sarif([], stops=[stop])


def _outputs(arguments: Sequence[str]) -> Iterator[Output]:
    """Yield what ``--format`` asks for, as far as it can be read: it may be the trouble."""
    files = set()
    for text in _formats(arguments):
        with suppress(KimplanError):
            (output,) = read_formats([text], FINDINGS)
            if output.name not in _SAYING_SO or (output.file and _is_in_a_plan(output.file)):
                continue
            if output.file not in files:
                files.add(output.file)
                yield output


def _formats(arguments: Sequence[str]) -> Iterator[str]:
    for at, text in enumerate(arguments):
        if text.startswith("--format="):
            yield text.partition("=")[2]
        elif text == "--format" and at + 1 < len(arguments):
            yield arguments[at + 1]


def _is_in_a_plan(file: Path) -> bool:
    place = Path(os.path.realpath(file))
    return any(os.path.isfile(folder / "plan.yaml") for folder in place.parents)
