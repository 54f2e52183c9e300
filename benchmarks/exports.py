"""Measure the exports but the workbook: against lint and the bare library, and over many plans.

Run it from the repository's root with the python that kimplan is installed for, with nothing else
running:

    python3 benchmarks/exports.py            all figures, about ten minutes
    python3 benchmarks/exports.py --runs 3   fewer runs

What an export may take is what ``lint`` takes, and what the bare library takes to write the same
cells, lines or events, which are read from the export itself. All figures are seconds of the
processor, which other programs disturb least; they stand in docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from plans import write_plan
from running import Run, run

_ROOT = Path(__file__).resolve().parent.parent
_KIMPLAN = [sys.executable, "-m", "kimplan"]
_DAY = ["--as-of", "2024-05-31"]
_TIMED = """
import sys, time
def timed(write):
    started = time.process_time()
    write()
    print(time.process_time() - started)
"""
_BARE_CSV = f"""{_TIMED}
import csv
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
def write():
    with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
timed(write)
"""
_BARE_NDJSON = f"""{_TIMED}
import json
with open(sys.argv[1], encoding="utf-8") as file:
    found = [json.loads(line) for line in file]
def write():
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for one in found:
            file.write(json.dumps(one, ensure_ascii=False) + "\\n")
timed(write)
"""
_BARE_ICS = f"""{_TIMED}
import datetime
from icalendar import Alarm, Calendar, Event
with open(sys.argv[1], "rb") as file:
    events = Calendar.from_ical(file.read()).walk("VEVENT")
def values(event):
    alarms = [(str(a["DESCRIPTION"]), a.decoded("TRIGGER")) for a in event.walk("VALARM")]
    names = ("UID", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP")
    texts = [(name, str(event[name])) for name in names]
    days = [(name, event.decoded(name)) for name in ("DTSTAMP", "DTSTART", "DTEND")]
    return [*texts, *days, ("SEQUENCE", int(event["SEQUENCE"])),
            ("CATEGORIES", [str(c) for c in event["CATEGORIES"].cats])], alarms
found = [values(event) for event in events]
def write():
    calendar = Calendar()
    for properties, alarms in found:
        event = Event()
        for name, value in properties:
            event.add(name, value)
        for text, trigger in alarms:
            alarm = Alarm()
            alarm.add("ACTION", "DISPLAY")
            alarm.add("DESCRIPTION", text)
            alarm.add("TRIGGER", trigger)
            event.add_component(alarm)
        calendar.add_component(event)
    with open(sys.argv[2], "wb") as file:
        file.write(calendar.to_ical())
timed(write)
"""
_BARE_HTML = f"""{_TIMED}
import lxml.html
from jinja2 import Environment
tables = [
    [["\\n".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    for table in lxml.html.parse(sys.argv[1]).getroot().iter("table")
]
source = (
    "{{% for table in tables %}}<table>{{% for row in table %}}<tr>{{% for cell in row %}}"
    "<td>{{{{ cell }}}}</td>{{% endfor %}}</tr>{{% endfor %}}</table>{{% endfor %}}"
)
def write():
    template = Environment(autoescape=True).from_string(source)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.writelines(template.generate(tables=tables))
timed(write)
"""
_BARE = {"html": _BARE_HTML, "csv": _BARE_CSV, "ndjson": _BARE_NDJSON, "ics": _BARE_ICS}


def one_plan(folder: Path, runs: int) -> None:
    """Hold each export of 10,000 records against lint and the bare library."""
    plan = folder / "plan"
    write_plan(plan, 10_000)
    lint = [*_KIMPLAN, "lint", "--plan", str(plan)]
    print("| 10,000 records | `export` | `lint` | the bare library | ratio | limit | peak |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for form, bare in _BARE.items():
        made, again = str(folder / f"made.{form}"), str(folder / f"again.{form}")
        export = [*_KIMPLAN, "export", form, "--plan", str(plan), *_DAY, "--output", made]
        run(export, _ROOT)
        found: list[tuple[Run, Run, float]] = []
        for _ in range(runs):
            alone = run([sys.executable, "-c", bare, made, again], _ROOT)
            found.append((run(export, _ROOT), run(lint, _ROOT), float(alone.output)))
        ratio = statistics.median(a.processor / (b.processor + c) for a, b, c in found)
        medians = [
            statistics.median(seconds)
            for seconds in zip(*((a.processor, b.processor, c) for a, b, c in found), strict=True)
        ]
        peak = max(a.mebibytes for a, _, _ in found)
        shown = " | ".join(f"{seconds:.2f} s" for seconds in medians)
        print(f"| {form} | {shown} | {ratio:.2f} | 1.5 | {peak:.0f} MiB |")


def many_plans(folder: Path, runs: int) -> None:
    """Show how the time grows with the number of plans of 21 records."""
    write_plan(folder / "one", 21)
    print(
        "\n| plans of 21 records | records | `export ndjson` | a plan | peak | `overdue` | a plan |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    group = folder / "group"
    made = 0
    for number in (200, 400, 800, 1_600):
        for at in range(made, number):
            shutil.copytree(folder / "one", group / f"plan{at:04}" / "plan")
        made = number
        below = ["--plans", str(group), *_DAY]
        export = [*_KIMPLAN, "export", "ndjson", *below, "--output", str(folder / "all.ndjson")]
        exports = [run(export, _ROOT) for _ in range(runs)]
        overdues = [run([*_KIMPLAN, "overdue", *below], _ROOT) for _ in range(runs)]
        one, other = (
            statistics.median(found.processor for found in found_) for found_ in (exports, overdues)
        )
        peak = max(found.mebibytes for found in exports)
        print(
            f"| {number:,} | {number * 21:,} | {one:.2f} s | {one / number * 1000:.1f} ms "
            f"| {peak:.0f} MiB | {other:.2f} s | {other / number * 1000:.1f} ms |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each command")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        one_plan(Path(name), arguments.runs)
        many_plans(Path(name), arguments.runs)


if __name__ == "__main__":
    main()
