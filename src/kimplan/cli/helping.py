"""``kimplan help``: the help of a command, page by page on a terminal."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

from kimplan.cli.app import make_app
from kimplan.cli.pager import show_long


def help_(words: list[str]) -> None:
    """Show the help of the command that `words` name, or of all; raise as the command line does."""
    named = [word for word in words if not word.startswith("-")]
    named = [] if named[:1] == ["help"] else named
    out = io.StringIO()
    try:
        with redirect_stdout(out):
            make_app(named)(args=[*named, "--help"], prog_name="kimplan")
    finally:
        show_long(out.getvalue())
