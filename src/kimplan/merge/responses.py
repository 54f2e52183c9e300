"""The cell that holds the response, with the latest progress note below it where that is shown."""

from __future__ import annotations

from kimplan.merge.edit import Text
from kimplan.merge.finding import Kind
from kimplan.merge.markdown import to_markdown
from kimplan.merge.notes import add_notes
from kimplan.merge.sameness import bare, fold_name, same_blocks, same_words, says_nothing
from kimplan.merge.seen import Place
from kimplan.model.prose import Block, parse_prose


def read_response(place: Place) -> None:
    """Take a response that was changed, and what was added below the latest progress note."""
    blocks, said = bare(place.cell.blocks), place.said.blocks
    if same_blocks(blocks, said):
        return
    own = parse_prose(place.item.response)
    note = said[len(own) :]
    if note:
        blocks = _without_note(place, blocks, note)
    if says_nothing(" ".join(block.text for block in blocks)):
        hint = "Say in it why it is so; every recommendation has a response."
        place.find(Kind.REFUSED, "response", f"{place.label} is empty", hint, "KP104")
    elif not same_blocks(blocks, own):
        place.edit(Text(own), Text(_as_written(place, blocks)))


def _as_written(place: Place, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks as a plan can say them: marks that were typed as words look like marks."""
    written = parse_prose(to_markdown(blocks))
    if not same_words(written, blocks):
        text = f"{place.label} has marks that a plan reads as bold, as a link or as a list"
        place.find(Kind.TOLD, "marks", text, value=" ".join(block.text for block in blocks))
    return written


def _without_note(
    place: Place, blocks: tuple[Block, ...], note: tuple[Block, ...]
) -> tuple[Block, ...]:
    """Return the response's own blocks; what stands below the note's words is another note."""
    heading = fold_name(note[0].words)
    start = next((at for at, one in enumerate(blocks) if fold_name(one.words) == heading), None)
    if start is None:
        _tell_rewritten(place)
        words = {fold_name(block.words) for block in note}
        return tuple(block for block in blocks if fold_name(block.words) not in words)
    end = start + len(note)
    if not same_words(blocks[start:end], note):
        _tell_rewritten(place)
    else:
        add_notes(place, blocks[end:])
    return blocks[:start]


def _tell_rewritten(place: Place) -> None:
    text = "the latest progress note below the response was changed; notes are only ever added to"
    hint = "Put it back as it was, and write a new one."
    place.find(Kind.REFUSED, "progress", text, hint, "KP802")
