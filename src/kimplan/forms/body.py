"""The text of an issue that a form made: a heading for each question, the answer below it.

GitHub writes ``### Question``, a blank line, the answer and a blank line, and ``_No response_``
where there is none:
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
"""

from __future__ import annotations

import re

from kimplan.edits.refusal import RefusedError
from kimplan.forms.questions import NO_CHANGE, QUESTIONS, question
from kimplan.source import shown

MOST_CHARACTERS = 65_536  # GitHub takes no longer text
# Whatever a reader would see as such a heading counts as one, so that no answer can look like two.
_HEADING = re.compile(r"^[ \t]{0,3}###(?!#)(?:[ \t]+(.*?))?[ \t]*$", re.MULTILINE)
_KEYS = {label: key for key, label in QUESTIONS.items()}
_ORDER = list(QUESTIONS)
_NOTHING = frozenset({"_No response_", ""})
_NO_RATING = frozenset({NO_CHANGE, "None"})
_EDIT_HINT = "In an answer, begin no line with ###: put another word or sign first."
_FORM_HINT = "Choose “New issue” and then the form for a change of the action plan."


def read_body(body: str) -> dict[str, str]:
    """Return the answers by their keys, those that say something.

    A question may be missing, as in a form that asks less. Raises RefusedError for what is no such
    form, or may be read in two ways.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_CHARACTERS:
        raise RefusedError("the form is longer than a form can be", "Shorten the answers.")
    above, *parts = _HEADING.split(text)
    labels = [label or "" for label in parts[::2]]
    _check_start(above, labels)
    _check_labels(labels)
    answers = {
        _KEYS[label]: answer.strip(" \t\n")
        for label, answer in zip(labels, parts[1::2], strict=True)
    }
    if answers.get("rag") in _NO_RATING:
        del answers["rag"]
    return {key: answer for key, answer in answers.items() if answer not in _NOTHING}


def _check_start(above: str, labels: list[str]) -> None:
    if not any(label in _KEYS for label in labels):
        raise RefusedError("this issue was not made with the form", _FORM_HINT)
    if above.strip():
        message = f"something stands above the first question: {shown(above.strip())}"
        raise RefusedError(message, f"Take it away, or put it below {question('note')}.")


def _check_labels(labels: list[str]) -> None:
    last = -1
    for number, label in enumerate(labels):
        key = _KEYS.get(label)
        if key is None:
            message = f"a line begins with ###, and is no question of the form: {shown(label)}"
            raise RefusedError(message, _EDIT_HINT)
        if label in labels[:number]:
            message = (
                f"the question {question(key)} stands there twice, so it is unclear which counts"
            )
            raise RefusedError(message, f"Leave it once. {_EDIT_HINT}")
        if _ORDER.index(key) < last:
            message = f"the question {question(key)} is not in its place"
            raise RefusedError(message, f"Put the questions in their order. {_EDIT_HINT}")
        last = _ORDER.index(key)
