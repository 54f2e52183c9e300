"""The edits of one recommendation as a change of its file, held against the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kimplan.edits.change import Prepared, prepare
from kimplan.edits.judgement import Beside
from kimplan.edits.record_file import find_record
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import NewEvidence, OwnValue, Update
from kimplan.edits.texts import line, prose
from kimplan.errors import KimplanError
from kimplan.merge.edit import Edit, Note, Own, Proof, Roles, Text
from kimplan.merge.finding import Finding, Kind
from kimplan.merge.markdown import to_markdown
from kimplan.merge.request import Answers
from kimplan.model.column_field import ColumnField
from kimplan.model.due import Due, show_day
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation

_TO_BE_GIVEN = "(to be given)"
_MOST_QUESTIONS = 5
# What a rule's code is about, where the rule is known to speak of one field.
_ABOUT = {
    "KP301": "date", "KP402": "owners", "KP401": "owners", "KP403": "owners", "KP404": "owners",
    "KP802": "progress", "KP805": "title", "KP107": "response",
}  # fmt: skip


_HINTS = {
    "KP301": "Write the date in the copy, or leave the rating out: --leave REF:rag.",
    "KP402": "Write the owner in the copy, or leave the edit out: --leave REF:owners.",
}
_LATER = "Correct the day in the copy, or say with --as-of on which day it is merged."


class Proposal(NamedTuple):
    """The change of a file, None where it cannot be one, and what it needs before it is written.

    A change that needs something is shown with a mark in its place.
    """

    edits: tuple[Edit, ...]
    prepared: Prepared | None
    findings: tuple[Finding, ...]


def propose(
    root: Path, beside: Beside, item: Recommendation, edits: Sequence[Edit], answers: Answers
) -> Proposal:
    """Return the change that `edits` make in the file of `item`, in the plan in `root`.

    `beside` are the other files of that plan.
    """
    findings: list[Finding] = []

    def found(kind: Kind, what: str, text: str, hint: str = "", code: str = "") -> None:
        files = ", ".join(dict.fromkeys(edit.file for edit in edits))
        findings.append(Finding(kind, item.ref, what, text, hint, code, file=files))

    prepared: Prepared | None = None
    for day in _future(edits, answers):
        text = f"something happened on {show_day(day)}, which is after {show_day(answers.on)}"
        found(Kind.REFUSED, "day", text, _LATER, "KP706")
    try:
        if not findings:
            prepared = _prepared(root, beside, item, _updates(item, edits, answers), found)
    except RefusedError as error:
        _tell_refused(error, item.ref, edits, found)
    except KimplanError as error:
        found(Kind.REFUSED, "record", error.message, error.hint)
    return Proposal(tuple(edits), prepared, tuple(findings))


def _prepared(
    root: Path,
    beside: Beside,
    item: Recommendation,
    updates: Sequence[Update],
    found: Callable[..., None],
) -> Prepared | None:
    """Return the change, with a mark in the place of each thing that it needs and that is told.

    Raises RefusedError for what no answer can mend.
    """
    name = find_record(root, item.ref)
    for _ in range(_MOST_QUESTIONS):
        try:
            return prepare(root, name, updates, beside)
        except RefusedError as error:
            question = _question(updates[0], error, item.ref)
            if question is None:
                raise
            found(Kind.NEEDS, question.what, error.message, question.hint, error.code)
            updates = [question.filled, *updates[1:]]
    return None


def _future(edits: Sequence[Edit], answers: Answers) -> list[date]:
    """Return the days of what has happened that are after the day of the merge."""
    says = [edit.says.on if isinstance(edit.says, Note) else edit.says for edit in edits]
    return [day for day in says if isinstance(day, date) and day > answers.on]


def _about(code: str, edits: Sequence[Edit]) -> str:
    """Return what a rule's code is about among `edits`."""
    if code == "KP802" and any(edit.field == ColumnField.COMPLETED for edit in edits):
        return ColumnField.COMPLETED
    return _ABOUT.get(code, "record")


def _tell_refused(
    error: RefusedError, ref: str, edits: Sequence[Edit], found: Callable[..., None]
) -> None:
    for one in (*error.new, *error.old):
        what = _about(one.code, edits)
        found(Kind.REFUSED, what, one.message, one.hint or error.hint, one.code)
    if not error.new and not error.old:
        what = _about(error.code, edits)
        hint = _HINTS.get(error.code, error.hint).replace("REF:", f"{ref}:")
        found(Kind.REFUSED, what, error.message, hint, error.code)


class _Question(NamedTuple):
    """What a change lacks, how it is given, and the change with a mark in its place."""

    what: str
    hint: str
    filled: Update


def _question(update: Update, error: RefusedError, ref: str) -> _Question | None:
    """Return what somebody must say before a change is allowed; None where nothing helps."""
    if error.new or error.old:
        return None
    if error.code == "KP803" and not update.evidence:
        hint = f'--evidence {ref}="TITLE=LINK", or --no-evidence {ref}="why there is none".'
        return _Question("evidence", hint, update._replace(evidence=(NewEvidence(_TO_BE_GIVEN),)))
    if error.code == "KP806" and not update.withdraw_verification:
        hint = f"--withdraw-verification {ref}, or leave it out: --leave {ref}."
        return _Question("verified", hint, update._replace(withdraw_verification=True))
    if error.code in {"KP801", "KP205", ""} and update.due and not update.reason:
        hint = f'--reason {ref}="why it moves".'
        return _Question("reason", hint, update._replace(reason=_TO_BE_GIVEN))
    return None


def _updates(item: Recommendation, edits: Sequence[Edit], answers: Answers) -> list[Update]:
    """Return the change itself, and one more for each note, which has a day of its own."""
    ref = item.ref.casefold()
    update = Update(
        on=answers.on,
        no_evidence=answers.no_evidence.get(ref, ""),
        evidence=answers.evidence.get(ref, ()),
        withdraw_verification=ref in answers.withdrawn,
    )
    notes: list[Update] = []
    for edit in edits:
        if isinstance(edit.says, Note):
            notes.append(_note(edit.says, answers))
        else:
            update = _with(update, edit, item, answers)
    return [update, *sorted(notes, key=lambda note: note.on)]


def _note(note: Note, answers: Answers) -> Update:
    by = line(note.by, "the note's writer") if note.by else ""
    return Update(on=note.on or answers.on, note=prose(note.words, "the note"), by=by)


def _with(update: Update, edit: Edit, item: Recommendation, answers: Answers) -> Update:
    """Return `update` with one field more."""
    match edit.says:
        case Rating():
            changes: dict[str, Any] = {"rag": edit.says}
        case Due():
            changes = _moved(edit, edit.says, item, answers)
        case Roles(roles) if roles:
            changes = {"owners": tuple(line(role, "an owner") for role in roles)}
        case Roles():
            changes = {"remove_owners": tuple(item.owners)}
        case Text(blocks):
            text = prose(to_markdown(blocks, item.response), "the response")
            changes = {"response": text, "is_laid_out": True}
        case Proof(title, link):
            proof = NewEvidence(line(title, "the evidence"), link)
            changes = {"evidence": (*update.evidence, proof)}
        case Own(name, text, is_prose):
            text = (prose if is_prose else line)(text, f"the field {name}") if text else ""
            changes = {"own": (*update.own, OwnValue(name, text, is_prose))}
        case _:
            changes = {"completed": edit.says}
    return update._replace(**changes)


def _moved(edit: Edit, due: Due, item: Recommendation, answers: Answers) -> dict[str, Any]:
    """Return what sets a due date; one that moves has a reason, from an option or a comment."""
    ref = item.ref.casefold()
    reason = answers.reasons.get(ref) or edit.reason
    if not reason or edit.was is None:
        return {"due": due.text}
    agreed_by = answers.agreed_by.get(ref, "")
    return {"due": due.text, "reason": prose(reason, "the reason"), "agreed_by": agreed_by}
