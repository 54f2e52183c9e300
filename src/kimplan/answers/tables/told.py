"""What a recommendation holds many of, told in one cell: a line each."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.answers.naming import one_line
from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation


def told(field: ColumnField, item: Recommendation, language: Language) -> str | None:
    """Return the evidence, the notes or the actions of `item`, None where there are none."""
    return "\n".join(_TOLD[field](item, language)) or None


def _evidence(item: Recommendation, language: Language) -> Iterator[str]:
    for proof in item.evidence:
        link = f" ({proof.link})" if proof.link else ""
        until = language.due(proof.expires) if proof.expires else ""
        yield proof.title + link + (language.say(", expires {day}", day=until) if until else "")


def _progress(item: Recommendation, language: Language) -> Iterator[str]:
    for note in item.progress:
        by = f", {note.by}" if note.by else ""
        words = " ".join(block.text for block in parse_prose(note.note))
        yield f"{language.day(note.on)}{by}: {words}"


def _actions(item: Recommendation, language: Language) -> Iterator[str]:
    for action in item.actions:
        parts = [one_line(action.title), *([action.owner] if action.owner else [])]
        if action.done:
            parts.append(language.say("done {day}", day=language.day(action.done)))
        elif action.due:
            day = language.due(action.due)
            parts.append(language.say("due {day}", day=day) if action.due.is_agreed else day)
        yield " – ".join(parts)


_TOLD = {
    ColumnField.EVIDENCE: _evidence,
    ColumnField.PROGRESS: _progress,
    ColumnField.ACTIONS: _actions,
}
