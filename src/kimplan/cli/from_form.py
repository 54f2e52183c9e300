"""``kimplan update --from-form``: a change that somebody asked for in a form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kimplan.characters import make_visible
from kimplan.cli.changing import say, show_change, show_findings, tell
from kimplan.cli.options import today_in
from kimplan.cli.output import FORM, Output, read_formats, write
from kimplan.cli.streams import fitted
from kimplan.cli.update_options import read_change
from kimplan.edits.change import Changed, change_record
from kimplan.edits.record_file import find_record
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import NewEvidence, Update
from kimplan.edits.texts import line
from kimplan.errors import KimplanError
from kimplan.files import check_target
from kimplan.formatters.form import form_json, format_form
from kimplan.forms.change import asked_options, asked_ref
from kimplan.forms.outcome import Kind, Outcome, changed_outcome, refused_outcome
from kimplan.forms.questions import question
from kimplan.forms.submission import MOST_BYTES, read_sent
from kimplan.loader import PlanFolder, find_plan


class _Ways(NamedTuple):
    """Where the answer goes, and whether the file is written."""

    outputs: Sequence[Output]
    write: bool

    @property
    def shows_text(self) -> bool:
        """Whether the change is shown as a person reads it."""
        return any(one.name == "text" for one in self.outputs)


def update_from_form(
    file: Path, plan: Path | None, as_of: date | None, formats: list[str] | None, *, write_it: bool
) -> bool:
    """Make the change that the form in `file` asks for, and tell; return whether it may be made.

    Raises KimplanError for a file that is no form, and where nothing could be done.
    """
    root = find_plan(plan)
    day = as_of or today_in(root)
    ways = _Ways(_outputs(formats, root), write_it)
    sent = read_sent(_read(file))
    begun = Outcome(Kind.REFUSED, sent.number, sent.author)
    try:
        begun = begun._replace(answers=sent.read())
        name = find_record(root, asked_ref(begun.answers))
        begun = begun._replace(ref=name.removesuffix(".yaml"))
        outcome = changed_outcome(begun, _change(root, begun, day, ways))
    except RefusedError as error:
        outcome = refused_outcome(begun, error)
    except KimplanError as error:
        if type(error) is not KimplanError:  # a disk or git, and not what the form says
            raise
        outcome = refused_outcome(begun, error)
    _tell(outcome, ways)
    return outcome.kind is not Kind.REFUSED


def _outputs(formats: list[str] | None, root: Path) -> list[Output]:
    """Return where the answer goes; where that cannot be, the plan is not to be changed either."""
    outputs = read_formats(formats, FORM, root)
    if any(one.name == "text" and one.file for one in outputs):
        raise KimplanError("--format text=FILE is not for a form", "Write --format text.")
    for one in outputs:
        if one.file:
            check_target(one.file)
    return outputs


def _read(file: Path) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        from kimplan.reasons import why

        raise KimplanError(f"cannot read {file}: {why(error)}", "Check the name.") from None


def _change(root: Path, begun: Outcome, day: date, ways: _Ways) -> Changed:
    show = partial(show_change, is_dry=not ways.write) if ways.shows_text else _show_nothing
    return change_record(root, begun.ref, _update(root, begun, day), show, write=ways.write)


def _show_nothing(changed: Changed) -> None:
    """Leave the change to the other formats."""


def _update(root: Path, begun: Outcome, day: date) -> Update:
    """Return what the form asks for, as the options of the command would."""
    answers = begun.answers
    known = PlanFolder(root).owners().value
    options = asked_options(answers, begun.author, known.owners if known else ())
    asked = read_change(options, root, day)
    if "evidence" not in answers:
        return asked
    title = line(answers["evidence"], question("evidence"))
    link = line(answers["link"], question("link")) if "link" in answers else ""
    return asked._replace(evidence=(NewEvidence(title, link),))


def _tell(outcome: Outcome, ways: _Ways) -> None:
    """Say what became of the form, and write it in every format that was asked for."""
    if outcome.kind is Kind.REFUSED:
        code = f" ({outcome.code})" if outcome.code else ""
        tell(f"the plan is left as it was: {outcome.message}{code}")
        if outcome.hint:
            say([fitted(f"  hint: {make_visible(outcome.hint)}\n", sys.stderr)])
        show_findings([*outcome.found, *outcome.old])
    elif outcome.kind is Kind.UNCHANGED:
        tell(f"{outcome.path} says so already; nothing is changed")
    else:
        tell(f"{outcome.path} {'is changed' if ways.write else 'would be changed so'}")
    others = [one for one in ways.outputs if one.name != "text"]
    write(others, {"json": lambda: form_json(outcome), "markdown": lambda: format_form(outcome)})
