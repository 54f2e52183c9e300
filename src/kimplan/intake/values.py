"""The values of a record's fields, or the questions that they raise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kimplan.intake.cell_errors import is_error
from kimplan.intake.dates import DateColumn, as_day, read_date, study
from kimplan.intake.draft import Note, Proof
from kimplan.intake.entry import Entry
from kimplan.intake.owners import is_no_owner, is_nobody, known_alone, read_owners
from kimplan.intake.owners import tidy as tidy_role
from kimplan.intake.progress import notes_in
from kimplan.intake.prose import clean, split_title, tidy, to_prose, without_look, words_of
from kimplan.intake.questions import Kind, Notebook, Question
from kimplan.model.prose import Block
from kimplan.sheet import RemarkKind, SheetCell

_LONGEST_LINE = 300
_LONGEST_TEXT = 20_000
_NOTHING = re.compile(
    r"[-–—.\s]*|(?:click or tap|click here|choose|select)(?: here)? (?:to enter|an|a)\b.{0,40}",
    re.IGNORECASE,
)
_NONE_AGREED = re.compile(r"none agreed\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)


class Known(NamedTuple):
    """What the whole table proves about single cells."""

    due: DateColumn
    completed: DateColumn
    progress: DateColumn
    alone: frozenset[str]


def study_table(entries: Sequence[Entry]) -> Known:
    """Return what the columns of dates and owners prove."""

    def dates(field: str) -> DateColumn:
        column = study(entry.text(field) for entry in entries)
        shown = {cell.due.first_day.year for one in entries for cell in one.of(field) if cell.due}
        return column._replace(years=column.years | shown)

    alone = known_alone(cell.text for entry in entries for cell in entry.of("owners"))
    heads = (
        note.said
        for entry in entries
        for note in notes_in(blocks_of(entry, "progress"), DateColumn())
    )
    return Known(dates("due"), dates("completed"), study(heads), alone)


def blocks_of(entry: Entry, field: str) -> tuple[Block, ...]:
    """Return the blocks of all cells of a field."""
    cells = entry.of(field)
    if not cells:
        return ()
    return tidy(block for cell in cells for block in cell.blocks)


def is_nothing(text: str) -> bool:
    """Return whether a cell says nothing: it is empty, or holds a dash."""
    return bool(_NOTHING.fullmatch(text))


class Due(NamedTuple):
    """What is known of a due date: the date, the words in its place, or words left open."""

    due: str = ""
    reason: str = ""
    instead: str = ""
    left: str | None = None


class Values:
    """Reads the fields of records; what it cannot know, it asks."""

    def __init__(self, known: Known, notebook: Notebook) -> None:
        self._known = known
        self._notebook = notebook

    def title_and_detail(self, ref: str, entry: Entry) -> tuple[str, str]:
        """Return the Ombudsman's words: the title and the detail."""
        whole = blocks_of(entry, "recommendation")
        title = words_of(without_look(blocks_of(entry, "title")))
        more = blocks_of(entry, "detail")
        if title and len(title) <= 600:
            return title, to_prose([*whole, *more])
        whole = blocks_of(entry, "title") or whole or more
        if not whole:
            return self._missing(Kind.TITLE_MISSING, f"{ref}/title", entry), ""
        title, detail = split_title(whole)
        if more and whole is not more:
            detail = "\n\n".join(filter(None, (detail, to_prose(more))))
        return title, detail

    def response(self, ref: str, entry: Entry) -> str:
        """Return the landlord's response."""
        blocks = blocks_of(entry, "response")
        words = words_of(blocks)
        text = "" if is_nothing(words) or is_error(words) else to_prose(blocks)
        if len(text) > _LONGEST_TEXT:
            question = Question(Kind.TOO_LONG, f"{ref}/response", text, place=entry.place)
            return self._notebook.ask(question)
        return text or self._missing(Kind.RESPONSE_MISSING, f"{ref}/response", entry)

    def _missing(self, kind: Kind, where: str, entry: Entry) -> str:
        return clean(self._notebook.ask(Question(kind, where, place=entry.place)))

    def due(self, ref: str, entry: Entry, *, is_open: bool | None) -> Due:
        """Return the due date; whether the rating is open may not be known."""
        cells = [cell for cell in entry.of("due") if not cell.is_blank]
        text = "\n".join(dict.fromkeys(words_of(cell.blocks) for cell in cells))
        if len(cells) == 1 and (held := cells[0].due):
            is_doubtful = f"{held.first_day.year % 100:02}" not in text  # the year is not shown
            question = Question(Kind.DATE_UNCLEAR, f"{ref}/due", text, place=entry.place)
            self._show(question, held.text, is_doubtful=is_doubtful)
            return Due(held.text)
        lines = {words_of([block]) for cell in cells for block in tidy(cell.blocks)}
        reading = read_date(text, self._known.due) if len(lines) == 1 else read_date("")
        question = Question(Kind.DATE_UNCLEAR, f"{ref}/due", text, reading.offers, entry.place)
        if reading.due:
            self._show(question, reading.due, is_doubtful=reading.is_doubtful)
            return Due(reading.due)
        if is_open is False and not re.search("[0-9]", text):
            return Due(instead="" if is_nothing(text) else " ".join(text.split()))
        if is_open is None and is_nothing(text):
            return Due()
        return self._asked(question)

    def _show(self, question: Question, taken: str, *, is_doubtful: bool) -> None:
        if is_doubtful:
            self._notebook.say(
                question._replace(kind=Kind.DATE_AMBIGUOUS, offers=(taken,), taken=taken)
            )

    def _asked(self, question: Question) -> Due:
        answer = self._notebook.ask(question)
        if found := _NONE_AGREED.fullmatch(answer):
            return Due("none agreed", found[1].strip() or " ".join(question.value.split()))
        made = read_date(answer).due
        if answer and not made:
            self._notebook.refuse(question, answer)
        return Due(made) if made else Due(left=question.value)

    def completed(self, ref: str, entry: Entry) -> tuple[str, str | None]:
        """Return the day of completion, or the words that are left open."""
        cells = [cell for cell in entry.of("completed") if not cell.is_blank]
        text = " ".join(words_of(cell.blocks) for cell in cells)
        if is_nothing(text) or is_nobody(text):
            return "", None
        if len(cells) == 1 and cells[0].due and as_day(cells[0].due.text):
            return cells[0].due.text, None
        reading = read_date(text, self._known.completed)
        if as_day(reading.due):
            return reading.due, None
        offers = tuple(filter(as_day, reading.offers))
        question = Question(Kind.DATE_UNCLEAR, f"{ref}/completed", text, offers, entry.place)
        return self._day(question)

    def _day(self, question: Question) -> tuple[str, str | None]:
        answer = self._notebook.ask(question)
        made = as_day(read_date(answer).due)
        if answer and not made:
            self._notebook.refuse(question, answer)
        return (made, None) if made else ("", question.value)

    def owners(
        self, ref: str, entry: Entry, *, is_open: bool
    ) -> tuple[tuple[str, ...], str | None]:
        """Return the roles, and the words that are left open."""
        text = "\n".join(block.words for cell in entry.of("owners") for block in tidy(cell.blocks))
        is_struck = any(map(_is_struck_in_part, entry.of("owners")))
        roles = () if is_no_owner(text) or is_struck else read_owners(text, self._known.alone)
        if roles and all(len(role) <= _LONGEST_LINE for role in roles):
            return roles, None
        if not is_open and is_nothing(text):
            return (), None
        if not is_open and not roles and not is_struck:
            return (), text
        kind = Kind.OWNER_MISSING if is_nothing(text) else Kind.OWNER_UNCLEAR
        question = Question(kind, f"{ref}/owners", " ".join(text.split()), place=entry.place)
        answer = self._notebook.ask(question)
        named = tuple(filter(None, map(tidy_role, answer.split(";"))))
        if any(map(is_no_owner, named)):
            self._notebook.refuse(question, answer)
            return (), text
        return (named, None) if named else ((), text)

    def evidence(self, entry: Entry) -> tuple[Proof, ...]:
        """Return what proves a green, a paragraph each."""
        proofs = []
        for block in blocks_of(entry, "evidence"):
            words = " ".join(block.words.split())
            link = next((span.link for span in block.spans if span.link), "")
            if not is_nothing(words):
                proofs.append(Proof(words, link))
        return tuple(proofs)

    def progress(self, ref: str, entry: Entry) -> tuple[Note, ...]:
        """Return the notes, each with its day or with what the source says of it."""
        notes = []
        blocks = blocks_of(entry, "progress")
        if is_nothing(words_of(blocks)):
            return ()
        for at, note in enumerate(notes_in(blocks, self._known.progress), 1):
            where = f"{ref}/progress" + (f"/{at}" if at > 1 else "")
            text = to_prose(note.blocks)
            on = note.reading.due
            if not on:
                value = note.said or words_of(note.blocks)
                question = Question(
                    Kind.DATE_UNCLEAR, where, value, note.reading.offers, entry.place
                )
                on, _ = self._day(question)
            notes.append(Note(on, text, note.said))
        are_dated = all(note.on for note in notes)
        return tuple(sorted(notes, key=lambda note: note.on) if are_dated else notes)


def _is_struck_in_part(cell: SheetCell) -> bool:
    """Return whether some of a cell's words are struck through, so that the rest may be meant."""
    struck = "".join(one.text for one in cell.remarks if one.kind is RemarkKind.STRUCK)
    return bool(struck) and "".join(struck.split()) != "".join(words_of(cell.blocks).split())
