"""Processes of kimplan that begin with its modules imported, so that a run costs little.

To start Python and import kimplan takes ten times as long as a command on a small plan. A server,
which imports and does nothing else, therefore forks for each run. A run has streams, memory, an
environment, a working folder and an exit code of its own, as a new process has; what it imported
the server imports before it forks again. `test_forks.py` holds the two kinds against each other.

Tests of starting up, of signals and of closed streams start ``python -m kimplan`` themselves.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import runpy
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

TIMEOUT = 60  # seconds
IS_POSSIBLE = sys.platform == "linux"
# Python asks for these once, when it starts: there is a server for each setting of them.
_AT_THE_START = {"PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "LANG", "LANGUAGE"}
_Start: TypeAlias = tuple[tuple[str, str], ...]
_SIZE = struct.Struct("!I")
_CODE = struct.Struct("!i")
_OFTEN_ENOUGH_CLOSED = 64


# The side of the tests


class Server:
    """A process that forks for each run of kimplan, one after the other."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.is_busy = False
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(TIMEOUT)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def start(
        self, arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], *streams: int
    ) -> None:
        """Begin a run whose standard streams are the three file descriptors `streams`."""
        mask = os.umask(0o077)
        os.umask(mask)
        # Bytes, for the locale of the server may read them in its own way.
        texts = [*arguments, str(cwd), *environment, *environment.values()]
        request = json.dumps([mask, len(environment), *map(_as_bytes, texts)]).encode()
        self.is_busy = True
        socket.send_fds(self._channel, [_SIZE.pack(len(request))], streams)
        self._channel.sendall(request)

    def wait(self) -> int:
        """Return the exit code of the run that was begun; a signal's is negative."""
        (code,) = _CODE.unpack(_receive(self._channel, _CODE.size))
        self.is_busy = False
        return int(code)

    def stop(self) -> None:
        """End the server, and a run that hangs."""
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


_servers: dict[_Start, Server] = {}


def can_run(variables: Mapping[str, str]) -> bool:
    """Return whether a fork with these variables is the same as a new process."""
    return IS_POSSIBLE and not any(
        name.startswith("PYTHON") and name not in _AT_THE_START for name in variables
    )


def server(environment: Mapping[str, str]) -> Server:
    """Return the server for what `environment` says about the start of Python."""
    start = {
        name: value
        for name, value in environment.items()
        if name in _AT_THE_START or name.startswith("LC_")
    }
    found = tuple(sorted(start.items()))
    if found in _servers and _servers[found].is_busy:  # a test failed before its run had ended
        _servers.pop(found).stop()
    if found not in _servers:
        _servers[found] = Server({"PATH": environment["PATH"], **start})
    return _servers[found]


def stop_servers() -> None:
    """End every server."""
    while _servers:
        _servers.popitem()[1].stop()


def run(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    """Run kimplan; return its exit code, its standard output and its standard error."""
    chosen = server(environment)
    (out, out_end), (error, error_end) = os.pipe(), os.pipe()
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        chosen.start(arguments, cwd, environment, nothing, out_end, error_end)
    finally:
        for end in (nothing, out_end, error_end):
            os.close(end)
    try:
        said = _read(out, error)
        return chosen.wait(), *said
    except TimeoutError:
        stop_servers()
        raise
    finally:
        os.close(out)
        os.close(error)


def _read(first: int, second: int) -> tuple[bytes, bytes]:
    found = {first: bytearray(), second: bytearray()}
    end = time.monotonic() + TIMEOUT
    with selectors.DefaultSelector() as selector:
        for pipe in found:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"kimplan took more than {TIMEOUT} seconds")
            for key, _ in ready:
                if data := os.read(key.fd, 65_536):
                    found[key.fd] += data
                else:
                    selector.unregister(key.fd)
    return bytes(found[first]), bytes(found[second])


def _as_bytes(text: str) -> str:
    return os.fsencode(text).decode("latin-1")


def _as_text(text: str) -> str:
    return os.fsdecode(text.encode("latin-1"))


def _receive(channel: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        if not (more := channel.recv(size - len(found))):
            raise EOFError("the other side has gone")
        found += more
    return found


# The side of the server


class _Request(NamedTuple):
    arguments: list[str]
    folder: str
    environment: dict[str, str]
    mask: int

    @classmethod
    def read(cls, sent: list[Any]) -> _Request:
        mask, variables, *texts = sent
        *arguments, folder = map(_as_text, texts[: len(texts) - 2 * variables])
        named = [*map(_as_text, texts[len(texts) - 2 * variables :])]
        environment = dict(zip(named[:variables], named[variables:], strict=True))
        return cls(arguments, folder, environment, mask)


def _serve(channel: socket.socket) -> None:
    imported: Sequence[str] = ()
    while True:
        head, streams, *_ = socket.recv_fds(channel, _SIZE.size, 3)
        if not head:
            return
        request = _Request.read(json.loads(_receive(channel, _SIZE.unpack(head)[0])))
        _import(imported)
        code, imported = _fork(request, streams)
        channel.sendall(_CODE.pack(code))


def _import(names: Sequence[str]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if names:
        _build_models()
        gc.collect()
        gc.freeze()  # a run that looks at what is here copies less of it


def _build_models() -> None:
    """Build the models that pydantic would else build in each run, when it first meets them."""
    if "pydantic" not in sys.modules:
        return
    from pydantic import BaseModel

    models = BaseModel.__subclasses__()
    while models:
        model = models.pop()
        model.model_rebuild()
        models += model.__subclasses__()


def _fork(request: _Request, streams: list[int]) -> tuple[int, list[str]]:
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        _become(request, streams, tell)
    for end in (*streams, tell):
        os.close(end)
    with open(told, encoding="utf-8") as names:
        imported = names.read().split()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), imported


def _become(request: _Request, streams: list[int], tell: int) -> NoReturn:
    """Make this process what ``python -m kimplan`` would be, and run it to its end."""
    end = os._exit
    try:
        os.umask(request.mask)
        os.chdir(request.folder)
        os.environ.clear()
        os.environ.update(request.environment)
        time.tzset()
        for ours, given in enumerate(streams):
            os.dup2(given, ours)
        os.dup2(tell, _OFTEN_ENOUGH_CLOSED, inheritable=False)
        os.closerange(3, _OFTEN_ENOUGH_CLOSED)
        _open_streams()
        os._exit = _telling(end)  # type: ignore[assignment]
        sys.argv = ["kimplan", *request.arguments]
        sys.path.insert(0, request.folder)
        runpy.run_module("kimplan", run_name="__main__", alter_sys=True)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    end(1)


def _open_streams() -> None:
    """Open Python's streams anew, for they know whether they are terminals."""
    encoding = sys.stdout.encoding
    sys.stdin = _open(0, "r", encoding, sys.stdin.errors)
    sys.stdout = _open(1, "w", encoding, sys.stdout.errors)
    sys.stderr = _open(2, "w", encoding, sys.stderr.errors, buffering=1)
    # Without a second name for it, whoever replaces a stream closes it.
    vars(sys).update(__stdin__=sys.stdin, __stdout__=sys.stdout, __stderr__=sys.stderr)


def _open(
    stream: int, mode: str, encoding: str, errors: str | None, buffering: int = -1
) -> io.TextIOWrapper:
    opened = open(stream, mode, buffering, encoding, errors, closefd=False)  # noqa: SIM115
    assert isinstance(opened, io.TextIOWrapper)
    return opened


def _telling(end: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
    before = set(sys.modules)

    def end_and_tell(code: int) -> NoReturn:
        new = [name for name in sys.modules if name not in before]
        with open(_OFTEN_ENOUGH_CLOSED, "w", encoding="utf-8") as told:
            told.write("\n".join(new))
        end(code)

    return end_and_tell


if __name__ == "__main__":
    del sys.path[0]
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as kimplan does before it imports
    from kimplan.cli.spared import spare

    spare()
    with socket.socket(fileno=int(sys.argv[1])) as given:
        _serve(given)
