"""What the tests of ``kimplan init`` share: its arguments, whole trees, and what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

from conftest import REPOSITORY, write_file

from kimplan.schema import MODELS, schema_text

IDENTITY = "[user]\n\tname = A. Tester\n\temail = tester@example.org\n"
EXAMPLE = ["init", "new", "--organisation", "Example Homes"]
KIM = [*EXAMPLE, "--from", "kim"]
SAID_ELSEWHERE = {
    "templates/report.docx": (REPOSITORY / "templates" / "report.docx").read_bytes(),
    **{f"docs/schema/{name}.schema.json": schema_text(name).encode() for name in MODELS},
}


def make_home(folder: Path) -> str:
    """Make a home below `folder` of somebody whom git knows, and return its path."""
    (folder / "home").mkdir()
    write_file(folder / "home" / ".gitconfig", IDENTITY)
    return str(folder / "home")


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file below `folder`, but git's own; folders count too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in sorted(folder.rglob("*"))
        if ".git" not in path.relative_to(folder).parts
    }


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file below `folder`, but git's own."""
    return {name: content for name, content in tree(folder).items() if content != b"/"}


def shown(folder: Path) -> str:
    """Return all files below `folder` as one text, but those that are said elsewhere."""
    found = files(folder)
    for name, content in SAID_ELSEWHERE.items():
        assert found.pop(name) == content
    return "".join(f"==> {name}\n{text.decode('utf-8')}" for name, text in found.items())


def typed(folder: str) -> str:
    """Return the name of a folder as it is typed behind cd."""
    return f'"{folder}"' if os.name == "nt" else shlex.quote(folder)


def wrote(number: int, *steps: str, folder: str = "new") -> str:
    """Return a pattern for what is said of a repository that was committed."""
    lines = "".join(f"    {step}\n" for step in (f"cd {typed(folder)}", *steps))
    said = f"Wrote {number} files for a new plan in {folder}.\nCommitted them as HASH.\nNext:\n"
    return re.escape(said + lines).replace("HASH", "[0-9a-f]{7}")


def stand_in(folder: Path, script: str) -> str:
    """Return a PATH whose git is `script`, which finds the real one as $GIT."""
    real = shutil.which("git")
    (folder / "bin").mkdir()
    program = write_file(folder / "bin" / "git", f"#!/bin/sh\nGIT={real}\n{script}\n")
    program.chmod(0o755)
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
