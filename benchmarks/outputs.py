"""Files that go out or come in: the Word report, the workbook, an import."""

from __future__ import annotations

import statistics
from pathlib import Path

from plans import write_plan
from running import DAY, ROOT, Run, in_turn, instructions, milliseconds, run
from tables import write_table

_PREPARE = """
import datetime, pathlib, sys
from kimplan.linter import load
from kimplan.report.build import build_report
from kimplan.report.request import Request
plan = load(pathlib.Path(sys.argv[1])).plan
document = build_report(plan, Request(datetime.date(2024, 5, 31), "Source version 0000000"))
del plan
"""
_WRITE_REPORT = f"""{_PREPARE}
import time
from kimplan.word import write_report
started = time.perf_counter()
write_report(document, pathlib.Path(sys.argv[2]))
print(time.perf_counter() - started)
"""
_READ_TABLE = """
import gc, pathlib, sys
gc.disable()
from kimplan.exchange.read import read_sheets
read_sheets(pathlib.Path(sys.argv[1]))
"""
_WRITE_STRINGS = """
import sys, time, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    text = archive.read("word/document.xml").decode()
rows = [row + "</w:tr>" for row in text.split("</w:tr>")]
started = time.perf_counter()
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("word/document.xml", "w") as file:
        for row in rows:
            file.write(row.encode())
print(time.perf_counter() - started)
"""


def three_hundred_rows(programs: Path, folder: Path, runs: int) -> None:
    """Hold the report of 300 records against that of 21, both generated."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    commands = []
    for size in (300, 21):
        plan = folder / f"report-{size}" / "plan"
        write_plan(plan, size)
        output = str(folder / f"report-{size}.docx")
        commands.append([kimplan, "report", "--plan", str(plan), *DAY, "--output", output])
    pair = in_turn(commands[0], commands[1], runs)
    many, few = (instructions([python, *command]) for command in commands)
    counted = f"{many / few:.2f}" if many and few else "not counted here"
    print("\n| `report` of 300 records | of 21 | ratio | of user time | in instructions | limit |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(
        f"| {milliseconds(pair.ours)} | {milliseconds(pair.theirs)} | {pair.ratio:.2f} "
        f"| {pair.processor_ratio:.2f} | {counted} | 1.5 |"
    )


def large_report(programs: Path, folder: Path, runs: int) -> None:
    python = str(programs / "python")
    plan, docx = str(folder / "10000" / "plan"), str(folder / "large.docx")
    write = [python, "-c", _WRITE_REPORT, plan, docx]
    run(write, ROOT)
    strings = [python, "-c", _WRITE_STRINGS, docx, str(folder / "strings.zip")]
    pair = in_turn(write, strings, runs)
    ours = [float(one.output) for one in pair.ours]
    theirs = [float(one.output) for one in pair.theirs]
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    command = [str(programs / "kimplan"), "report", "--plan", plan, "--as-of", "2024-05-31"]
    whole = [run([*command, "--output", docx], ROOT) for _ in range(runs)]
    peak = max(one.mebibytes for one in whole)
    print("\n| 10,000 recommendations | seconds | limit |")
    print("| --- | --- | --- |")
    print(
        f"| the report built and saved, from `ReportDocument` | {statistics.median(ours):.2f} | |"
    )
    print(f"| the same XML as strings into a zip | {statistics.median(theirs):.2f} | |")
    print(f"| ratio | {ratio:.2f} | 1.6 |")
    print(f"| `kimplan report`, whole | {statistics.median(o.seconds for o in whole):.2f} | |")
    print(f"| its peak memory | {peak:.0f} MiB | 260 MiB |")


def imports(programs: Path, folder: Path, runs: int) -> None:
    """Hold an import against reading the table alone, and against lint of the result."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    table = folder / "table.csv"
    write_table(table, 10_000)
    found: list[tuple[Run, Run, Run]] = []
    for number in range(runs):
        plan = str(folder / f"imported-{number}")
        name = ["--organisation", "An organisation"]
        read = run([python, "-c", _READ_TABLE, str(table)], ROOT)
        made = run([kimplan, "import", str(table), "--plan", plan, *name], folder)
        found.append((read, made, run([kimplan, "lint", "--plan", plan], ROOT)))
    reading, importing, linting = (
        statistics.median(one[at].processor for one in found) for at in range(3)
    )
    ratio = statistics.median(b.processor / (a.processor + c.processor) for a, b, c in found)
    peak = max(one[1].mebibytes for one in found)
    print("\n| a CSV file of 10,000 rows | user seconds | limit |")
    print("| --- | --- | --- |")
    print(f"| read alone | {reading:.2f} | |")
    print(f"| `kimplan lint` of the result | {linting:.2f} | |")
    print(f"| `kimplan import`, which runs both | {importing:.2f} | |")
    print(f"| ratio to the sum of the others | {ratio:.2f} | 2 |")
    print(f"| its peak memory | {peak:.0f} MiB | 300 MiB |")


def workbook(programs: Path, folder: Path, runs: int) -> None:
    """Hold the export of a workbook against lint and the same cells from the bare library."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    plan = str(folder / "10000" / "plan")
    bare = [python, str(ROOT / "benchmarks" / "bare_workbook.py"), plan, str(folder / "bare.xlsx")]
    name = ["--as-of", "2024-05-31", "--output", str(folder / "plan.xlsx")]
    found: list[tuple[Run, Run, float]] = []
    for _ in range(runs):
        made = run([kimplan, "export", "xlsx", "--plan", plan, *name], folder)
        linted = run([kimplan, "lint", "--plan", plan], ROOT)
        found.append((made, linted, float(run(bare, ROOT).output)))
    ratio = statistics.median(a.processor / (b.processor + c) for a, b, c in found)
    peak = max(one[0].mebibytes for one in found)
    print("\n| a workbook of 10,000 recommendations | user seconds | limit |")
    print("| --- | --- | --- |")
    linting, writing, making = (
        statistics.median(numbers)
        for numbers in zip(*((b.processor, c, a.processor) for a, b, c in found), strict=True)
    )
    print(f"| `kimplan lint` | {linting:.2f} | |")
    print(f"| the same cells with XlsxWriter alone | {writing:.2f} | |")
    print(f"| `kimplan export xlsx`, which does both | {making:.2f} | |")
    print(f"| ratio to the sum of the others | {ratio:.2f} | 1.5 |")
    print(f"| its peak memory | {peak:.0f} MiB | |")
