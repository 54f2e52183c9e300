"""``kimplan lint -``: a file of the plan that comes on standard input, as an editor has it."""

from __future__ import annotations

import os
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

from kimplan.cli.findings import Findings, show_findings
from kimplan.cli.output import Output
from kimplan.errors import KimplanError, PlanNotFoundError
from kimplan.linter import LintResult, lint_folder
from kimplan.loader import PlanFolder, find_plan, find_plan_of
from kimplan.loader.files import TypedFiles
from kimplan.loader.folder import OWNERS, RECOMMENDATIONS
from kimplan.source.file import MAX_BYTES
from kimplan.whereabouts import SETTINGS

_REF = re.compile(r"^\ufeff?ref:[ \t]*(['\"]?)([A-Za-z0-9._-]{1,32})\1[ \t]*\r?$", re.MULTILINE)
_RECORD = re.compile(rf"{RECOMMENDATIONS}/[^/]+\.yaml")


class Typed(NamedTuple):
    """A file that is not as it is on the disk.

    `name` leads to it from the plan's folder `root`, and `shown` is how findings call it.
    """

    root: Path
    name: str
    content: bytes
    shown: str

    def folder(self, content: bytes | None = None) -> PlanFolder:
        """Return the plan's folder with the file in it, or with other `content` in its place."""
        said = self.content if content is None else content
        folder = PlanFolder(self.root, TypedFiles(self.root.as_posix(), self.name, said))
        folder.is_on_disk = True
        return folder

    @property
    def path(self) -> Path:
        """Where the file has its place."""
        return self.root / self.name


def read_typed(filename: str | None, plan: Path | None) -> Typed:
    """Return what standard input holds, in its place in the plan.

    That is the file called `filename`, or else the record of the ref in it. Raises KimplanError
    where it has no place, or is too long.
    """
    if sys.stdin is None:
        raise KimplanError("there is no standard input", "Name a file: kimplan lint FILE.")
    if filename is not None:
        root, name, is_from_here = _place(filename, plan)
        content = _read()
        return Typed(root, name, content, filename if is_from_here else f"{root}/{name}")
    root = find_plan(plan)
    content = _read()
    name = f"{RECOMMENDATIONS}/{_file_of(_ref_in(content), root)}"
    return Typed(root, name, content, f"{root.as_posix()}/{name}")


def _read() -> bytes:
    content: bytes = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        hint = f"A file of a plan holds at most {MAX_BYTES // 1024} KiB."
        raise KimplanError("standard input is too long", hint)
    return content


def _place(filename: str, plan: Path | None) -> tuple[Path, str, bool]:
    """Return the plan, the file's name in it, and whether `filename` leads there from here."""
    root = _root(filename, plan)
    top = os.path.realpath(root)
    for start in (os.curdir, top, os.path.dirname(top)):
        path = os.path.realpath(os.path.join(start, filename))
        name = Path(os.path.relpath(path, top)).as_posix() if os.path.splitdrive(path) else ""
        if name in {SETTINGS, OWNERS} or _RECORD.fullmatch(name):
            return root, name, start == os.curdir
    hint = f"Name {SETTINGS}, {OWNERS} or {RECOMMENDATIONS}/REF.yaml of the plan."
    raise KimplanError(f"--stdin-filename {filename} is no file of the plan {root}", hint)


def _root(filename: str, plan: Path | None) -> Path:
    if plan is not None:
        return find_plan(plan)
    try:
        return find_plan_of(Path(filename).parent)
    except PlanNotFoundError:
        return find_plan(None)


def _ref_in(content: bytes) -> str:
    found = _REF.search(content.decode("utf-8", "replace"))
    if found:
        return found[2]
    hint = "Say which file it is: --stdin-filename plan/owners.yaml."
    raise KimplanError("standard input has no ref, so its place in the plan is not known", hint)


def _file_of(ref: str, root: Path) -> str:
    """Return the name of the file of a ref, as it is written there if it is there."""
    wanted = f"{ref}.yaml"
    try:
        names = os.listdir(root / RECOMMENDATIONS)
    except OSError:
        names = []
    return next((name for name in names if name.casefold() == wanted.casefold()), wanted)


def found_in(typed: Typed, content: bytes | None = None) -> LintResult:
    """Return what is wrong with the file."""
    result = lint_folder(typed.folder(content)).below([typed.path])
    own = tuple(
        one._replace(location=one.location._replace(path=typed.shown)) for one in result.diagnostics
    )
    return result._replace(diagnostics=own)


def mended(typed: Typed, *, diff: bool) -> bytes:
    """Write the file with what has one right answer mended, or with `diff` the difference.

    That goes to standard output; the new content is returned.
    """
    from kimplan.cli.painting import painted_diff
    from kimplan.cli.streams import write_bytes
    from kimplan.edits.fix import fix_folder
    from kimplan.edits.proof import BYTE_ORDER_MARK
    from kimplan.formatters.diff import format_diff

    fixed = next(iter(fix_folder(typed.folder(), [typed.path])), None)
    if diff:
        if fixed is not None:
            texts = fixed.before, fixed.after
            made = format_diff(typed.shown, *texts, are_moved=fixed.mended.is_reordered)
            sys.stdout.write(painted_diff(made, sys.stdout))
        return typed.content
    mark = BYTE_ORDER_MARK if typed.content.startswith(BYTE_ORDER_MARK) else b""
    content = mark + fixed.after.encode() if fixed is not None else typed.content
    write_bytes(content)
    return content


def show(typed: Typed, result: LintResult, outputs: list[Output], *, beside: bool) -> None:
    """Show findings; `beside` the file itself they go to standard error."""
    findings = [Findings(typed.root, result)]
    if beside:
        with redirect_stdout(sys.stderr):
            show_findings(findings, outputs, typed.shown)
    else:
        show_findings(findings, outputs, typed.shown)
