"""The cells of a plan's own fields, each read as its declaration says."""

from __future__ import annotations

from kimplan.merge.dates import parse_words
from kimplan.merge.edit import Own
from kimplan.merge.finding import Kind
from kimplan.merge.markdown import to_markdown
from kimplan.merge.sameness import bare, fold, fold_name, same_blocks, says_nothing
from kimplan.merge.seen import Place
from kimplan.model.column_field import as_own_column
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.model.prose import SCHEMES
from kimplan.model.suggestion import did_you_mean


def read_own(place: Place) -> None:
    """Take the value of an own field that was changed; ask where it is none of its kind."""
    column, settings = as_own_column(place.field), place.base.settings
    mark = settings.report.empty_cell
    is_nothing = says_nothing(place.cell.text, mark)
    is_same = same_blocks(place.cell.blocks, place.said.blocks)
    if column is None or is_same or (is_nothing and says_nothing(place.said.text, mark)):
        return
    declared = settings.own(column.id)
    was = place.item.fields.get(column.id, "")
    says = "" if is_nothing else _value(place, declared, was)
    if says is not None:
        is_prose = declared is not None and declared.type is OwnType.TEXT
        place.edit(Own(column.id, was), Own(column.id, says, is_prose))


def _value(place: Place, declared: OwnField | None, was: str) -> str | None:
    """Return the value that a cell says; None, having asked, where it says none."""
    words = fold(place.cell.text)
    match declared.type if declared else OwnType.LINE:
        case OwnType.TEXT:
            return to_markdown(place.cell.blocks, was)
        case OwnType.LINK:
            return _link(place, words, was)
        case OwnType.DATE:
            return _date(place, words)
        case OwnType.CHOICE if declared:
            return _choice(place, declared, words)
    return " ".join(" ".join(block.words for block in bare(place.cell.blocks)).split())


def _link(place: Place, words: str, was: str) -> str | None:
    """Return the address of a cell; None, having asked, where it says one and leads to another."""
    spans = [span for block in place.cell.blocks for span in block.spans if span.text.strip()]
    links = list(dict.fromkeys(span.link for span in spans))
    if links in ([], [""]):
        return words
    said = "".join(words.split())
    if len(links) == 1 and said.rstrip("/") == links[0].rstrip("/"):
        return links[0]
    if len(links) == 1 and not said.casefold().startswith(SCHEMES):
        if links[0] == was:
            text = f"{place.label} calls its address “{words[:80]}”; a plan keeps the address alone"
            place.find(Kind.TOLD, place.field, text, value=words)
        return links[0]
    text = (
        f"{place.label} says “{words[:80]}” and leads to {' and '.join(filter(None, links))[:200]}"
    )
    hint = "Put one address in its place: type it anew, or right-click it (Edit Hyperlink)."
    place.find(Kind.NEEDS, place.field, text, hint, "", words)
    return None


def _date(place: Place, words: str) -> str | None:
    due = place.cell.due or parse_words(place.cell.text, place.base.settings.language)
    if due is None:
        _ask(place, words, "Write a day, a month or an interval: July 2024.")
    return due.text if due else None


def _choice(place: Place, declared: OwnField, words: str) -> str | None:
    known = {fold_name(choice): choice for choice in declared.choices}
    if found := known.get(fold_name(words)):
        return found
    listed = f"Write one of its choices: {', '.join(declared.choices)}."
    hint = f"{did_you_mean(words, declared.choices)} {listed}"
    _ask(place, words, hint.strip())
    return None


def _ask(place: Place, words: str, hint: str) -> None:
    text = f"{place.label} says “{words[:80]}”, which is none of what it may say"
    place.find(Kind.NEEDS, place.field, text, hint, "", words)
