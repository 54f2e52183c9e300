"""What is said of a word that is none of those allowed (KP105), ratings above all."""

from __future__ import annotations

from kimplan.loader.faults.fault import Error, Fault
from kimplan.loader.faults.mends import says
from kimplan.model.rating import Scheme, is_unsure, suggest_rating
from kimplan.model.suggestion import nearest
from kimplan.source import shown

_MOST_LISTED = 20


def unknown_rating(error: Error) -> Fault:
    """Return the ratings of the plan's scheme, each with its meaning; one if it is surely meant."""
    found = str(error.found)
    word = suggest_rating(found)
    message = f"{error.name} {shown(found)} is not known"
    if word and error.scheme.read(word):
        hint = f"Write '{error.at[-1]}: {word}', or let kimplan lint --fix do it."
        return Fault("KP105", message, error.at, hint, mend=says(error.at, word))
    near = "" if is_unsure(found) else nearest(found, error.scheme.words)
    guess = f"Did you mean '{near}'? " if near else ""
    return Fault("KP105", message, error.at, f"{guess}{ratings_hint(error.scheme)}")


def other_scheme(error: Error) -> Fault:
    """Return that a rating is one of the scheme that the plan does not use."""
    hint = f"{ratings_hint(error.scheme)} Where blue is complete, plan.yaml says 'scheme: brag'."
    message = f"{error.name} {shown(error.found)} is not a rating of this plan"
    return Fault("KP105", message, error.at, hint)


def ratings_hint(scheme: Scheme) -> str:
    """Return the ratings that a record may have, each with its meaning."""
    *first, last = (f"{one.word} ({one.short})" for one in scheme.ratings)
    return f"Write {', '.join(first)} or {last}."


def unknown_word(error: Error) -> Fault:
    """Return the words that are allowed; one of them if it is surely meant."""
    expected = error.context["expected"].replace(" or ", ", ").split(", ")
    allowed = [word.strip("'") for word in expected]
    found = str(error.found)
    folded = found.strip().casefold()
    same = next((word for word in allowed if word.casefold() == folded), None)
    sure = same or _own_column(error, folded)
    near = sure or _column(error, folded) or nearest(found, allowed)
    guess = f"Did you mean '{near}'? " if near else ""
    hint = f"{guess}Allowed: {', '.join(allowed[:_MOST_LISTED])}."
    message = f"{error.name} {shown(found)} is not known"
    return Fault(
        "KP105",
        message,
        error.at,
        hint,
        mend=says(error.at, sure) if sure and not _is_shown(error, sure) else None,
    )


def _entries(error: Error, key: str, name: str) -> list[object]:
    """Return what the settings say of `name` in each entry of the list `key`."""
    listed = error.value.get(key) if isinstance(error.value, dict) else None
    return [one.get(name) for one in listed or [] if isinstance(one, dict)]


def _is_shown(error: Error, column: str) -> bool:
    return error.at[0] == "columns" and column in _entries(error, "columns", "field")


def _own_column(error: Error, word: str) -> str:
    """Return the column of the own field whose id stands there without ``fields.``."""
    name = word.removeprefix("field.")
    is_own = error.at[0] == "columns" and name in _entries(error, "fields", "id")
    return f"fields.{name}" if is_own else ""


def _column(error: Error, word: str) -> str:
    """Return the column that is meant by the name of another plan."""
    if error.at[0] != "columns":
        return ""
    return next((name for name, words in _COLUMNS.items() if word in words), "")


_COLUMNS = {
    "ref": ("number", "no", "id", "reference", "rec"),
    "recommendation": ("title", "recommendations", "action plan"),
    "response": ("responses", "landlord response", "our response"),
    "rag": ("rating", "rag rating", "status", "rag status", "colour"),
    "due": ("date", "due date", "deadline", "target date", "due by"),
    "owners": ("owner", "lead", "responsible", "role", "roles"),
    "completed": ("completion date", "date completed", "done"),
    "progress": ("update", "updates", "comments", "notes", "progress note", "progress notes"),
    "actions": ("action", "steps", "tasks"),
}


def no_blue(error: Error) -> Fault:
    """Return that the words of blue are of another scheme."""
    hint = "Add 'scheme: brag' below 'ratings:', or delete this."
    message = f"'{error.name}' is for the scheme brag, and this plan's is rag"
    return Fault("KP105", message, error.at, hint, key=True)


def dated_green(error: Error) -> Fault:
    """Return that green has a word in place of a date, though it is on track."""
    message = f"'{error.name}.date' is for what is complete, and green is on track in this scheme"
    hint = "Delete the line: what is on track prints its own date."
    return Fault("KP105", message, (*error.at, "date"), hint, key=True)
