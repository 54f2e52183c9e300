"""The command line: a module a command, which parses options and calls one function below.

Nothing heavy is imported here: ``kimplan --version`` answers before typer is loaded.
"""

from __future__ import annotations

import os
import sys

from kimplan import __version__, heed_ctrl_c


def main() -> None:
    """Run the command line and end the process with its exit code."""
    heed_ctrl_c()
    if sys.argv[1:] in (["--version"], ["-V"]):
        os._exit(_write_version())
    code = run(sys.argv[1:])
    # Taking down a heap of this size costs as much as a small plan; all output is flushed.
    os._exit(code)


def _write_version() -> int:
    """Write the version past the streams, which cost more to prepare, and return the exit code."""
    try:
        os.write(1, f"kimplan {__version__}\n".encode())
    except OSError as error:
        import errno

        from kimplan.reasons import why

        if error.errno in {errno.EPIPE, errno.EINVAL}:
            return 141
        if error.errno != errno.EBADF:  # closed by whoever started us
            os.write(2, f"kimplan: cannot write the output: {why(error)}\n".encode())
            return 2
    return 0


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; whatever happens, no traceback reaches the user."""
    import gc

    # A command is short and makes few cycles; walking the heap of the imports costs more.
    gc.disable()
    # Plugins of other packages have no business in the validation of a plan.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from kimplan.cli.spared import spare

    spare()
    from kimplan.cli import streams

    streams.prepare()
    try:
        try:
            _call(arguments)
            code = 0
        except SystemExit as done:
            code = done.code if isinstance(done.code, int) else int(done.code is not None)
            if code > 1:
                from kimplan.cli.ending import after

                code = after(code, done, arguments)
        streams.flush()
    except KeyboardInterrupt as stop:
        from kimplan.cli.ending import interrupted

        code = interrupted(stop)
    except streams.ReaderGoneError:
        code = 141
    except Exception as error:
        from kimplan.cli.ending import tell_fault

        code = tell_fault(error, arguments)
    return code


def _call(arguments: list[str]) -> None:
    if os.environ.get("_KIMPLAN_COMPLETE"):
        from kimplan.cli.completion import complete

        complete()
        return
    import typer

    from kimplan.cli.stopping import stopped_by_errors

    try:
        with stopped_by_errors():
            _command(arguments)
    except typer.Exit as stopped:
        raise SystemExit(stopped.exit_code) from None


def _command(arguments: list[str]) -> None:
    """Run the command, or what an option before it asks for in its place."""
    action = shell = ""
    if arguments and arguments[0].startswith("-"):
        from kimplan.cli.before import read_before

        arguments, action, shell = read_before(arguments)
    if not action and arguments[1:] and arguments[1].startswith("-"):
        from kimplan.cli.app import GROUPS

        if arguments[0] in GROUPS:
            from kimplan.cli.before import read_before

            rest, action, shell = read_before(arguments[1:], is_anew=False)
            arguments = [arguments[0], *rest]
    if action == "version":
        sys.stdout.write(f"kimplan {__version__}\n")
    elif action:
        from kimplan.cli.completion.installing import install, show

        (install if action == "install" else show)(shell)
    elif arguments[:1] == ["help"]:
        from kimplan.cli.helping import help_

        help_(arguments[1:])
    else:
        from kimplan.cli.app import make_app

        make_app(arguments)(args=arguments, prog_name="kimplan")
