"""A ref for each record: the source's own, or the next number where it has none."""

from __future__ import annotations

from collections.abc import Sequence

from kimplan.errors import KimplanError
from kimplan.intake.entry import Entry
from kimplan.intake.questions import Kind, Notebook, Question
from kimplan.intake.refs import after, read_ref
from kimplan.model.refs import next_ref


def number(entries: Sequence[Entry], notebook: Notebook, known: Sequence[str] = ()) -> list[str]:
    """Return the ref of each of `entries`; `known` are those of the plan that is there.

    Raises KimplanError where two rows have one ref.
    """
    refs = [_own_ref(entry) for entry in entries]
    if not any(entry.of("ref") for entry in entries) and entries:
        return _numbered(entries, notebook, known)
    _find_lost_noughts(entries, refs, notebook)
    for at, entry in enumerate(entries):
        if not refs[at]:
            refs[at] = _asked(entry, refs, known, notebook)
    _refuse_twice(entries, refs)
    return refs


def _own_ref(entry: Entry) -> str:
    return read_ref(_said(entry))


def _said(entry: Entry) -> str:
    """Return the words of the ref's cell, an automatic number among them."""
    return " ".join(" ".join(cell.text.split()) for cell in entry.of("ref")).strip()


def _numbered(entries: Sequence[Entry], notebook: Notebook, known: Sequence[str]) -> list[str]:
    taken = list(known)
    for _ in entries:
        taken.append(next_ref(taken))
    refs = taken[len(known) :]
    span = f"{refs[0]} to {refs[-1]}"
    notebook.say(Question(Kind.REF_NUMBERED, value="no column of refs", taken=span))
    return refs


def _find_lost_noughts(entries: Sequence[Entry], refs: list[str], notebook: Notebook) -> None:
    """Ask for a number such as 1.1 behind 1.9: a sheet keeps 1.10 so."""
    for at in range(1, len(refs)):
        cells = entries[at].of("ref")
        usual = after(refs[at - 1])
        is_lost = usual.endswith("0") and refs[at] == usual.rstrip("0")
        if is_lost and cells and cells[0].is_number:
            where = f"{entries[at].place}/ref"
            question = Question(
                Kind.REF_UNCLEAR, where, refs[at], (usual, refs[at]), entries[at].place
            )
            refs[at] = read_ref(notebook.ask(question)) or usual


def _asked(entry: Entry, refs: Sequence[str], known: Sequence[str], notebook: Notebook) -> str:
    """Return the answer to what the ref of `entry` is, or for now the next number."""
    text = _said(entry)
    proposed = next_ref([*known, *filter(None, refs)])
    kind = Kind.REF_UNCLEAR if text else Kind.REF_MISSING
    question = Question(kind, f"{entry.place}/ref", text, (proposed,), entry.place)
    answer = notebook.ask(question)
    if answer and not read_ref(answer):
        notebook.refuse(question, answer)
    return read_ref(answer) or proposed


def _refuse_twice(entries: Sequence[Entry], refs: Sequence[str]) -> None:
    places: dict[str, str] = {}
    for entry, ref in zip(entries, refs, strict=True):
        if ref.casefold() in places:
            message = f"two rows have the ref {ref}: {places[ref.casefold()]} and {entry.place}"
            hint = "Give one of them another ref in the source, or name one table: --table NAME."
            raise KimplanError(message, hint)
        places[ref.casefold()] = entry.place
