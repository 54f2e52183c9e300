"""How much starting costs: short commands on the shipped plan, in instructions and in time."""

from __future__ import annotations

from pathlib import Path

from running import DAY, counter_name, in_turn, instructions, milliseconds

_BARE = "pass"
_PYDANTIC = "from pydantic import BaseModel"
_FOUND = frozenset({0, 1})


def starting(programs: Path, folder: Path, runs: int) -> None:
    """Hold each short command against what it cannot do without."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    report = ("report", *DAY, "--output", str(folder / "report.docx"))
    update = ("update", "REC6", "--note", "Done.", "--by", "A", "--dry-run")
    commands: tuple[tuple[tuple[str, ...], float], ...] = (
        (("--version",), 0.15),
        (("--help",), 0.9),
        (("rule", "KP101"), 1.2),
        (("show", "REC6"), 1.6),
        (("overdue",), 1.6),
        (("summary",), 1.6),
        (("list",), 1.6),
        (("lint",), 1.9),
        (update, 2.1),
        (report, 2.3),
    )
    base = [python, "-c", _PYDANTIC]
    counted_base = instructions(base)
    print(f"Instructions counted by {counter_name()}, held against `python -c '{_PYDANTIC}'`.\n")
    print("| command | instructions | ratio | limit | ratio of wall time | wall time |")
    print("| --- | --- | --- | --- | --- | --- |")
    for text in (_BARE, _PYDANTIC):
        command = [python, "-c", text]
        pair = in_turn(command, base, runs)
        counted = _counted(instructions(command), counted_base, None)
        print(
            f"| `python -c '{text}'` | {counted} | {pair.ratio:.2f} | {milliseconds(pair.ours)} |"
        )
    for words, limit in commands:
        command = [kimplan, *words]
        pair = in_turn(command, base, runs, codes=_FOUND)
        counted = _counted(instructions([python, *command], codes=_FOUND), counted_base, limit)
        name = " ".join(word for word in words if "/" not in word)
        print(f"| `kimplan {name}` | {counted} | {pair.ratio:.2f} | {milliseconds(pair.ours)} |")
    asked = {
        "_KIMPLAN_COMPLETE": "complete_bash",
        "COMP_WORDS": "kimplan show RE",
        "COMP_CWORD": "2",
    }
    counted = _counted(instructions([python, kimplan], asked), counted_base, None)
    print(f"| completion of a ref | {counted} (`--help`) | | |")


def _counted(number: int | None, base: int | None, limit: float | None) -> str:
    """Return the cells of a number of instructions: millions, ratio to `base`, and the limit."""
    if number is None or base is None:
        return f"not counted here | | {limit or ''}"
    return f"{number / 1e6:,.1f} M | {number / base:.2f} | {limit or ''}"
