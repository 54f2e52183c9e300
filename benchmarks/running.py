"""Whole processes, timed and counted: alone, on a terminal, or in turn with another command."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DAY = ("--as-of", "2024-05-31")
COMPOSE = """
import os, sys
from ruamel.yaml.cyaml import CSafeLoader
folder = sys.argv[1] + "/recommendations"
for name in os.listdir(folder):
    with open(f"{folder}/{name}", "rb") as file:
        CSafeLoader(file.read()).get_single_node()
"""
_FINE = frozenset({0})
_COUNTED = re.compile(rb"Collected : *[0-9 ]*?([0-9]+)\s*$", re.MULTILINE)


class Run(NamedTuple):
    """One run of a command: seconds of wall and of user time, MiB at most, and what it printed."""

    seconds: float
    processor: float
    mebibytes: float
    output: str


class Pair(NamedTuple):
    """The runs of two commands in turn."""

    ours: list[Run]
    theirs: list[Run]

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios of wall time."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(a.seconds / b.seconds for a, b in pairs)

    @property
    def processor_ratio(self) -> float:
        """The median of the pairs' ratios of user time."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(a.processor / b.processor for a, b in pairs)


def run(command: Sequence[str], cwd: Path = ROOT, codes: frozenset[int] = _FINE) -> Run:
    """Run a command; raise SystemExit with what it printed for another exit code."""
    with tempfile.TemporaryFile() as output:

        def read(process: subprocess.Popen[bytes]) -> None:
            pass

        return _timed(command, cwd, codes, output.fileno(), read, lambda: _all_of(output.fileno()))


def run_on_terminal(command: Sequence[str], cwd: Path = ROOT, codes: frozenset[int] = _FINE) -> Run:
    """Run a command whose output is a terminal of 80 columns, and read it as fast as it comes."""
    master, terminal = os.openpty()
    found = bytearray()

    def read(process: subprocess.Popen[bytes]) -> None:
        os.close(terminal)
        try:
            while part := os.read(master, 65_536):
                found.extend(part)
        except OSError:  # the terminal has no writer left
            os.close(master)

    return _timed(command, cwd, codes, terminal, read, lambda: bytes(found))


def _timed(
    command: Sequence[str],
    cwd: Path,
    codes: frozenset[int],
    output: int,
    read: Callable[[subprocess.Popen[bytes]], None],
    printed: Callable[[], bytes],
) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=output)
    read(process)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    text = printed().decode()
    if process.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} failed:\n{text}")
    return Run(seconds, usage.ru_utime, usage.ru_maxrss / 1024, text)


def _all_of(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    with open(file, "rb", closefd=False) as opened:
        return opened.read()


def in_turn(
    ours: Sequence[str],
    theirs: Sequence[str],
    runs: int,
    cwd: Path = ROOT,
    codes: frozenset[int] = _FINE,
    runner: Callable[..., Run] = run,
) -> Pair:
    """Run two commands in turn (A B A B …), after one of each that does not count.

    `runner` runs `ours`: `run`, or `run_on_terminal`.
    """
    runner(ours, cwd, codes), run(theirs, cwd, codes)
    pair = Pair([], [])
    for _ in range(runs):
        pair.ours.append(runner(ours, cwd, codes))
        pair.theirs.append(run(theirs, cwd, codes))
    return pair


def instructions(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    codes: frozenset[int] = _FINE,
) -> int | None:
    """Return the instructions that a command takes, in its own process, None where none can count.

    They are those of `perf stat` where the machine has counters, and else of callgrind.
    """
    counter = _counter()
    if not counter:
        return None
    if "/" not in command[0]:
        command = [shutil.which(command[0]) or command[0], *command[1:]]
    fixed = {"PYTHONHASHSEED": "0", **(environment or {})}
    done = subprocess.run(
        [*counter, *command], cwd=ROOT, env=os.environ | fixed, capture_output=True, check=False
    )
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return _counted(done.stderr)


@cache
def _counter() -> tuple[str, ...]:
    """Return the command before a command that counts its instructions, nothing where none can."""
    perf = ("perf", "stat", "-x", ",", "-e", "instructions:u")
    callgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    for counter in (perf, callgrind):
        if shutil.which(counter[0]):
            done = subprocess.run([*counter, "true"], capture_output=True, check=False)
            if _counted(done.stderr):
                return counter
    return ()


def _counted(text: bytes) -> int | None:
    """Return the instructions that a counter tells of."""
    for line in text.splitlines():
        count, _, rest = line.partition(b",")
        if b"instructions" in rest and count.isdigit():
            return int(count)
    found = _COUNTED.search(text)
    return int(found[1]) if found else None


def counter_name() -> str:
    """Return what counts instructions here."""
    counter = _counter()
    return {"perf": "perf stat", "valgrind": "callgrind"}[counter[0]] if counter else "nothing"


def milliseconds(runs: list[Run]) -> str:
    """Return the median of some runs, and the least and the most of them."""
    times = [one.seconds * 1000 for one in runs]
    return f"{statistics.median(times):,.0f} ms ({min(times):,.0f} to {max(times):,.0f})"


def peak(runs: list[Run]) -> str:
    """Return the most memory of some runs."""
    return f"{max(one.mebibytes for one in runs):.0f} MiB"


def install(folder: Path) -> Path:
    """Install the wheel and its peers byte-compiled and return where their programs are."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder / "dist", ROOT], check=True)
    wheel = next((folder / "dist").glob("*.whl"))
    return new_environment(folder / "venv", [str(wheel), "check-jsonschema", "yamllint"])


def new_environment(folder: Path, packages: Sequence[str]) -> Path:
    """Install `packages` byte-compiled into a new environment and return where its programs are."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    programs = folder / "bin"
    quiet = ["--quiet", "--disable-pip-version-check", "--compile"]
    subprocess.run([programs / "pip", "install", *quiet, *packages], check=True)
    return programs
