"""The options of ``kimplan merge`` that answer what a change needs: ``REF=TEXT``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kimplan.cli.update_options import read_proof
from kimplan.errors import KimplanError
from kimplan.model.suggestion import did_you_mean

if TYPE_CHECKING:
    from kimplan.edits.request import NewEvidence
    from kimplan.merge.request import Answers
    from kimplan.model.plan import Plan


class Given(NamedTuple):
    """The options as they were given."""

    day: date
    reasons: Sequence[str] | None
    agreed_by: Sequence[str] | None
    evidence: Sequence[str] | None
    no_evidence: Sequence[str] | None
    withdrawn: Sequence[str] | None
    leaves: Sequence[str] | None
    notes: bool


def read_answers(given: Given, plan: Plan) -> Answers:
    """Return what the options say; raise KimplanError for a ref that is none, or no text."""
    from kimplan.edits.texts import line, prose
    from kimplan.merge.request import Answers

    refs = {item.ref.casefold(): item.ref for item in plan.recommendations}

    def texts(option: str, values: Sequence[str] | None) -> Iterator[tuple[str, str]]:
        for value in values or ():
            ref, has_text, text = value.partition("=")
            if not has_text or not text.strip():
                hint = f'Write the ref, an equals sign and the text: {option} REC6="…".'
                raise KimplanError(f"{option} '{value[:40]}' says nothing", hint)
            yield _known(refs, ref, option), text

    evidence: dict[str, tuple[NewEvidence, ...]] = {}
    for ref, text in texts("--evidence", given.evidence):
        evidence[ref] = (*evidence.get(ref, ()), read_proof(text))
    return Answers(
        given.day,
        {ref: prose(text, "--reason") for ref, text in texts("--reason", given.reasons)},
        {ref: line(text, "--agreed-by") for ref, text in texts("--agreed-by", given.agreed_by)},
        evidence,
        {
            ref: line(text, "--no-evidence")
            for ref, text in texts("--no-evidence", given.no_evidence)
        },
        frozenset(_known(refs, ref, "--withdraw-verification") for ref in given.withdrawn or ()),
        frozenset(one.strip().casefold() for one in given.leaves or ()),
        given.notes,
    )


def _known(refs: dict[str, str], ref: str, option: str) -> str:
    name = ref.strip().casefold()
    if name not in refs:
        hint = did_you_mean(ref.strip(), list(refs.values())) or "kimplan list shows what there is."
        raise KimplanError(f"{option}: there is no recommendation '{ref.strip()[:40]}'", hint)
    return name


def check_leaves(leaves: Iterable[str], refs: Iterable[str]) -> None:
    """Raise KimplanError for an edit to leave out that is of none of the `refs`."""
    known = {ref.casefold(): ref for ref in refs}
    for leave in leaves:
        _known(known, leave.partition(":")[0], "--leave")
