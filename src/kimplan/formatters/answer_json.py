"""An answer as JSON, for any program; docs/formats.md names its fields."""

from __future__ import annotations

from kimplan import __version__
from kimplan.answers.answer import Answer
from kimplan.formatters.diagnostics_json import FORMAT_VERSION, to_json


def format_answer_json(view: Answer, command: str, *, is_complete: bool) -> str:
    """Return the values of `view` as one JSON object.

    `is_complete` says whether every file of the plan could be understood.
    """
    head = {
        "version": FORMAT_VERSION,
        "kimplan": __version__,
        "command": command,
        "complete": is_complete,
    }
    return to_json(head | view.data)
