"""Repositories with a long history of a generated plan, the same on every machine."""

from __future__ import annotations

import random
import subprocess
import tempfile
from pathlib import Path

from plans import write_plan

_START = 1_700_000_000
_HOUR = 3600


def write_history(folder: Path, size: int, commits: int) -> None:
    """Make a repository in the new folder `folder`: a plan of `size` files, `commits` commits."""
    with tempfile.TemporaryDirectory() as name:
        plan = Path(name) / "plan"
        write_plan(plan, size)
        files = {
            f"plan/{path.relative_to(plan).as_posix()}": path.read_text(encoding="utf-8")
            for path in sorted(plan.rglob("*.yaml"))
        }
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", folder], check=True)
    stream = bytearray(_commit(0, files))
    chance = random.Random(1)
    records = sorted(path for path in files if "/recommendations/" in path)
    for number in range(1, commits):
        path = chance.choice(records)
        head, _, rest = files[path].partition("response: |\n")
        files[path] = f"{head}response: |\n  Update {number}.\n{rest}"
        stream += _commit(number, {path: files[path]})
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=bytes(stream), check=True)
    subprocess.run(["git", "checkout", "--quiet", "--force", "main"], cwd=folder, check=True)


def _commit(number: int, changes: dict[str, str]) -> bytes:
    message = f"Change {number}".encode()
    when = _START + number * _HOUR
    parts = [
        f"commit refs/heads/main\ncommitter A <a@example.org> {when} +0000\n".encode(),
        b"data %d\n%s\n" % (len(message), message),
    ]
    for path, text in changes.items():
        data = text.encode()
        parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
    return b"".join(parts)
