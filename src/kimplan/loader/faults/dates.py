"""What is said of a date that is not written as one (KP201, KP202)."""

from __future__ import annotations

import re

from kimplan.loader.faults.fault import Error, Fault, Mend, example_lines
from kimplan.loader.faults.mends import dropped, says
from kimplan.model.date_reading import TWO_DATES, Reading
from kimplan.model.date_words import MORE, read_words, show_written, suggest_day
from kimplan.model.due import NONE_AGREED, NotADateError, parse_day, parse_due, parse_promise
from kimplan.model.nobody import is_nobody
from kimplan.model.rating import Rating
from kimplan.model.value_forms import DAY, PROMISE
from kimplan.source import shown

_DAY_LENGTH = len("2024-07-31")
_FIX = "kimplan lint --fix"
_HAS_FIGURE = re.compile(r"\d")
_NOT_A_LETTER = re.compile("[^a-z/]+")
# What closes a recommendation, in the place of a date.
_CLOSED = frozenset(
    {"complete", "completed", "compliant", "closed", "done", "achieved", "implemented", "delivered"}
    | {"met", "finished"}
)
# What says that there is nothing to say.
_NOTHING = frozenset(
    {"", "n/a", "na", "none", "nil", "not applicable", "no date", "no", "null", "x"}
)
_NONE_AGREED = frozenset(
    {"none agreed", "no date agreed", "not agreed", "not yet agreed", "none yet agreed"}
    | {"none agreed yet", "no date agreed yet", "date not agreed", "no agreed date"}
)


def not_a_date(error: Error) -> Fault:
    """Return how to write a day, a month or an interval: the one that is meant, if clear."""
    reading = read_words(error.found)
    last = _last_move(error)
    if last and not any(_is_same(one, last) for one in (reading.due, *reading.offers)):
        return _moved(error, reading, last)
    if reading.due:
        return _found(error, reading)
    if (holds := error.holds) and holds.form is PROMISE:
        return _offered(error, reading) or _no_promise(error)
    return _offered(error, reading) or _no_date(error)


def not_a_day(error: Error) -> Fault:
    """Return how to write a day: the one that is meant, if that is clear."""
    reading = read_words(error.found)
    if len(reading.due) == _DAY_LENGTH:
        return _found(error, reading)
    is_claim = error.at == ("completed",) and error.rating and error.rating.is_open
    if is_claim and error.rating and not reading.offers:
        return _not_complete(error, error.rating)
    whole = reading.due or plain(error.found)
    if whole:
        is_month = "/" not in whole
        what = "is a month" if is_month else "is a whole interval"
        return _fault(error, f"{what}, and a day is needed", DAY.hint)
    return _offered(error, reading) or _no_date(error)


def plain(text: str) -> str:
    """Return `text` if it is a date already, though no day."""
    try:
        return parse_due(text.strip()).text
    except NotADateError:
        return ""


def _last_move(error: Error) -> str:
    """Return where the last revision moved the due date, nothing where it is none of that."""
    moves = error.around.get("revisions") if isinstance(error.around, dict) else None
    if error.at[-1] != "due" or not isinstance(moves, list) or not moves:
        return ""
    return str(moves[-1]["to"]).strip() if _is_move(moves[-1]) else ""


def _is_same(text: str, other: str) -> bool:
    return bool(text) and parse_promise(text).covers_the_same(parse_promise(other))


def _moved(error: Error, reading: Reading, last: str) -> Fault:
    """Return that the due date is the one that the last revision says, or moved once more."""
    new = reading.due or "…"
    lines = example_lines(f"  - from: {last}", f"    to: {new}", "    reason: …", "    on: …")
    if reading.due:
        hint = f"Write {new} and, since the last revision moves it to {last}, add {lines} at the "
        hint += f"end of 'revisions'; if it did not move again, write {last}."
        return _fault(error, "is not written as a plan writes dates", hint)
    or_words = f" ({' or '.join(reading.offers)})" if reading.offers else ""
    if not or_words and error.at == ("due",):
        or_words = f", or '{NONE_AGREED}' with a 'due_reason'"
    hint = f"Write {last}, where the last revision moved it; if it moved again, write the new date"
    hint += f"{or_words}, and add {lines} at the end of 'revisions'."
    if error.at == ("due",) and error.rating and not (reading.offers or reading.why):
        if not error.rating.is_open:
            hint = f"Write {last}, where the last revision moved it: what was promised stays."
            return _fault(error, "is not a date", hint, says(error.at, last))
        if _folded(error.found) in _CLOSED:
            return _closed_while_open(error, error.rating, last)
    return _fault(error, reading.why or "is not a date", hint)


def _closed_while_open(error: Error, rating: Rating, promised: str = "2024-07") -> Fault:
    hint = (
        f"Write the date that was promised, 'due: {promised}'; if it is complete, "
        f"'rag: {error.scheme.complete.word}' and 'completed:' with the day."
    )
    return _fault(error, f"is not a date, and the rating is {rating}", hint)


def _not_complete(error: Error, rating: Rating) -> Fault:
    """Return that what is open was completed on no day; words that claim one are no slip."""
    words = _folded(error.found)
    hint = (
        f"Delete the line while it is {rating}; once it is complete, write "
        f"'rag: {error.scheme.complete.word}' and 'completed:' with the day."
    )
    is_nothing = words in _NOTHING or is_nobody(error.found)
    mend = dropped(error.at) if is_nothing and not _HAS_FIGURE.search(error.found) else None
    return _fault(error, f"is not a day, and the rating is {rating}", hint, mend)


def backwards(error: Error) -> Fault:
    """Return that an interval ends before it begins."""
    first, _, last = str(error.found).strip().partition("/")
    message = f"{error.name} {shown(error.found)} ends before it begins"
    turned = f"{last}/{first}"
    moved_to = _last_move(error)
    if moved_to and not _is_same(turned, moved_to):
        reading = Reading(offers=(turned,), why="ends before it begins")
        return _moved(error, reading, moved_to)._replace(code="KP202")
    hint = f"Put the earlier date before the slash, {turned}, or correct the year."
    return Fault("KP202", message, error.at, hint)


def _fault(error: Error, what: str, hint: str, mend: Mend | None = None) -> Fault:
    return Fault("KP201", f"{error.name} {shown(error.found)} {what}", error.at, hint, mend=mend)


def _found(error: Error, reading: Reading) -> Fault:
    """Return the one date that is meant."""
    meant = f" ({reading.note})" if reading.note else ""
    hint = f"Write {reading.due}{meant}, or let {_FIX} do it."
    return _fault(error, "is not written as a plan writes dates", hint, says(error.at, reading.due))


def _offered(error: Error, reading: Reading) -> Fault | None:
    """Return what may be meant, and that somebody has to choose."""
    if reading.why == MORE:
        return _with_more(error, reading.offers)
    if not (reading.why or reading.offers):
        return None
    is_day = _needs_a_day(error)
    hint = offers_hint(reading, is_day=is_day)
    is_other = is_day and not hint and reading.why in {TWO_DATES, "names no month"}
    return _fault(error, "names no day" if is_other else reading.why, hint or _form_hint(error))


def offers_hint(reading: Reading, *, is_day: bool = False) -> str:
    """Return what to write in place of words that may mean several dates, or nothing.

    With `is_day` only days will do.
    """
    offers = [one for one in reading.offers if len(one) == _DAY_LENGTH or not is_day]
    if not offers:
        return "" if is_day else _OPEN_ENDED.get(reading.why, "")
    meant = [f"{one} for {show_written(one)}" for one in offers]
    return f"Write {', or '.join(meant)}{'' if len(offers) > 1 else ', if that is meant'}."


_OPEN_ENDED = {
    "names no year": "Write the year too: 2024-03-31 for a day, 2024-03 for a month.",
    "names no month": "Write the month, such as 2024-07, or the months from and to: "
    "2024-06/2024-08.",
}


def _with_more(error: Error, offers: tuple[str, ...]) -> Fault:
    """Return that a date stands among other words, which belong elsewhere."""
    if _needs_a_day(error):
        offers = tuple(one for one in offers if len(one) == _DAY_LENGTH)
        if not offers:
            return _fault(error, "names no day", _form_hint(error))
    if len(offers) > 1 and error.at[-1] == "due":
        rest = "; what it was before belongs below 'revisions', with the reason"
    else:
        rest = "; the other words belong into 'response' or 'progress'"
    holds = error.holds
    if holds and holds.form is PROMISE and error.at[-1] == "due":
        rest += f". Where none is: '{NONE_AGREED}'"
    hint = f"Write the date alone, {' or '.join(offers)}{rest}."
    return _fault(error, MORE, hint)


def _no_promise(error: Error) -> Fault:
    """Return what to write in place of words that are no date, and promise none."""
    words = _folded(error.found)
    if error.at == ("due",):
        rating = error.rating
        if rating and not rating.is_open:
            return _closed(error, rating, words)
        if rating and words in _CLOSED:
            return _closed_while_open(error, rating)
        return _fault(error, "is not a date", PROMISE_HINT, _agreed(error, words))
    return _fault(error, "is not a date", _form_hint(error), _deleted(error, words))


PROMISE_HINT = (
    f"Write the date that was promised, as 'due: 2024-07'; or, where there is none yet, "
    f"{example_lines(f'due: {NONE_AGREED}', 'due_reason: …')}."
)


def _agreed(error: Error, words: str) -> Mend | None:
    """Return the edit for ``None agreed``, where the reason stands there already."""
    is_none = words in _NONE_AGREED and error.value.get("due_reason")
    return says(error.at, NONE_AGREED) if is_none else None


def _closed(error: Error, rating: Rating, words: str) -> Fault:
    """Return that what is closed needs no date, but keeps the one that was promised."""
    hint = f"Delete the line: {rating} needs no date. If one was promised, write that."
    is_empty_talk = words in _CLOSED | _NOTHING
    return _fault(error, "is not a date", hint, dropped(error.at) if is_empty_talk else None)


def _is_move(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("to"), str) and bool(plain(entry["to"]))


def _no_date(error: Error) -> Fault:
    words = _folded(error.found)
    what = "is not a day" if _needs_a_day(error) else "is not a date"
    return _fault(error, what, _form_hint(error), _deleted(error, words))


def _deleted(error: Error, words: str) -> Mend | None:
    """Return the edit that deletes a line which says that there is nothing to say."""
    may_go = error.field is not None and not error.field.is_required()
    is_nothing = words in _NOTHING and not _HAS_FIGURE.search(error.found)
    return dropped(error.at) if may_go and is_nothing else None


def _form_hint(error: Error) -> str:
    holds = error.holds
    hint = holds.form.hint if holds else ""
    is_needed = error.field is None or error.field.is_required()
    if is_needed or error.at == ("due",):
        return hint
    return f"{hint} Where there is none, delete the line."


def _needs_a_day(error: Error) -> bool:
    holds = error.holds
    return bool(holds and holds.form is DAY)


def _folded(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", text.casefold()).strip()


def day_of(words: str) -> str:
    """Return the day that words mean, or nothing."""
    return words if is_day(words) else suggest_day(words) or ""


def is_day(text: str) -> bool:
    """Return whether `text` is a day as a plan writes it."""
    try:
        parse_day(text)
    except NotADateError:
        return False
    return True
