"""The cells that are only ever added to: progress notes and evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.merge.dates import in_english, parse_one_day
from kimplan.merge.edit import Edit, Note, Proof
from kimplan.merge.finding import Kind
from kimplan.merge.markdown import to_markdown
from kimplan.merge.sameness import bare, fold, same_words, says_nothing
from kimplan.merge.seen import Place
from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.prose import Block
from kimplan.sheet import Remark, RemarkKind

_HEAD = re.compile(r"([^,:]{6,30}?)(?:, ([^:]{1,80}))?:$")
_PATH = re.compile(r"^(.+?) \(([^()\s]+)\)$")
_EXPIRES = re.compile(r", expires .*$")


def read_progress(place: Place) -> None:
    """Take the notes that were added below those that were there, or above them."""
    blocks, said = bare(place.cell.blocks), bare(place.said.blocks)
    if says_nothing(place.said.text, place.base.settings.report.empty_cell):
        said = ()
    if same_words(blocks[: len(said)], said):
        add_notes(place, blocks[len(said) :])
    elif same_words(blocks[-len(said) :], said):
        add_notes(place, blocks[: -len(said)])
    elif not says_nothing(place.cell.text) or said:
        text = f"{place.label} was changed; notes are only ever added to"
        hint = "Put them back as they were, and write a new one below."
        place.find(Kind.REFUSED, "progress", text, hint, "KP802")


def add_notes(place: Place, blocks: Sequence[Block]) -> None:
    """Take `blocks` as notes; who wrote one, and when, stands above it or in a tracked change."""
    if says_nothing(" ".join(block.text for block in blocks), "–"):
        return
    written = next((one for one in place.cell.remarks if one.kind is RemarkKind.TRACKED), None)
    for head, body in _parted(blocks, place.base.settings.language):
        by, on = head or ((written.by, written.on) if written else ("", None))
        place.seen.edits.append(_note(place, Note(to_markdown(body), by, on)))


def _note(place: Place, note: Note) -> Edit:
    return Edit(place.item.ref, ColumnField.PROGRESS, None, note, place.file)


def _parted(
    blocks: Sequence[Block], language: Language
) -> Iterator[tuple[tuple[str, date] | None, list[Block]]]:
    """Yield each note: what stands above it, as its writer and its day, and its own blocks."""
    head: tuple[str, date] | None = None
    body: list[Block] = []
    for block in blocks:
        if found := _head(block, language):
            if body:
                yield head, body
            head, body = found, []
        else:
            body.append(block)
    if body:
        yield head, body


def _head(block: Block, language: Language) -> tuple[str, date] | None:
    """Return the writer and the day that a line names: ``2 May 2024, Data Manager:``."""
    found = _HEAD.fullmatch(fold(block.words))
    day = parse_one_day(in_english(found[1], language)) if found else None
    return (found[2] or "", day) if found and day else None


def of_comment(place: Place, remark: Remark) -> Edit:
    """Return a comment as a note: its writer's and its day's are the note's."""
    return _note(place, Note(remark.text.strip(), remark.by, remark.on))


def read_evidence(place: Place) -> None:
    """Take the evidence that was added; what was there stays."""
    said = {fold(block.words) for block in place.said.blocks}
    blocks = bare(place.cell.blocks)
    says = {fold(block.words) for block in blocks}
    mark = place.base.settings.report.empty_cell
    for block in blocks:
        if fold(block.words) not in said and not says_nothing(block.words, mark):
            place.seen.edits.append(
                Edit(place.item.ref, ColumnField.EVIDENCE, None, _proof(block), place.file)
            )
    gone = [text for text in said - says if not says_nothing(text, mark)]
    if gone:
        text = f"{place.label} no longer says “{gone[0][:80]}”; evidence is not taken away in Word"
        hint = "Change the file where evidence has to be replaced."
        place.find(Kind.REFUSED, "evidence", text, hint, "KP803", gone[0])


def _proof(block: Block) -> Proof:
    """Return the evidence that a line names, with its address or its path between brackets."""
    link = next((span.link for span in block.spans if span.link), "")
    title = _EXPIRES.sub("", fold(block.words))
    if not link and (found := _PATH.match(title)):
        return Proof(found[1], found[2])
    return Proof(title, link)
