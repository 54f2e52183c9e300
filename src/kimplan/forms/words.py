"""What is said of a change in the words of the form: its questions in place of options."""

from __future__ import annotations

import re

from kimplan.forms.questions import question
from kimplan.model import refs
from kimplan.model.value_forms import PROMISE
from kimplan.rules.kept_dates import SilentMove
from kimplan.rules.kept_records import ChangedWhileVerified, GreenWithoutProof
from kimplan.rules.owners import NoOwner
from kimplan.rules.promises import BrokenChain, DueReason
from kimplan.rules.ratings import CompletedWhileOpen, MissingDue

_OPTIONS = {
    "--rag": "rag",
    "--due": "due",
    "--reason": "reason",
    "--agreed-by": "agreed_by",
    "--note": "note",
    "--by": "by",
    "--evidence": "evidence",
    "--no-evidence": "no_evidence",
    "--completed": "completed",
}
_OPTION = re.compile(r"(--[a-z]+(?:-[a-z]+)*)(?: [A-Z]{3,}\b)?")  # and what stands for a value
# Where a finding says that it is, of what a form may write: a list's item and its field.
_PLACES = {
    "progress.note": "note",
    "progress.by": "by",
    "revisions.reason": "reason",
    "revisions.agreed_by": "agreed_by",
    "evidence.title": "evidence",
    "evidence.link": "link",
    "due_reason": "reason",
}
_PLACE = re.compile(r"^(')?(?P<list>[a-z_]+)(?:\[[0-9]+\])?(?P<field>\.[a-z_]+)?(?(1)')(?= )")
_COMMAND = re.compile(r"--[a-z]|\bkimplan \w")
_ASK = "A form cannot say that: ask whoever keeps the plan."
_REFS = "A ref is the name of a file in plan/recommendations, without .yaml."
_EVIDENCE = (
    f"Answer {question('evidence')} and {question('link')}, or say in "
    f"{question('no_evidence')} why there can be none."
)
_WHY = f"Say in {question('reason')} why."
# Hints that are as true of a form in other words: it takes dates as people write them.
_PHRASES = {
    refs.HINT: f"Write one ref as the report does, such as REC6 or 4.2, in {question('ref')}; each "
    "recommendation has a form of its own.",
    PROMISE.hint: "Write a day (31 July 2024), a month (July 2024), or: none agreed.",
    "Write the year, the month and the day: --completed 2024-05-31.": "Write a day, such as "
    "31 May 2024.",
    "It is completed when it is; --as-of names another day than today.": "Say so when it is.",
    " Where blue is complete, plan.yaml says ratings: {scheme: brag}.": "",
    "Leave --no-evidence out.": f"Leave {question('no_evidence')} empty.",
    "Leave them out, or give the new date with --due.": "Leave them empty, or give the new date "
    f"in {question('due')}.",
    "Give the reason: --reason TEXT.": _WHY,
    "kimplan list shows what there is.": _REFS,
    "or leave the option out": "or leave it empty",
}
# How what a rule forbids is mended in the form.
_HINTS = {
    BrokenChain.code: _WHY,
    DueReason.code: _WHY,
    MissingDue.code: f"Give one in {question('due')}; or write there: none agreed, and say in "
    f"{question('reason')} why.",
    CompletedWhileOpen.code: f"Choose the rating for what is complete in {question('rag')} as "
    f"well, or leave {question('completed')} empty.",
    NoOwner.code: "A form cannot name one: ask whoever keeps the plan.",
    SilentMove.code: _WHY,
    GreenWithoutProof.code: _EVIDENCE,
    ChangedWhileVerified.code: "A form cannot change what was verified. Write what is new in "
    f"{question('note')}, or ask whoever keeps the plan.",
}


def in_words(text: str) -> str:
    """Return a message with each option of the command line as the question that asks for it."""
    return _OPTION.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return question(_OPTIONS[found[1]]) if found[1] in _OPTIONS else found.group()


def finding_in_words(message: str) -> str:
    """Return the message of a finding, which begins with the question that asks for its place."""
    return _PLACE.sub(_asked, message)


def _asked(found: re.Match[str]) -> str:
    key = _PLACES.get(f"{found['list']}{found['field'] or ''}")
    return question(key) if key else found.group()


def hint_in_words(hint: str, code: str) -> str:
    """Return how to mend in the form what the rule `code` forbids, or what `hint` is about."""
    if code in _HINTS:
        return _HINTS[code]
    for phrase, other in _PHRASES.items():
        hint = hint.replace(phrase, other)
    said = in_words(hint)
    return _ASK if _COMMAND.search(said) else said
