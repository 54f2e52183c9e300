"""What ``kimplan update`` and ``kimplan new`` share: their input, and what is said."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from kimplan.characters import make_visible
from kimplan.cli.manner import manner
from kimplan.cli.painting import painted_diff, painted_findings
from kimplan.cli.streams import ReaderGoneError, fitted, nowhere
from kimplan.diagnostic import Diagnostic
from kimplan.edits.change import Changed
from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError, OutputError
from kimplan.formatters.diff import format_diff
from kimplan.source.file import MAX_BYTES


def tell(sentence: str) -> None:
    """Write one sentence to standard error."""
    say([_sentence(sentence)])


def refused(outcome: str, error: RefusedError) -> None:
    """Say that a change is refused, by which rule, and what it would do; `outcome` comes first."""
    code = f" ({error.code})" if error.code else ""
    tell(f"{outcome}: {error.message}{code}")
    if error.hint:
        say([fitted(f"  hint: {make_visible(error.hint)}\n", sys.stderr)])
    show_findings(error.new)
    if error.new and error.old:
        tell("it has these errors already, and the change does not mend them:")
    show_findings(error.old)


def show_change(changed: Changed, *, is_dry: bool = False) -> None:
    """Show a change as a difference, and say what comes with it; quietly, only if it `is_dry`.

    Raises OutputError where that cannot be shown, and the reader's going away says so as well: what
    nobody saw is not written.
    """
    path, *texts = changed.path.as_posix(), changed.before, changed.after
    if manner.is_quiet and not is_dry:
        return
    diff = format_diff(path, *texts, are_moved=True)
    show(painted_diff(diff, sys.stdout), f"{changed.path} is left as it was")
    if not manner.is_quiet:
        say(map(_sentence, changed.said))
        show_findings(changed.warnings)


def show(text: str, outcome: str) -> None:
    """Write `text` to standard output, all of it; where that fails, say the `outcome`."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except ReaderGoneError:
        sys.stdout = nowhere()
        say([_sentence(f"{outcome}: nobody reads the output")])
        raise
    except OSError as error:
        from kimplan.reasons import why

        sys.stdout = nowhere()
        raise OutputError(f"cannot write the output: {why(error)}; {outcome}") from None


def say(texts: Iterable[str]) -> None:
    """Write `texts` to standard error; where that fails, the exit code has to tell."""
    try:
        sys.stderr.writelines(texts)
        sys.stderr.flush()
    except (OSError, ReaderGoneError):
        sys.stderr = nowhere()


def tell_outcome(changed: Changed, *, is_dry: bool) -> None:
    """Say whether the file is changed."""
    if manner.is_quiet:
        return
    if changed.before == changed.after:
        tell(f"{changed.path} says so already; nothing is changed")
    else:
        tell(f"{changed.path} {'would be changed so' if is_dry else 'is changed'}")


def _sentence(text: str) -> str:
    return fitted(f"kimplan: {make_visible(text)}\n", sys.stderr)


def show_findings(found: Sequence[Diagnostic]) -> None:
    """Show findings on standard error."""
    say([painted_findings(found, sys.stderr)])


def read_input(file: str, option: str) -> bytes:
    """Return what `file`, or standard input for ``-``, holds; raise KimplanError if too much."""
    try:
        if file == "-":
            if sys.stdin is None:
                raise KimplanError("there is no standard input", f"Name a file: {option} FILE.")
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(file, "rb") as opened:
                data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        from kimplan.reasons import why

        raise KimplanError(f"cannot read {file}: {why(error)}", "Check the name.") from None
    if len(data) > MAX_BYTES:
        raise KimplanError(f"{file} is too long for a record", "Shorten it, and link to the rest.")
    return data
