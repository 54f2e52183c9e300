"""What the answers of a form ask for, as the options of ``kimplan update`` would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kimplan.edits.refusal import RefusedError
from kimplan.forms.questions import question
from kimplan.model.plan import Owner

_AS_THEY_ARE = ("rag", "due", "reason", "agreed_by", "note", "no_evidence", "completed")


def asked_ref(answers: Mapping[str, str]) -> str:
    """Return the ref that `answers` give; raise RefusedError where there is none."""
    if "ref" in answers:
        return answers["ref"]
    hint = f"Write its ref in {question('ref')}, such as REC6."
    raise RefusedError("the form does not say which recommendation is meant", hint)


def asked_options(
    answers: Mapping[str, str], author: str, owners: Sequence[Owner]
) -> dict[str, Any]:
    """Return the options of ``kimplan update`` that say what `answers` do, all but the evidence.

    A note is by the role that they name, or by that of `owners` whose handle is the `author`.
    Raises RefusedError where something is missing.
    """
    options: dict[str, Any] = {key: answers[key] for key in _AS_THEY_ARE if key in answers}
    if not options and "evidence" not in answers and "link" not in answers:
        hint = "Say what has changed: the rating, the date, the evidence, or a note."
        raise RefusedError("the form asks for no change", hint)
    if "link" in answers and "evidence" not in answers:
        hint = f"Say in {question('evidence')} what it is, such as Policy, version 3."
        raise RefusedError("there is a link to evidence that has no name", hint)
    if "note" in answers:
        options["by"] = answers.get("by") or _role(author, owners)
    return options


def _role(author: str, owners: Sequence[Owner]) -> str:
    """Return the one role that the author holds on the forge; raise RefusedError for no such."""
    handle = f"@{author}".casefold()
    held = [one.role for one in owners if author and (one.handle or "").casefold() == handle]
    if len(held) == 1:
        return held[0]
    why = "you have several roles" if held else "the plan does not know your role"
    hint = f"Write it in {question('by')}, as the plan spells it, such as Head of Repairs."
    raise RefusedError(f"a note is signed with a role, and {why}", hint)
