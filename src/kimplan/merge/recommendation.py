"""The cells that no landlord may change: the ref, and the Ombudsman's words."""

from __future__ import annotations

from kimplan.merge.finding import Kind
from kimplan.merge.sameness import fold, fold_name
from kimplan.merge.seen import Place
from kimplan.report.cells import as_label

_MEND = "Put them back as they were; an answer to other words is no answer."


def read_recommendation(place: Place) -> None:
    """Refuse other words than the Ombudsman's; how they are laid out does not count."""
    says, said = place.cell.text, place.said.text
    if fold_name(says) == fold_name(said):
        return
    first = fold_name(says.partition("\n")[0])
    what = "detail" if first == fold_name(place.item.title) else "title"
    text = f"the {what} says “{_excerpt(says, said)}”, which are the Ombudsman's words"
    place.find(Kind.REFUSED, what, text, _MEND, "KP805", fold(says))


def _excerpt(says: str, said: str) -> str:
    """Return where the text begins to differ, with some words around it."""
    new, old = fold(says).split(), fold(said).split()
    pairs = enumerate(zip(new, old, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(new), len(old)))
    start, end = max(at - 3, 0), at + 8
    before, after = "… " if start else "", " …" if end < len(new) else ""
    return f"{before}{' '.join(new[start:end])}{after}"


def read_ref(place: Place) -> None:
    """Refuse another ref in a row that is known by its words."""
    says = place.cell.text.strip().partition("\n")[0]
    if fold_name(says).replace(" ", "") != fold_name(place.item.ref).replace(" ", ""):
        text = f"the ref says “{fold(says)[:40] or 'nothing'}”; refs stand in minutes for good"
        place.find(Kind.REFUSED, "ref", text, "Put it back as it was.", "KP804", fold(says))


def tell_change(place: Place) -> None:
    """Say that a cell was changed whose field is not taken from Word."""
    mark = place.base.settings.report.empty_cell
    if fold_name(place.cell.text) != fold_name(place.said.text or mark):
        text = f"{place.label} says “{fold(place.cell.text)[:80]}”, which is not taken from Word"
        hint = f"Say it with kimplan update {place.item.ref}."
        place.find(Kind.TOLD, place.field, text, hint, value=as_label(place.cell.text))
