"""Measure kimplan side by side with what it is held against, and print the figures as Markdown.

Run it from the repository's root, with nothing else running:

    python3 benchmarks/measure.py                      all figures, about forty minutes
    python3 benchmarks/measure.py starting histories   only these parts
    python3 benchmarks/measure.py --runs 7             fewer runs of the short commands

It builds the wheel, installs it byte-compiled into a virtual environment of its own, and runs the
commands of each figure in turn (A B A B …), so that a change of the machine's speed meets both.
A ratio is the median of the ratios of the pairs. What starting costs is counted in instructions
besides, by ``perf stat`` or, where the machine has no counters, by ``valgrind --tool=callgrind``.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from large_plans import answers, each_record, large_plans, peers
from long_histories import histories
from outputs import imports, large_report, three_hundred_rows, workbook
from plans import write_plan
from running import install
from starting import starting

_Measure = Callable[[Path, Path, int], None]
# Each part with how many of the runs of a short command it has.
_PARTS: dict[str, tuple[tuple[_Measure, int], ...]] = {
    "starting": ((starting, 1),),
    "large": ((large_plans, 3), (answers, 3), (each_record, 1), (peers, 7)),
    "histories": ((histories, 3),),
    "report": ((three_hundred_rows, 3), (large_report, 4)),
    "import": ((imports, 4),),
    "workbook": ((workbook, 4),),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(_PARTS)}")
    parser.add_argument("--runs", type=int, default=21, help="runs of each short command")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(_PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; known: {', '.join(_PARTS)}")
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = install(folder)
        if set(arguments.parts) & {"report", "workbook"} and "large" not in arguments.parts:
            write_plan(folder / "10000" / "plan", 10_000)
        for part in arguments.parts or _PARTS:
            for measure, share in _PARTS[part]:
                measure(programs, folder, max(arguments.runs // share, 3))
            print(flush=True)


if __name__ == "__main__":
    main()
