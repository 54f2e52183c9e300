"""What each column of the plan's table says about a recommendation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from kimplan.answers.naming import SUPERSEDED, sentence_case, times
from kimplan.changes.direction import Direction
from kimplan.model.column_field import ColumnField, OwnColumn
from kimplan.model.due import Due
from kimplan.model.language import Language
from kimplan.model.plan import Settings
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Evidence, ProgressNote, Recommendation, Revision
from kimplan.report.document import Cell, Value
from kimplan.report.own_cells import own_cell
from kimplan.schedule import completed_late

EMPTY = Cell(())
CONTINUED = " (cont.)"  # behind the ref of a row that goes on with the one above it
DIRECTIONS = {
    Direction.BETTER: "↑ Better",
    Direction.SAME: "→ Same",
    Direction.WORSE: "↓ Worse",
    Direction.NEW: "New",
}
_WEB = ("http://", "https://")


def line(text: str, *, bold: bool = False, link: str = "") -> Block:
    """Return a paragraph of one look."""
    return Block((Span(text, bold, link),))


def cell(*texts: str, value: Value | None = None) -> Cell:
    """Return a cell with a paragraph for each of `texts`, which say `value` if it is given."""
    return Cell(tuple(line(text) for text in texts), value)


def as_label(title: str) -> str:
    """Return a title as a heading or a label: on one line, without its full stop."""
    return " ".join(title.split()).removesuffix(".")


def linked(ref: str) -> Cell:
    """Return a ref that leads to its row."""
    return Cell((line(ref, link=f"#{ref}"),))


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def owners(item: Recommendation, settings: Settings) -> Cell:
    """Return the owners, a paragraph each."""
    return cell(*item.owners)


def due(item: Recommendation, settings: Settings) -> Cell:
    """Return the due date as it was promised, or a closed rating's own text instead of a date."""
    language = settings.language
    if item.superseded_by:
        link = Span(item.superseded_by, link=f"#{item.superseded_by}")
        return Cell((Block((Span(language.say(SUPERSEDED)), link)),))
    if item.due is not None and item.lacks_date:
        first = item.first_agreed
        was = language.say(", first promised {day}", day=language.due(first)) if first else ""
        said = line(f"{sentence_case(language.due(item.due))}{was}")
        return Cell((said, *parse_prose(item.due_reason or "")))
    if item.due is None or not item.rag.is_open:
        text = settings.ratings.date_text(item.rag)
        return cell(text) if text else EMPTY
    return promised(item.due, item.revisions, settings.language)


def dated(due: Due, language: Language) -> Cell:
    """Return a date, or that none is agreed."""
    return cell(sentence_case(language.due(due)), value=due if due.is_agreed else None)


def promised(due: Due, revisions: Sequence[Revision], language: Language) -> Cell:
    """Return a date as it was promised; one that moved says so.

    ``July 2024, first promised March 2024, moved once``
    """
    return cell(f"{language.due(due)}{_moved(revisions, due, language)}", value=due)


def _moved(revisions: Sequence[Revision], due: Due, language: Language) -> str:
    if not revisions:
        return ""
    known = (date for move in revisions for date in (move.from_, move.to))
    first = next((date for date in known if date.is_agreed), due)
    values = {"first": language.due(first), "times": times(len(revisions), language)}
    if first.covers_the_same(due):
        return language.say(", as first promised, moved {times}", **values)
    return language.say(", first promised {first}, moved {times}", **values)


def signed(number: int) -> str:
    """Return a number with its sign, the minus sign for a minus: ``+1,093``, ``−31``, ``0``."""
    return f"{number:+,}".replace("-", "−") if number else "0"


def _ref(item: Recommendation, settings: Settings) -> Cell:
    return Cell((line(item.ref, bold=True),))


def _recommendation(item: Recommendation, settings: Settings) -> Cell:
    title = line(_paragraph(item.title), bold=True)
    return Cell((title, *parse_prose(item.detail or "")))


def _response(item: Recommendation, settings: Settings) -> Cell:
    blocks = parse_prose(item.response)
    if settings.report.latest_progress and item.progress:
        blocks += _note_blocks(item.progress[-1], settings.language)
    return Cell(blocks)


def rated(rating: Rating, settings: Settings) -> Cell:
    """Return a rating's label in its colours."""
    return cell(settings.ratings[rating].label, value=rating)


def _rag(item: Recommendation, settings: Settings) -> Cell:
    return rated(item.rag, settings)


def _completed(item: Recommendation, settings: Settings) -> Cell:
    if item.completed is None:
        return EMPTY
    late = completed_late(item) or 0
    language = settings.language
    day, days = language.day(item.completed), language.counted(late, "day")
    text = language.say("{day}, {days} late", day=day, days=days) if late > 0 else day
    return cell(text, value=item.completed)


def _evidence(item: Recommendation, settings: Settings) -> Cell:
    return Cell(tuple(_evidence_blocks(item, settings.language)))


def _evidence_blocks(item: Recommendation, language: Language) -> Iterator[Block]:
    for proof in item.evidence:
        spans = list(proof_spans(proof))
        if proof.expires:
            day = language.due(proof.expires)
            spans.append(Span(language.say(", expires {day}", day=day)))
        yield Block(tuple(spans))


def proof_spans(proof: Evidence) -> Iterator[Span]:
    """Yield the title of a piece of evidence, as a link to its address or with its path."""
    is_address = bool(proof.link) and str(proof.link).lower().startswith(_WEB)
    yield Span(proof.title, link=proof.link or "" if is_address else "")
    if proof.link and not is_address:
        yield Span(f" ({proof.link})")


def _verified(item: Recommendation, settings: Settings) -> Cell:
    if not item.verified:
        return EMPTY
    return cell(f"{item.verified.by}, {settings.language.day(item.verified.on)}")


def _progress(item: Recommendation, settings: Settings) -> Cell:
    language = settings.language
    return Cell(tuple(block for note in item.progress for block in _note_blocks(note, language)))


def _note_blocks(note: ProgressNote, language: Language) -> tuple[Block, ...]:
    by = f", {note.by}" if note.by else ""
    return line(f"{language.day(note.on)}{by}:", bold=True), *parse_prose(note.note)


def _actions(item: Recommendation, settings: Settings) -> Cell:
    return cell(*(_action_texts(item, settings.language)))


def _action_texts(item: Recommendation, language: Language) -> Iterator[str]:
    for action in item.actions:
        parts = [_paragraph(action.title)]
        if action.owner:
            parts.append(action.owner)
        if action.done:
            parts.append(language.say("done {day}", day=language.day(action.done)))
        elif action.due:
            moved = _moved(action.revisions, action.due, language)
            day = language.due(action.due)
            when = language.say("due {day}", day=day) if action.due.is_agreed else day
            parts.append(f"{when}{moved}")
        yield " – ".join(parts)


_FIELDS: dict[ColumnField, Callable[[Recommendation, Settings], Cell]] = {
    ColumnField.REF: _ref,
    ColumnField.RECOMMENDATION: _recommendation,
    ColumnField.RESPONSE: _response,
    ColumnField.RAG: _rag,
    ColumnField.DUE: due,
    ColumnField.OWNERS: owners,
    ColumnField.COMPLETED: _completed,
    ColumnField.EVIDENCE: _evidence,
    ColumnField.VERIFIED: _verified,
    ColumnField.PROGRESS: _progress,
    ColumnField.ACTIONS: _actions,
}


RowCells: TypeAlias = Callable[[Recommendation], tuple[Cell, ...]]


def row_cells(settings: Settings) -> RowCells:
    """Return a function that gives a recommendation's cells, in the order of the plan's columns."""
    fields = [_field(column.field, settings) for column in settings.columns]
    return lambda item: tuple(field(item, settings) for field in fields)


def _field(
    field: ColumnField | OwnColumn, settings: Settings
) -> Callable[[Recommendation, Settings], Cell]:
    if isinstance(field, ColumnField):
        return _FIELDS[field]
    name, declared = field.id, settings.own(field.id)
    return lambda item, _: own_cell(declared, item.fields.get(name, ""), settings.language)


def with_directions(
    cells: RowCells, direction: Callable[[Recommendation], Direction | None], language: Language
) -> RowCells:
    """Return `cells` with the direction of a recommendation below its rating, if it has one."""

    def directed(item: Recommendation) -> tuple[Cell, ...]:
        found = direction(item)
        words = (line(language.say(DIRECTIONS[found])),) if found else ()
        return tuple(
            each._replace(blocks=(*each.blocks, *words)) if each.rating else each
            for each in cells(item)
        )

    return directed
