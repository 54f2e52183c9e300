"""What stops a command, as a sentence on standard error and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from kimplan.characters import make_visible
from kimplan.cli.elsewhere import elsewhere
from kimplan.cli.streams import fitted
from kimplan.errors import KimplanError

# What every mistake in a command line is to typer, whichever release of it is installed.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


@contextmanager
def stopped_by_errors() -> Iterator[None]:
    """Say an error of ours, or a mistake in the command line, and end with 2."""
    try:
        yield
    except KimplanError as error:
        said = _explained(error)
        _tell(said)
        raise typer.Exit(2) from said  # CI is told by it
    except UsageError as error:
        from kimplan.cli.mistakes import in_words

        mistake = in_words(error)
        if mistake is None:
            raise
        _tell(mistake)
        raise typer.Exit(2) from mistake


def _explained(error: KimplanError) -> KimplanError:
    """Return `error` with the hint that helps where the plan was named is at fault."""
    from kimplan.reasons import IS_GONE, working_folder_is_gone

    if error.hint.startswith("Check the name") and working_folder_is_gone():
        return KimplanError(error.message, IS_GONE)
    return elsewhere.explained(error)


def _tell(error: KimplanError) -> None:
    said = f"kimplan: {make_visible(error.message)}\n"
    if error.hint:
        said += f"  hint: {make_visible(error.hint)}\n"
    sys.stderr.write(fitted(said, sys.stderr))
