"""What ``kimplan lint --fix`` and ``--diff`` do: mend the files, or show how."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from kimplan.characters import make_visible
from kimplan.cli.manner import manner
from kimplan.cli.painting import painted_diff
from kimplan.edits.fix import fix as find_fixes
from kimplan.edits.fix import refuse_link, write
from kimplan.edits.mend import Mended
from kimplan.errors import OutputError
from kimplan.formatters.diff import format_diff


def fix(root: Path, named: Sequence[Path], *, diff: bool, out: TextIO | None = None) -> bool:
    """Mend the files of the plan in `root`, those in `named` only if there are any.

    What was mended is told on `out`, standard output if left out. With `diff` nothing is written
    and the difference is told. Return whether every
    file that can be mended was, or could be; standard error says why another was not.
    """
    done = True
    for fixed in find_fixes(root, named):
        try:
            if diff:
                refuse_link(fixed)
                texts = fixed.before, fixed.after
                diff_text = format_diff(fixed.path, *texts, are_moved=fixed.mended.is_reordered)
                (out or sys.stdout).write(painted_diff(diff_text, out or sys.stdout))
            else:
                write(fixed)
                if not manner.is_quiet:
                    told = f"Mended {make_visible(fixed.path)}: {_what(fixed.mended)}\n"
                    (out or sys.stdout).write(told)
        except OutputError as error:
            done = False
            sys.stderr.write(f"kimplan: {make_visible(error.message)}\n")
            sys.stderr.write(f"  hint: {make_visible(error.hint)}\n" if error.hint else "")
    return done


def _what(mended: Mended) -> str:
    """Return what was mended, in words: ``a date, 2 bullets``."""
    counts = (
        (mended.look_alikes, "a look-alike character"),
        (mended.unseen, "an invisible character"),
        (mended.damaged, "a damaged character"),
        (mended.entities, "an HTML character"),
        (mended.dates, "a date"),
        (mended.ratings, "a rating"),
        (mended.bullets, "a bullet"),
        (mended.lines, "a line end"),
    )
    said = [
        f"{count} {one.partition(' ')[2]}s" if count > 1 else one for count, one in counts if count
    ]
    return ", ".join([*said, "the order of the keys"] if mended.is_reordered else said)
