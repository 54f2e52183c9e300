"""How ``lint`` and ``check`` show what they found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.manner import manner
from kimplan.cli.output import Output, write
from kimplan.cli.streams import has_colour
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.formatters.findings import OfChange
    from kimplan.formatters.stops import Stop
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
    if not texts:
        return []
    from kimplan.model.suggestion import did_you_mean
    from kimplan.rules.all_rules import ALL_RULES, rules_of

    codes = []
    for text in ",".join(texts).split(","):
        code = text.strip().upper()
        if not code or not rules_of(code):
            known = [rule.code for rule in ALL_RULES]
            hint = did_you_mean(code, known) or "kimplan rule lists the codes."
            raise KimplanError(f"{option} '{text[:40]}' is no code".strip(), hint)
        codes.append(code)
    return codes


class Findings:
    """What was found in the plan in `root`.

    `touched` are the paths of the files that a change touched, if there is one: its author is
    shown what is wrong in those first, and of others only the errors.
    """

    __slots__ = ("result", "root", "touched")  # making a named tuple is dear to each start

    def __init__(
        self, root: Path, result: LintResult, touched: frozenset[str] | None = None
    ) -> None:
        self.root = root
        self.result = result
        self.touched = touched


def show_findings(
    findings: Sequence[Findings],
    outputs: list[Output],
    where: str,
    by_plan: Mapping[str, Sequence[Diagnostic]] | None = None,
    stops: Sequence[Stop] = (),
) -> None:
    """Write what was found in every form that was asked for; `where` is what was looked at.

    `by_plan` is what was found in each of several plans by its name, for the totals, and `stops`
    say why others of them were not checked.
    """
    from kimplan.formatters.findings import OfChange, joined, of_change

    found = [one for part in findings for one in part.result.diagnostics]
    parts = [(part.root, of_change(part.result.diagnostics, part.touched)) for part in findings]
    of_it = joined([part for _, part in parts])
    totals = "" if manner.is_quiet else _totals(of_it, where, by_plan or {})

    def from_the_top() -> list[Diagnostic]:
        return [
            one for part in findings for one in _from_the_top(part.result.diagnostics, part.root)
        ]

    def annotations() -> str:
        moved = [
            OfChange(_from_the_top(of.own, root), _from_the_top(of.others, root), of.left_out)
            for root, of in parts
        ]
        return _github(joined(moved), where, totals, stops)

    write(
        outputs,
        {
            "text": lambda: _text(of_it, outputs) + totals,
            "json": lambda: _json(from_the_top()),
            "github": annotations,
            "gitlab": lambda: _gitlab(from_the_top()),
            "junit": lambda: _junit(from_the_top(), stops),
            "sarif": lambda: _sarif(from_the_top(), [part.root for part in findings], stops),
        },
    )
    if all(output.file for output in outputs):
        from kimplan.cli.telling import remark
        from kimplan.formatters.text import format_totals

        remark(format_totals(found, make_visible(where)))


def _text(found: OfChange, outputs: list[Output]) -> str:
    goes_to_file = any(output.file for output in outputs if output.name == "text")
    if goes_to_file or not has_colour(sys.stdout):
        from kimplan.formatters.text import format_diagnostics

        return format_diagnostics(found.shown)
    from kimplan.cli.painting import painted_findings

    return painted_findings(found.shown, sys.stdout)


def _totals(found: OfChange, where: str, by_plan: Mapping[str, Sequence[Diagnostic]]) -> str:
    from kimplan.formatters.text import format_left_out, format_totals

    each = (format_totals(own, make_visible(name)) for name, own in by_plan.items())
    totals = format_totals([*found.shown, *found.left_out], make_visible(where))
    return format_left_out(found.left_out) + "".join(each) + totals


def _github(found: OfChange, where: str, totals: str, stops: Sequence[Stop]) -> str:
    """Return the annotations, and add the table to the step's summary if GitHub names a file."""
    from kimplan.cli.step_summary import add_to_summary
    from kimplan.formatters import github

    add_to_summary(github.format_github_summary(found.shown, where, found.left_out))
    for stop in stops:
        add_to_summary(github.format_github_stop_summary(stop))
    said = "".join(map(github.format_github_stop, stops))
    return said + github.format_github(found.shown) + totals


def _gitlab(found: Sequence[Diagnostic]) -> str:
    from kimplan.formatters.gitlab import format_gitlab

    return format_gitlab(found)


def _json(found: Sequence[Diagnostic]) -> str:
    from kimplan.formatters.diagnostics_json import format_json

    return format_json(found)


def _junit(found: Sequence[Diagnostic], stops: Sequence[Stop]) -> str:
    from kimplan.formatters.junit import format_junit

    return format_junit(found, stops=stops)


def _sarif(found: Sequence[Diagnostic], roots: Sequence[Path], stops: Sequence[Stop]) -> str:
    from kimplan.formatters.sarif import format_sarif

    plan = _path_from_the_top(roots[0].as_posix(), roots[0]) if len(roots) == 1 else "plans"
    return format_sarif(found, plan, stops)


def _from_the_top(found: Sequence[Diagnostic], root: Path) -> list[Diagnostic]:
    """Return the findings with paths from the top of the repository, where a forge looks."""
    moved = {one.location.path: "" for one in found}
    for path in moved:
        moved[path] = _path_from_the_top(path, root)
    return [
        one._replace(location=one.location._replace(path=moved[one.location.path])) for one in found
    ]


def _path_from_the_top(path: str, root: Path) -> str:
    """Return a path in the plan in `root` from the top of its repository, if it is in one."""
    from kimplan.loader import find_repository

    top = find_repository(root)
    return path if top is None else Path(os.path.relpath(path, top)).as_posix()
