r"""Findings for GitHub Actions: annotations, and the table of the step's summary.

Annotations are workflow commands:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

No text of the plan can become a command. Control characters, line ends among them, are shown as
escapes; no line begins with such a text; and ``##[``, which the log obeys anywhere in a line, is
shown as ``\x23#[``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from kimplan.characters import LOG_COMMAND, make_visible
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.formatters.findings import errors_first
from kimplan.formatters.stops import Stop
from kimplan.formatters.text import format_diagnostics, format_left_out, format_totals

# GitHub shows no more annotations of a severity for a step:
# https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
AT_MOST = 10
MOST_ROWS = 500
# GitHub refuses a summary above 1 MiB; other commands of the step may write to it too.
MOST_BYTES = 512 * 1024
_LONGEST_CELL = 600
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_NOT_IN_CODE = str.maketrans({"|": r"\x7c", "`": r"\x60"})
_HEADER = "| Severity | Code | Place | Finding | Hint |\n| --- | --- | --- | --- | --- |\n"


def format_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a workflow command for the first ten findings of each severity, errors first.

    GitHub would show no more of them; the others follow as lines that begin with ``>``.
    """
    commands, others = [], []
    for severity in Severity:
        alike = [found for found in diagnostics if found.severity is severity]
        commands += alike[:AT_MOST]
        others += alike[AT_MOST:]
    return "".join(_command(found) for found in commands) + _plain(others)


def format_github_summary(
    diagnostics: Sequence[Diagnostic], where: str, left_out: Sequence[Diagnostic] = ()
) -> str:
    """Return the findings as GitHub Flavored Markdown: the totals, and one table, errors first.

    `where` is what was looked at, and `left_out` are findings that are only counted. `where` and
    all cells are code spans, in which GitHub makes nothing of links, mentions, HTML or emphasis;
    ``|`` and the backtick, which could end one, are shown as escapes. After 500 rows or 512 KiB it
    says how many findings are missing.
    https://github.github.com/gfm/
    """
    said = format_totals([*diagnostics, *left_out], _cell(where)), format_left_out(left_out)
    totals = "\n".join(("### kimplan\n", *filter(None, said)))
    if not diagnostics:
        return totals
    rows = list(_first_rows(errors_first(diagnostics)))
    left = len(diagnostics) - len(rows)
    more = f"\n… and {left:,} more.\n" if left else ""
    return f"{totals}\n{_HEADER}{''.join(rows)}{more}"


def format_github_stop(stop: Stop) -> str:
    """Return a workflow command that says why there are no findings: the check could not run."""
    data = "\n".join(_shown(text) for text in (str(stop), stop.hint) if text)
    return f"::error title=kimplan::{data.translate(_DATA)}\n"


def format_github_stop_summary(stop: Stop, command: str = "") -> str:
    """Return the same for the step's summary, of a check or of another `command`."""
    failed = f"kimplan {_cell(command)} did not run." if command else "The plan was not checked."
    sentences = " ".join(_cell(text) for text in (str(stop), stop.hint) if text)
    return f"### kimplan\n\n**{failed}** {sentences}\n"


def _command(found: Diagnostic) -> str:
    place = found.location
    file, title = (_shown(text).translate(_PROPERTY) for text in (place.path, found.code))
    lines = found.correction.lines if found.correction else ()
    texts = [text for text in (found.message, found.hint) if text]
    data = "\n".join(_shown(text) for text in (*texts, *lines))
    properties = f"file={file},line={place.line},col={place.column},title={title}"
    return f"::{_COMMANDS[found.severity]} {properties}::{data.translate(_DATA)}\n"


def _plain(diagnostics: Sequence[Diagnostic]) -> str:
    text = LOG_COMMAND.sub(r"\\x23", format_diagnostics(diagnostics))
    return textwrap.indent(text, "> ", lambda line: True)


def _shown(text: str) -> str:
    return LOG_COMMAND.sub(r"\\x23", make_visible(text))


def _first_rows(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    size = 0
    for found in diagnostics[:MOST_ROWS]:
        row = _row(found)
        size += len(row.encode())
        if size > MOST_BYTES:
            return
        yield row


def _row(found: Diagnostic) -> str:
    place = found.location
    where = f"{place.path}:{place.line}:{place.column}"
    cells = [_cell(text) for text in (found.code, where, found.message, found.hint)]
    if found.correction:
        cells[-1] = "<br>".join(filter(None, (cells[-1], *map(_cell, found.correction.lines))))
    return f"| {found.severity} | {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    shown = make_visible(text).translate(_NOT_IN_CODE)
    if len(shown) > _LONGEST_CELL:
        shown = f"{shown[:_LONGEST_CELL]}…"
    return f"`{shown}`" if shown else ""
