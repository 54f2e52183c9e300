"""git, called carefully: no hooks, pagers, filters, prompts or network, whatever is configured."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Self, TypeVar

from kimplan.errors import KimplanError

_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "log.showSignature=false",
)
_SECONDS = 30
_BLOCK = 64 * 1024  # what a pipe holds
_SILENT = (
    "Try again when the machine is less busy. If it happens again, run git gc in the repository, "
    "or clone it to a disk of this machine."
)
_T = TypeVar("_T")
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
    with Running(root, *arguments) as running:
        running.tell(stdin)
        output = b"".join(running.blocks(may_fail=may_fail))
    return b"" if running.said_no else output


class Running:
    """``git ARGUMENTS`` at work at the work tree `root`; its output is read as it comes.

    It may take as long as it likes while it writes, and is ended when it was silent for `seconds`
    while somebody waited for it. Each pipe has a thread that does nothing but move bytes: not every
    system can wait for several pipes at once, and git stands still at one that nobody empties. That
    git cannot be run is raised where its output is asked for. The end of a ``with`` ends git too.
    """

    def __init__(self, root: Path, *arguments: str, seconds: float | None = None) -> None:
        self.said_no = False
        self._seconds = _SECONDS if seconds is None else seconds
        self._told: SimpleQueue[bytes] = SimpleQueue()  # nothing at its end
        self._output: SimpleQueue[bytes | None] = SimpleQueue()  # None at the end of each pipe
        self._complaint: list[bytes] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._problem: Exception | None = None
        self._pipes = 2  # that have not ended
        try:
            self._process = _start(root, arguments)
        except (OSError, GitError) as problem:
            self._problem = problem
            return
        for move in (self._write, self._read, self._listen):
            Thread(target=move, args=(self._process,), daemon=True).start()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *problem: object) -> None:
        """End git if it is still at work."""
        self.tell()
        if self._process and not self.has_ended:
            self._process.kill()
            self._process.wait()

    @property
    def has_ended(self) -> bool:
        """Whether git is at work no more, or never was."""
        return self._process is None or self._process.poll() is not None

    def tell(self, data: bytes = b"", *, more: bool = False) -> None:
        """Give git `data` to read, and then nothing else, unless there will be `more`."""
        if data:
            self._told.put(data)
        if not more:
            self._told.put(b"")

    def blocks(self, *, may_fail: bool = False) -> Iterator[bytes]:
        """Yield what git writes, in blocks of any size; raise GitError if it fails.

        With `may_fail`, the exit code 1 is no failure: it `said_no`.
        """
        process = self._started()
        while self._pipes:
            block = self._wait(self._output.get)
            self._pipes -= block is None
            if block:
                yield block
        code = self._wait(process.wait)
        self.said_no = may_fail and code == 1
        if code and not self.said_no:
            raise _error(b"".join(self._complaint))

    def blocks_so_far(self) -> Iterator[bytes]:
        """Yield the blocks that git wrote already, and do not wait for more."""
        while self._pipes and not self._output.empty():
            block = self._output.get()
            self._pipes -= block is None
            if block:
                yield block

    def _started(self) -> subprocess.Popen[bytes]:
        if isinstance(self._problem, OSError):
            from kimplan.reasons import why

            raise GitError(f"git cannot be run: {why(self._problem)}") from self._problem
        if self._process is None:
            raise self._problem or GitMissingError("git is not installed")
        return self._process

    def _wait(self, get: Callable[..., _T]) -> _T:
        """Return what `get` gives; end git if that takes too long."""
        try:
            return get(timeout=self._seconds)
        except (Empty, subprocess.TimeoutExpired):
            self.__exit__()
            silence = f"git wrote nothing for {self._seconds:g} seconds and was ended"
            raise GitError(silence, _SILENT) from None

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin:
            with suppress(OSError), process.stdin as pipe:  # git need not read all of it
                while data := self._told.get():
                    pipe.write(data)
                    pipe.flush()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        for block in _blocks(process.stdout):
            self._output.put(block)
        self._output.put(None)

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        for block in _blocks(process.stderr):
            self._complaint.append(block)
            self._output.put(b"")  # which is not silence
        self._output.put(None)


def _blocks(pipe: IO[bytes] | None) -> Iterator[bytes]:
    if pipe:
        with suppress(OSError, ValueError), pipe:
            while block := os.read(pipe.fileno(), _BLOCK):
                yield block


def _start(root: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    command = [_program(), "--no-pager", "--literal-pathspecs"]
    for setting in _SETTINGS:
        command += ["-c", setting]
    pipe = subprocess.PIPE
    environment = _environment() | {"GIT_CEILING_DIRECTORIES": str(root.parent)}
    return subprocess.Popen(
        [*command, *arguments],
        cwd=root,
        env=environment,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    )


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
        "GIT_FLUSH": "0",  # not after each commit: whatever comes wakes the one who waits
        # Replaced objects and grafts would let the history be other than what was committed.
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
