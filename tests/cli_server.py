"""Runs kimplan's command line, each time in a process of its own that need not be started anew.

The server imports kimplan once and forks a child for each run, which then works as ``python -m
kimplan`` would: its own arguments, folder, environment and streams, and its own exit code. Starting
Python and importing pydantic is most of what a test of the command line costs otherwise.

A request is a line of JSON on standard input; its answer, the exit code, is a line on the
descriptor whose number is the server's argument.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import sys

_NOT_IMPORTED = {"kimplan.__main__"}


def _import_all() -> None:
    import kimplan

    for module in pkgutil.walk_packages(kimplan.__path__, "kimplan."):
        if module.name not in _NOT_IMPORTED:
            importlib.import_module(module.name)


def _run(request: dict[str, object], answers: int) -> None:
    """Become the run that is asked for; never returns."""
    arguments, folder = request["arguments"], request["folder"]
    os.chdir(str(folder))
    os.umask(int(str(request["umask"])))
    os.environ.clear()
    os.environ.update(dict(request["environment"]))  # type: ignore[call-overload]
    for number, (name, flags) in enumerate(
        (
            (os.devnull, os.O_RDONLY),
            (str(request["stdout"]), os.O_WRONLY),
            (str(request["stderr"]), os.O_WRONLY),
        )
    ):
        descriptor = os.open(name, flags)
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.close(answers)
    sys.argv = ["kimplan", *map(str, arguments)]  # type: ignore[call-overload]
    from kimplan.cli import main

    main()


def _serve(answers: int) -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _run(json.loads(line), answers)
            finally:
                os._exit(70)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        os.write(answers, f"{code}\n".encode())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _import_all()
    _serve(int(sys.argv[1]))
