"""What an import has found, for people: columns, questions, what was read, and the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kimplan.characters import make_visible
from kimplan.formatters.width import cut, padded, width_of
from kimplan.intake.columns import Column
from kimplan.intake.existing import Beside
from kimplan.intake.proof import Proof
from kimplan.intake.questions import Kind, Question, first_of_each
from kimplan.plural import count

_LONGEST = 300
_MOST = 200  # lines of one kind
_NARROWEST = 8  # columns of a sample


def format_columns(columns: Sequence[Column], width: int | None = None) -> str:
    """Return the columns as a table: label, field, and a sample, cut where it is over `width`."""
    rows = [("COLUMN", "FIELD", "FOR EXAMPLE")]
    rows += [
        (_line(one.label, 40), one.field or "(left out)", _line(one.sample)) for one in columns
    ]
    widths = [max(width_of(row[at]) for row in rows) for at in (0, 1)]
    room = max(width - sum(widths) - 4, _NARROWEST) if width else _LONGEST
    lines = (
        f"{padded(one, widths[0])}  {padded(two, widths[1])}  {cut(three, room)}".rstrip()
        for one, two, three in rows
    )
    return "\n".join(lines) + "\n"


def format_said(said: Iterable[Question]) -> str:
    """Return what was read or left out without asking, a line each."""
    lines: list[str] = []
    kinds: dict[str, int] = {}
    for one in said:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
        if kinds[one.kind] <= _MOST:
            lines.append(_said(one))
    lines += [f"{kind}: {number - _MOST} more" for kind, number in kinds.items() if number > _MOST]
    return "".join(f"{line}\n" for line in lines)


def _said(one: Question) -> str:
    parts = [str(one.kind), _where(one), f"'{_line(one.value)}'" if one.value else ""]
    taken = f"-> {_line(one.taken)}" if one.taken else ""
    return "  ".join(filter(None, [*parts, taken]))


def _where(one: Question) -> str:
    place = f"({_line(one.place)})" if one.place else ""
    return " ".join(filter(None, (_line(one.where), place)))


# What to write where an answer was not understood.
_WRITE: dict[str, str] = {
    Kind.DATE_UNCLEAR: "  write: 2024-07-31, or a month, 2024-07",
    Kind.OWNER_MISSING: "  write a role",
    Kind.OWNER_UNCLEAR: "  write a role",
}


def format_questions(asked: Sequence[Question]) -> str:
    """Return the questions with what is offered; those of one key once, with every record."""
    lines = []
    for one in first_of_each(asked):
        alike = [other.where for other in asked if other.key == one.key] if one.group else []
        where = ", ".join(alike[:50]) + (" …" if len(alike) > 50 else "")
        shown = one._replace(where=where) if alike else one
        offers = f"  may be: {' or '.join(map(_line, one.offers))}" if one.offers else ""
        offers += f"  (the answer '{_line(one.taken)}' is not understood)" if one.taken else ""
        offers += _WRITE.get(one.kind, "") if one.taken and not one.offers else ""
        value = f"'{_line(one.value)}'"
        lines.append(f"{one.kind}  {_where(shown)}  {value}{offers}\n")
    return "".join(lines)


def format_proof(proof: Proof) -> str:
    """Return how many cells are placed, after those whose words are not all in the plan."""
    lines = [
        f"lost  {one.where}  not in the plan: '{_line(one.words)}' of '{_line(one.text)}'"
        for one in proof.lost
    ]
    listed = proof.listed + len(proof.lost)
    also = f", {listed} listed above" if listed else ""
    total = f"{count(proof.cells, 'cell')}: {proof.placed} placed, {proof.open_} to decide{also}"
    return "".join(f"{line}\n" for line in [*lines, total])


def format_beside(found: Beside) -> str:
    """Return what a plan that is there would get, and where the source says something else."""
    lines = [f"new  {one.ref}  {_line(one.title, 80)}" for one in found.new]
    lines += [f"same  {ref}" for ref in found.same]
    for one in found.differs:
        lines.append(
            f"differs  {one.where}  plan: '{_line(one.plan)}'  source: '{_line(one.source)}'"
        )
    return "".join(f"{line}\n" for line in lines)


def _line(text: str, longest: int = _LONGEST) -> str:
    words = make_visible(" ".join(text.split()))
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
