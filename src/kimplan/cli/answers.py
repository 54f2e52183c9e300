"""How the commands that answer a question read the plan and show their answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from kimplan.cli.options import read_as_of
from kimplan.cli.output import ANSWERS, Output, read_formats, write
from kimplan.cli.progress import Progress
from kimplan.cli.state import read_state
from kimplan.cli.streams import has_colour, is_dumb, width
from kimplan.diagnostic import Diagnostic
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.model.plan import Plan

_NOT_WHOLE = "the plan has errors, so this may not be the whole of it"


class Asked(NamedTuple):
    """What every such command is asked: which plan, on which day, in which forms and state."""

    plan: Path | None
    as_of: str | None
    formats: list[str] | None
    at: str | None = None


def answer(command: str, asked: Asked, view: Callable[[Plan, date], Answer]) -> Answer:
    """Write what `view` makes of the plan, and return it.

    Errors of the plan go to standard error. The sound records are shown all the same, and the
    command ends with 1, so that nobody takes half a plan for the whole. Raises KimplanError as
    `view` does.
    """
    from kimplan.loader import find_plan

    day = read_as_of(asked.as_of)
    root = find_plan(asked.plan)
    outputs = read_formats(asked.formats, ANSWERS, root)
    progress = Progress("Read")
    state = read_state(root, asked.at, progress.step, partial=True)
    result = state.result
    progress.done()
    is_complete = tell_errors(result.errors, has_plan=result.plan is not None)
    if result.plan is None:
        raise typer.Exit(1)
    try:
        made = view(result.plan, state.day(day, result.plan))
    except KimplanError as error:
        if is_complete:
            raise
        hint = f"Mend the errors above first; they may be the reason. {error.hint}"
        raise KimplanError(error.message, hint.strip()) from None
    show_view(command, made, outputs, is_complete=is_complete)
    if not is_complete:
        raise typer.Exit(1)
    return made


def tell_errors(errors: tuple[Diagnostic, ...], *, has_plan: bool) -> bool:
    """Write the errors to standard error, and return whether there are none."""
    if not errors:
        return True
    from kimplan.formatters.text import format_diagnostics

    sys.stderr.write(format_diagnostics(errors))
    if has_plan:
        sys.stderr.write(f"kimplan: {_NOT_WHOLE}\n")
    else:
        sys.stderr.write("kimplan: there is no answer, because the plan has errors\n")
    return False


def show_view(
    command: str, view: Answer, outputs: list[Output], *, is_complete: bool = True
) -> None:
    """Write `view` in every form that was asked for."""
    if not is_complete:
        view = _with_warning(view)

    def text() -> str:
        if not sys.stdout.isatty() or is_dumb() or any(output.file for output in outputs):
            from kimplan.formatters.answer_text import format_text

            return format_text(view, width())
        from kimplan.formatters.terminal import format_terminal

        return format_terminal(view, width(), colour=has_colour(sys.stdout))

    def markdown() -> str:
        from kimplan.formatters.markdown import format_markdown

        return format_markdown(view)

    def json() -> str:
        from kimplan.formatters.answer_json import format_answer_json

        return format_answer_json(view, command, is_complete=is_complete)

    write(outputs, {"text": text, "markdown": markdown, "json": json})


def _with_warning(view: Answer) -> Answer:
    """Return `view` with a line for those who read the answer elsewhere, without the errors."""
    from kimplan.answers.answer import Line, Tone

    warning = f"{_NOT_WHOLE[0].upper()}{_NOT_WHOLE[1:]}."
    return view._replace(parts=(*view.parts, Line(warning, Tone.LATE)))
