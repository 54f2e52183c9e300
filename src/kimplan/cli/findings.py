"""How ``lint`` and ``check`` show what they found."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.output import Output, write
from kimplan.cli.streams import has_colour
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.formatters.findings import OfChange
    from kimplan.linter import LintResult

SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        help="Show only these codes, such as KP201, or beginnings of codes, such as KP6; "
        "several with commas.",
        show_default=False,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODES",
        help="Leave these codes out, for this run only.",
        show_default=False,
    ),
]


def read_codes(texts: Iterable[str] | None, option: str) -> list[str]:
    """Return the codes and prefixes that an option names, in capitals.

    Raises KimplanError for one that no rule's code begins with. `option` is empty for arguments.
    """
    from kimplan.model.suggestion import did_you_mean
    from kimplan.rules import ALL_RULES, rules_of

    codes = []
    for text in ",".join(texts or ()).split(",") if texts else ():
        code = text.strip().upper()
        if not code or not rules_of(code):
            known = [rule.code for rule in ALL_RULES]
            hint = did_you_mean(code, known) or "kimplan rule lists the codes."
            raise KimplanError(f"{option} '{text[:40]}' is no code".strip(), hint)
        codes.append(code)
    return codes


def show_findings(
    result: LintResult,
    outputs: list[Output],
    where: str,
    root: Path,
    touched: frozenset[str] | None = None,
) -> None:
    """Write what was found in every form that was asked for; `where` is what was looked at.

    `touched` are the paths of the files that a change touched, if there is one: its author is
    shown what is wrong in those first, and of others only the errors.
    """
    from kimplan.formatters.findings import OfChange, of_change

    found = result.diagnostics
    of_it = of_change(found, touched)

    def from_the_top() -> list[Diagnostic]:
        return _from_the_top(found, root)

    write(
        outputs,
        {
            "text": lambda: _text(of_it, where),
            "json": lambda: _json(from_the_top()),
            "github": lambda: _github(
                OfChange(_from_the_top(of_it.shown, root), of_it.left_out), where
            ),
            "gitlab": lambda: _gitlab(from_the_top()),
            "junit": lambda: _junit(from_the_top()),
            "sarif": lambda: _sarif(from_the_top()),
        },
    )
    if all(output.file for output in outputs):
        from kimplan.formatters.text import format_totals

        sys.stdout.write(format_totals(found, make_visible(where)))


@contextmanager
def annotated(outputs: list[Output]) -> Iterator[None]:
    """Say what stops the command also as an annotation and in the step's summary, for GitHub."""
    try:
        yield
    except KimplanError as error:
        from kimplan.formatters.github import format_github_stop, format_github_stop_summary

        for output in outputs:
            if output.name == "github":
                said = error.message, error.hint
                _add_to_summary(format_github_stop_summary(*said))
                write([output], {"github": functools.partial(format_github_stop, *said)})
        raise


def _text(found: OfChange, where: str) -> str:
    from kimplan.formatters.text import format_diagnostics, no_paint

    paint = _paint if has_colour(sys.stdout) else no_paint
    return format_diagnostics(found.shown, paint) + _totals(found, where)


def _totals(found: OfChange, where: str) -> str:
    from kimplan.formatters.text import format_left_out, format_totals

    totals = format_totals([*found.shown, *found.left_out], make_visible(where))
    return format_left_out(found.left_out) + totals


def _paint(text: str, colour: str) -> str:
    return typer.style(text, fg=colour, bold=True)


def _github(found: OfChange, where: str) -> str:
    """Return the annotations, and add the table to the step's summary if GitHub names a file."""
    from kimplan.formatters.github import format_github, format_github_summary

    _add_to_summary(format_github_summary(found.shown, where, found.left_out))
    return format_github(found.shown) + _totals(found, where)


def _add_to_summary(text: str) -> None:
    """Add to the step's summary, if GitHub names its file."""
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(summary, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError as error:
            sys.stderr.write(f"kimplan: the step's summary was not written: {error.strerror}\n")


def _gitlab(found: Sequence[Diagnostic]) -> str:
    from kimplan.formatters.gitlab import format_gitlab

    return format_gitlab(found)


def _json(found: Sequence[Diagnostic]) -> str:
    from kimplan.formatters.diagnostics_json import format_json

    return format_json(found)


def _junit(found: Sequence[Diagnostic]) -> str:
    from kimplan.formatters.junit import format_junit

    return format_junit(found)


def _sarif(found: Sequence[Diagnostic]) -> str:
    from kimplan.formatters.sarif import format_sarif

    return format_sarif(found)


def _from_the_top(found: Sequence[Diagnostic], root: Path) -> list[Diagnostic]:
    """Return the findings with paths from the top of the repository, where a forge looks."""
    from kimplan.loader import find_repository

    top = find_repository(root)
    if top is None or top == Path.cwd():
        return list(found)
    moved = []
    for one in found:
        path = os.path.relpath(os.path.join(Path.cwd(), one.location.path), top)
        place = one.location._replace(path=Path(path).as_posix())
        moved.append(one._replace(location=place))
    return moved
