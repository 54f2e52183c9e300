"""Which field each column holds: by its label, by what stands in it, or as it was told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import chain, count
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.intake.labels import FIELDS, LEFT_OUT, OWN, OWN_FIELD, Strength, fields_named, plain
from kimplan.intake.progress import is_dated
from kimplan.intake.ratings import RatingReading, read_fill, read_rating
from kimplan.model.own_names import is_taken
from kimplan.model.suggestion import did_you_mean

_SAMPLE = 40
_NOT_AN_ID = re.compile(r"[^a-z0-9]+")
_LINE = 200  # characters up to which an own field's values are lines
_LONGEST_REF = 60
_SHORT = {"rag": 40, "due": 100, "owners": 200}  # characters of most cells
_LONGEST_LINE = 300
_WORDS = re.compile("[A-Za-z]{2}.* ", re.DOTALL)
_ACTION = re.compile(r"(?:agreed |planned )?actions?(?!\S)(?! taken)")
_DIGIT = re.compile("[0-9]")
_REF = re.compile(r"[A-Za-z]{0,6}[ .-]?[0-9]{1,4}(?:[.-][0-9A-Za-z]{1,3}){0,3}[.)]?")


class Column(NamedTuple):
    """A column of the source: what it is called, what it holds, and one of its cells' words.

    `field` is one of FIELDS, an own field (``fields.priority``), or empty for one left out.
    """

    label: str
    field: str
    sample: str = ""
    is_text: bool = False

    @property
    def own_id(self) -> str:
        """The own field's id, if it is one."""
        return self.field.removeprefix(OWN) if self.field.startswith(OWN) else ""


def read_map(texts: Sequence[str]) -> dict[str, str]:
    """Return what ``--map "Lead=owners"`` says, by label; raise KimplanError for what is none."""
    told: dict[str, str] = {}
    for text in texts:
        label, equals, field = text.rpartition("=")
        field = field.strip().casefold()
        if not equals or not label.strip():
            hint = 'Write the column\'s label and the field: --map "Lead=owners".'
            raise KimplanError(f"--map '{text[:60]}' is not understood", hint)
        known = (*FIELDS, OWN_FIELD, LEFT_OUT)
        if field not in known and not re.fullmatch(r"fields\.[a-z0-9]+(-[a-z0-9]+)*", field):
            hint = f"{did_you_mean(field, known)} Known: {', '.join(known)}, fields.ID.".strip()
            raise KimplanError(f"--map: there is no field '{field[:40]}'", hint)
        told[label.strip()] = field
    return told


def guess(
    labels: Sequence[str],
    cells: Sequence[Sequence[str]],
    told: Mapping[str, str],
    fills: Sequence[Sequence[str]] = (),
) -> tuple[Column, ...]:
    """Return the column for each of `labels`; `cells` are the words of each column's cells.

    `fills` are the colours of each column's cells, ``RRGGBB`` or empty.

    Raises KimplanError where two columns claim one field, or `told` names none of them.
    """
    chosen = _told(labels, told)
    by_hand = frozenset(chosen)
    _by_label(labels, cells, chosen)
    _by_content(labels, cells, chosen)
    _need_rating(cells, fills, chosen, by_hand)
    columns: list[Column] = []
    taken: set[str] = set()
    for at, label in enumerate(labels):
        sample = next(filter(None, cells[at]), "")
        field = chosen.get(at, OWN_FIELD if label or sample else "")
        name = label or f"Column {at + 1}"
        if field == OWN_FIELD:
            field = OWN + _free_id(name, taken)
        taken.add(field.removeprefix(OWN))
        is_text = any(len(text) > _LINE or "\n" in text for text in cells[at])
        field = "" if field == LEFT_OUT else field
        columns.append(Column(name, field, _shortened(sample), is_text))
    return tuple(columns)


def _told(labels: Sequence[str], told: Mapping[str, str]) -> dict[int, str]:
    chosen: dict[int, str] = {}
    for label, field in told.items():
        found = [at for at, one in enumerate(labels) if plain(one) == plain(label)]
        if number := re.fullmatch(r"(?:column )?([0-9]{1,3})", plain(label)):
            found = found or [at for at in (int(number[1]) - 1,) if 0 <= at < len(labels)]
        if not found:
            hint = f"{did_you_mean(label, filter(None, labels))} The columns are: "
            hint += ", ".join(filter(None, labels)) + "."
            raise KimplanError(f"--map: there is no column '{label[:60]}'", hint.strip())
        if field in FIELDS and field in chosen.values():
            first = next(at for at in chosen if chosen[at] == field)
            _refuse_two(field, labels, [first, found[0]])
        chosen[found[0]] = field
    return chosen


def _by_label(
    labels: Sequence[str], cells: Sequence[Sequence[str]], chosen: dict[int, str]
) -> None:
    """Give each column the field that its label names most surely and no other column has."""
    for strength in (Strength.IS, Strength.NAMES, Strength.MAY):
        claims: dict[str, list[int]] = {}
        for at, label in enumerate(labels):
            if at in chosen:
                continue
            free = [
                field
                for field, how in fields_named(label)
                if how is strength and field not in chosen.values()
            ]
            is_ref = strength is Strength.IS and free[:1] == ["ref"]
            fits = free if is_ref else [field for field in free if _fits(field, cells[at])]
            for field in fits[:1]:
                claims.setdefault(field, []).append(at)
        for field, places in claims.items():
            is_doubtful = strength is Strength.IS or field == "due" or _rate(places, cells)
            if len(places) > 1 and is_doubtful:
                _refuse_two(field, labels, places)
            chosen[_best(field, places, cells)] = field
    _refuse_second_date(labels, cells, chosen)
    _need_due(labels, chosen)
    _need_recommendation(labels, chosen)
    _need_response(labels, chosen)


def _rate(places: Sequence[int], cells: Sequence[Sequence[str]]) -> bool:
    """Return whether several columns hold ratings: of one quarter each, or by two people."""
    return sum(any(read_rating(text).rating for text in cells[at]) for at in places) > 1


def _refuse_second_date(
    labels: Sequence[str], cells: Sequence[Sequence[str]], chosen: Mapping[int, str]
) -> None:
    """Refuse a revised date beside the due date: which of them is promised, nobody can know."""
    due = next((at for at, field in chosen.items() if field == "due"), None)
    for at, label in enumerate(labels):
        is_one = any(name == "due" and how > Strength.MAY for name, how in fields_named(label))
        if due is not None and at not in chosen and is_one and any(cells[at]):
            _refuse_two("due", labels, [due, at])


def _need_due(labels: Sequence[str], chosen: dict[int, str]) -> None:
    """Let what may be either date, such as a completion date, be the due date where none is."""
    if "due" in chosen.values():
        return
    for at, field in chosen.items():
        if field == "completed" and _may_be("due", labels[at]):
            chosen[at] = "due"


def _need_recommendation(labels: Sequence[str], chosen: dict[int, str]) -> None:
    """Let the actions be what is to be done where another column tells how they go."""
    if {"recommendation", "title"} & set(chosen.values()):
        return
    action = next((at for at, field in chosen.items() if field == "response"), None)
    if action is None or not _ACTION.match(plain(labels[action])):
        return
    for at, label in enumerate(labels):
        if chosen.get(at, "progress") == "progress" and _may_be("response", label):
            chosen |= {action: "recommendation", at: "response"}
            return


def _need_rating(
    cells: Sequence[Sequence[str]],
    fills: Sequence[Sequence[str]],
    chosen: dict[int, str],
    by_hand: Set[int],
) -> None:
    """Let the one column that only colours fill be the ratings, where no other column is."""
    if "rag" in chosen.values():
        return
    found = [
        at
        for at, colours in enumerate(fills)
        if at not in by_hand and not any(cells[at]) and _are_ratings(colours)
    ]
    if len(found) == 1:
        chosen[found[0]] = "rag"


def _are_ratings(colours: Sequence[str]) -> bool:
    """Return whether most cells have a colour that may be a rating, and not all the same."""
    rated = [colour for colour in colours if colour and read_fill(colour) != RatingReading()]
    return len(rated) * 2 > len(colours) and len(set(rated)) > 1


def _may_be(field: str, label: str) -> bool:
    return any(name == field for name, _ in fields_named(label))


def _need_response(labels: Sequence[str], chosen: dict[int, str]) -> None:
    """Let what is called an update be the response where no other column can be."""
    if "response" in chosen.values():
        return
    for at, field in chosen.items():
        if field == "progress" and _may_be("response", labels[at]):
            chosen[at] = "response"
            return


def _best(field: str, places: Sequence[int], cells: Sequence[Sequence[str]]) -> int:
    """Return which of several columns holds most, the first of equals."""
    return max(places, key=lambda at: (sum(map(bool, cells[at])), -at))


def _refuse_two(field: str, labels: Sequence[str], places: Sequence[int]) -> None:
    *others, last = (labels[at] for at in places)
    shown = " and ".join(f"'{label}'" for label in (*others, last))
    name = f"Column {places[-1] + 1}" if last in others else last
    hint = f'Say which is which: --map "{name}=own" keeps that one as a field of its own.'
    raise KimplanError(f"the columns {shown} both claim the field {field}", hint)


def _fits(field: str, texts: Sequence[str]) -> bool:
    """Return whether what stands in a column can be of `field`."""
    filled = [text for text in texts if text]
    if field == "recommendation":
        return sum(map(_is_said_in_words, filled)) * 2 >= len(filled)
    if field in _SHORT:
        return sum(len(text) <= _SHORT[field] for text in filled) * 2 >= len(filled)
    if field == "evidence":
        return all(len(line) <= _LONGEST_LINE for text in filled for line in text.split("\n"))
    if field == "completed":
        return not filled or any(map(_DIGIT.search, filled))
    if field == "ref":
        short = [
            text
            for text in filled
            if len(text) <= _LONGEST_REF and (_DIGIT.search(text) or " " not in text)
        ]
        return len(short) * 2 >= len(filled)
    return field != "progress" or not filled or any(is_dated(text) for text in filled)


def _is_said_in_words(text: str) -> bool:
    return bool(_WORDS.search(text)) or text.rstrip(".").isalpha()


def _by_content(
    labels: Sequence[str], cells: Sequence[Sequence[str]], chosen: dict[int, str]
) -> None:
    """Give a column without a label the field that what stands in it shows beyond doubt."""
    for at, label in enumerate(labels):
        filled = [text for text in cells[at] if text]
        if at in chosen or label or len(filled) < 2:
            continue
        if "ref" not in chosen.values() and all(map(_REF.fullmatch, filled)):
            chosen[at] = "ref"
        elif "rag" not in chosen.values() and all(read_rating(text).rating for text in filled):
            chosen[at] = "rag"


def _free_id(label: str, taken: set[str]) -> str:
    """Return the id of an own field: the label's words, with a number where it is taken."""
    slug = _NOT_AN_ID.sub("-", label.casefold().replace("£", " gbp ")).strip("-")[:60].strip("-")
    slug = slug or "column"
    names = chain([slug], (f"{slug}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken and not is_taken(name))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SAMPLE else f"{words[: _SAMPLE - 1]}…"
