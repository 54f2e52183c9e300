"""What became of a form: the comment for its owner, the text of a proposal, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kimplan import __version__
from kimplan.answers.naming import sentence_case, short
from kimplan.diagnostic import Diagnostic
from kimplan.formatters.diagnostics_json import FORMAT_VERSION, to_json
from kimplan.formatters.markdown import escape
from kimplan.forms.outcome import Kind, Outcome
from kimplan.forms.questions import QUESTIONS
from kimplan.forms.words import finding_in_words
from kimplan.plural import count

_MOST = 10  # findings that a comment names
_MEND = (
    "To mend it, choose *Edit* at the top of this issue, change the answer and save it: the form "
    "is then read again by itself. What you have written so far is kept."
)
_SAME = "The plan says all of this already, so there is nothing to propose."


def format_form(outcome: Outcome) -> str:
    """Return the text of the proposal for a form that changes something, or else of the comment.

    It is GitHub Flavored Markdown, in which no answer can become markup or a mention.
    """
    if outcome.kind is Kind.CHANGED:
        return _joined(_proposal(outcome))
    if outcome.kind is Kind.UNCHANGED:
        return _joined([_SAME])
    return _joined(_refusal(outcome))


def form_json(outcome: Outcome) -> str:
    """Return the outcome as a JSON object; docs/formats.md names its fields."""
    return to_json(
        {
            "version": FORMAT_VERSION,
            "kimplan": __version__,
            "outcome": str(outcome.kind),
            "number": outcome.number or None,
            "ref": outcome.ref or None,
            "path": outcome.path or None,
            "said": list(outcome.said),
            "message": outcome.message or None,
            "hint": outcome.hint or None,
            "code": outcome.code or None,
            "findings": [_finding_data(one) for one in (*outcome.found, *outcome.old)],
        }
    )


def _finding_data(found: Diagnostic) -> dict[str, str]:
    names = {"code": found.code, "severity": str(found.severity)}
    return names | {"message": found.message, "hint": found.hint}


def _joined(parts: Sequence[str] | Iterator[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _proposal(outcome: Outcome) -> Iterator[str]:
    sent = f"the form #{outcome.number}" if outcome.number else "a form"
    by = f", which `{outcome.author}` sent" if outcome.author else ""
    yield f"The change of {escape(outcome.ref)} that {sent} asks for{by}:"
    yield _table(outcome)
    if outcome.said:
        yield "With it:\n\n" + "\n".join(f"- {escape(said)}" for said in outcome.said)
    if outcome.found:
        yield f"To look at:\n\n{_findings(outcome.found)}"
    if outcome.number:
        yield f"Closes #{outcome.number}"


def _table(outcome: Outcome) -> str:
    asked = [(label, outcome.answers.get(key)) for key, label in QUESTIONS.items()]
    rows = [f"| {escape(label)} | {escape(short(text))} |" for label, text in asked if text]
    return "\n".join(("| Question | Answer |", "| --- | --- |", *rows))


def _refusal(outcome: Outcome) -> Iterator[str]:
    code = f" ({escape(outcome.code)})" if outcome.code and not outcome.found else ""
    message, hint = escape(sentence_case(outcome.message)), escape(outcome.hint)
    yield "Thank you. The plan is not changed yet, because something is to be mended first."
    end = ":" if outcome.found or outcome.old else "."
    yield f"**{message}{code}{end}**" + (f" {hint}" if hint else "")
    if outcome.found:
        yield _findings(outcome.found)
    if outcome.old:
        yield ("It has these errors already:\n\n" if outcome.found else "") + _findings(outcome.old)
    yield _MEND


def _findings(found: Sequence[Diagnostic]) -> str:
    lines = [*dict.fromkeys(map(_finding, found))]  # one answer may be wrong in two places
    if len(lines) > _MOST:
        lines[_MOST:] = [f"- and {count(len(lines) - _MOST, 'other')}"]
    return "\n".join(lines)


def _finding(found: Diagnostic) -> str:
    hint = f" {escape(found.hint)}" if found.hint else ""
    message = sentence_case(short(finding_in_words(found.message)))
    return f"- {escape(message)} ({escape(found.code)}).{hint}"
