"""What ``kimplan lint --fix`` and ``--diff`` do: mend the files, or show how."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kimplan.characters import make_visible
from kimplan.errors import OutputError
from kimplan.fixes import Fixed, Mended, refuse_link, write
from kimplan.fixes import fix as find_fixes
from kimplan.source.edit import whole_lines

_NO_LINE_END = "\\ No newline at end of file"


def fix(root: Path, named: Sequence[Path], *, diff: bool) -> bool:
    """Mend the files of the plan in `root`, those in `named` only if there are any.

    With `diff` they are not written: standard output gets the difference. Return whether every
    file that can be mended was, or could be; standard error says why another was not.
    """
    done = True
    for fixed in find_fixes(root, named):
        try:
            if diff:
                refuse_link(fixed)
                sys.stdout.write(format_diff(fixed))
            else:
                write(fixed)
                sys.stdout.write(f"Mended {make_visible(fixed.path)}: {_what(fixed.mended)}\n")
        except OutputError as error:
            done = False
            sys.stderr.write(f"kimplan: {make_visible(error.message)}\n")
            sys.stderr.write(f"  hint: {make_visible(error.hint)}\n" if error.hint else "")
    return done


def format_diff(fixed: Fixed) -> str:
    """Return the difference as a unified diff, in which control characters are escapes."""
    return "".join(f"{line}\n" for line in _diff(fixed))


def _diff(fixed: Fixed) -> Iterator[str]:
    path = make_visible(fixed.path).lstrip("/")
    before, after = whole_lines(fixed.before), whole_lines(fixed.after)
    found = difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm="")
    for number, line in enumerate(found):
        bare = line.rstrip("\r\n")
        yield make_visible(bare)
        if bare == line and number > 1 and not line.startswith("@"):
            yield _NO_LINE_END


def _what(mended: Mended) -> str:
    """Return what was mended, in words: ``a date, 2 bullets``."""
    counts = ((mended.dates, "date"), (mended.bullets, "bullet"), (mended.lines, "line end"))
    said = [f"{count} {name}s" if count > 1 else f"a {name}" for count, name in counts if count]
    return ", ".join([*said, "the order of the keys"] if mended.is_reordered else said)
