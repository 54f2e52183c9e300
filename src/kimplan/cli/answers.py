"""How the commands that answer a question read the plan and show their answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kimplan.cli.group import find_group, read_places
from kimplan.cli.options import read_as_of
from kimplan.cli.output import ANSWERS, Output, read_formats, write
from kimplan.cli.streams import has_colour, is_dumb, width
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf
    from kimplan.diagnostic import Diagnostic


class Asked:
    """What every such command is asked: which plans, on which day, in which forms and state."""

    __slots__ = (
        "as_of",
        "at",
        "below",
        "formats",
        "plan",
    )  # making a named tuple is dear to each start

    def __init__(
        self,
        plan: list[Path] | None,
        below: Path | None,
        as_of: str | None,
        formats: list[str] | None,
        at: str | None = None,
    ) -> None:
        self.plan = plan
        self.below = below
        self.as_of = as_of
        self.formats = formats
        self.at = at


def answer(command: str, asked: Asked, view: Callable[[Sequence[PlanOf], date], Answer]) -> Answer:
    """Write what `view` makes of the plans, and return it.

    Errors of a plan go to standard error. The sound records are shown all the same, and the
    command ends with 1, so that nobody takes half a plan for the whole. Raises KimplanError as
    `view` does.
    """
    day = read_as_of(asked.as_of)
    places = find_group(asked.plan, asked.below)
    outputs = read_formats(asked.formats, ANSWERS, *(root for _, root in places))
    group = read_places(places, day, asked.at, partial=True)
    try:
        made = view(group.plans, group.day)
    except KimplanError as error:
        if group.is_complete:
            raise
        hint = f"Mend the errors above first; they may be the reason. {error.hint}"
        raise KimplanError(error.message, hint.strip()) from None
    if group.is_several:
        made = made.with_data({"left_out": list(group.broken)})
    show_view(command, made, outputs, group.warning)
    if not group.is_complete:
        raise typer.Exit(1)
    return made


def tell_unread(errors: Iterable[Diagnostic]) -> None:
    """Write why there is no answer at all to standard error."""
    from kimplan.cli.painting import tell_findings

    tell_findings(list(errors))
    sys.stderr.write("kimplan: there is no answer, because the plan has errors\n")


def show_view(command: str, view: Answer, outputs: list[Output], warning: str = "") -> None:
    """Write `view` in every form that was asked for.

    The `warning` tells those who read the answer elsewhere, without the errors, that it may not be
    the whole.
    """
    if warning:
        view = _with_warning(view, warning)

    def text() -> str:
        is_laid_out = has_colour(sys.stdout) or (sys.stdout.isatty() and not is_dumb())
        if not is_laid_out or any(output.file for output in outputs):
            from kimplan.formatters.answer_text import format_text

            return format_text(view, width())
        from kimplan.formatters.terminal import format_terminal

        return format_terminal(view, width(), colour=has_colour(sys.stdout))

    def markdown() -> str:
        from kimplan.formatters.markdown import format_markdown

        return format_markdown(view)

    def html() -> str:
        from kimplan.formatters.answer_html import format_html

        return format_html(view, command)

    def json() -> str:
        from kimplan.formatters.answer_json import format_answer_json

        return format_answer_json(view, command, is_complete=not warning)

    forms = {"text": text, "markdown": markdown, "html": html, "json": json}
    write(outputs, forms, is_long=True)


def _with_warning(view: Answer, warning: str) -> Answer:
    from kimplan.answers.answer import Line, Tone

    return view._replace(parts=(*view.parts, Line(warning, Tone.LATE)))
