"""git, called carefully: no hooks, pagers, filters, prompts or network, whatever is configured."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from kimplan.errors import KimplanError

_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "log.showSignature=false",
)
_SECONDS = 30
_FATAL = ("fatal: ", "error: ")
_LONGEST_ADVICE = 500
NO_FILTER = "Clone without --filter: kimplan never asks the network for what a clone lacks."


class GitError(KimplanError):
    """git would not answer; the message is one sentence for a person, `hint` is git's advice."""


class GitMissingError(GitError):
    """git is not there."""


def git(root: Path, *arguments: str, stdin: bytes = b"", may_fail: bool = False) -> bytes:
    """Return what ``git ARGUMENTS`` prints at the work tree `root`; raise GitError if it fails.

    With `may_fail`, the exit code 1, by which git says no, gives an empty answer.
    """
    command = [_program(), "--no-pager", "--literal-pathspecs"]
    for setting in _SETTINGS:
        command += ["-c", setting]
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=root,
            env=_environment() | {"GIT_CEILING_DIRECTORIES": str(root.parent)},
            input=stdin,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git did not answer within {_SECONDS} seconds") from error
    except OSError as error:
        from kimplan.reasons import why

        raise GitError(f"git cannot be run: {why(error)}") from error
    if may_fail and done.returncode == 1:
        return b""
    if done.returncode:
        raise _error(done.stderr)
    return done.stdout


def _error(stderr: bytes) -> GitError:
    """Return what git complains of: what it calls fatal, and its advice from the lines below."""
    said = [line for line in stderr.decode("utf-8", "replace").split("\n") if line.strip()]
    first = next((at for at, line in enumerate(said) if line.startswith(_FATAL)), 0)
    advice = " ".join(" ".join(said[first + 1 :]).split())
    if b"promisor" in stderr or b"lazy fetching" in stderr:
        advice = NO_FILTER
    return GitError(f"git said: {said[first] if said else 'nothing'}", advice[:_LONGEST_ADVICE])


def _program() -> str:
    """Return the git program of an absolute folder of PATH, never of the working folder."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise GitMissingError("git is not installed")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_ALLOW_PROTOCOL": "none",
        # Replaced objects and grafts would let the history be other than what was committed.
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
