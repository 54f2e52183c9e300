"""The file of one record: what a kill in the midst of writing leaves, and what is no record."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import write_file, write_plan

from kimplan.edits.record_file import find_record, read_record, refs, write_record
from kimplan.errors import KimplanError, OutputError
from kimplan.model.refs import is_ref

WRITE = """
import sys
from pathlib import Path
from kimplan.edits.record_file import write_record
path, number = Path(sys.argv[1]), 0
print("up", flush=True)
while True:
    number += 1
    write_record(path, b"%d\\n" % number * 5000)
"""
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


@posix
def test_killed_while_writing_the_file_is_whole(tmp_path: Path) -> None:
    path = write_file(tmp_path / "REC1.yaml", b"0\n" * 5000)
    moments = random.Random(4)
    for _ in range(25):
        process = subprocess.Popen([sys.executable, "-c", WRITE, str(path)], stdout=subprocess.PIPE)
        with process:
            assert process.stdout
            assert process.stdout.readline() == b"up\n"
            try:
                process.wait(moments.uniform(0, 0.05))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        lines = path.read_bytes().split(b"\n")
        assert len(lines) == 5001
        assert len(set(lines[:-1])) == 1
    assert all(name == "REC1.yaml" or name.startswith(".") for name in os.listdir(tmp_path))


@pytest.mark.parametrize("ref", ["REC6", "A-12", "6", "4.2", "A.1_b", "x" * 32])
def test_refs(ref: str) -> None:
    assert is_ref(ref)


@pytest.mark.parametrize(
    "ref", ["", "REC6\n", "-A", "A-", "A--1", "../A", "A/B", "A B", "RÉC", "R\u0661", "x" * 33]
)
def test_no_refs(ref: str) -> None:
    assert not is_ref(ref)


def test_a_ref_finds_its_file(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "recommendations" / ".REC9.yaml", "")
    write_file(plan / "recommendations" / "REC8.yml", "")
    assert refs(plan) == ["REC1", "REC2", "REC3"]
    assert find_record(plan, "rec2") == "REC2.yaml"
    with pytest.raises(KimplanError, match="no recommendation 'REC9'"):
        find_record(plan, "REC9")


@posix
def test_a_ref_that_may_be_two(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "recommendations" / "rec2.yaml", "")
    if len(refs(plan)) == 4:  # not where capitals do not count
        assert find_record(plan, "REC2") == "REC2.yaml"
        with pytest.raises(KimplanError, match="may be REC2 or rec2"):
            find_record(plan, "Rec2")


@posix
def test_only_plain_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name, words in (("pipe", "not a file"), ("link", "is a link"), ("none", "cannot read")):
        with pytest.raises(OutputError, match=words):
            read_record(tmp_path / name)
    with pytest.raises(OutputError, match="link or a device"):
        write_record(tmp_path / "link", b"")
