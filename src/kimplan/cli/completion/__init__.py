"""What the TAB key completes; loaded only when a shell asks, or for the two options about it.

A shell's script (`scripts`) puts its name into _KIMPLAN_COMPLETE and the line up to the cursor into
_KIMPLAN_LINE. Whatever is wrong, nothing is said: somebody is typing.
"""

from __future__ import annotations

import os
import sys


def complete() -> None:
    """Write what may stand at the end of the line that the environment holds."""
    try:
        said = _answer(os.environ.get("_KIMPLAN_COMPLETE", ""), os.environ.get("_KIMPLAN_LINE", ""))
    except (Exception, SystemExit):  # even a fault of ours would only disturb the line
        return
    sys.stdout.write(said)


def _answer(name: str, line: str) -> str:
    from kimplan.cli.completion.line import split
    from kimplan.cli.completion.question import read_question
    from kimplan.cli.completion.shells import SHELLS
    from kimplan.cli.completion.values import candidates

    shell = SHELLS[name]
    words = split(line, shell.escape)
    question = read_question([word.text for word in words])
    return shell.answer(words[-1], question, candidates(question, with_about=shell.shows_about))
