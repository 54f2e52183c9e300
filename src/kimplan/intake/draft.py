"""A record that is to be written: what is known of it, and what is left open with its words."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.intake.entry import Entry


class Note(NamedTuple):
    """A progress note: its day, empty where it is not known, its words, and the source's day."""

    on: str
    note: str
    said: str = ""


class Proof(NamedTuple):
    """A piece of evidence."""

    title: str
    link: str = ""


class Draft(NamedTuple):
    """A record; empty fields are not written.

    `left` holds for a field without a value the source's words, which are kept as a comment.
    """

    ref: str
    section: str
    entry: Entry
    title: str = ""
    detail: str = ""
    response: str = ""
    rag: str = ""
    due: str = ""
    due_reason: str = ""
    owners: tuple[str, ...] = ()
    completed: str = ""
    evidence: tuple[Proof, ...] = ()
    progress: tuple[Note, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    date_text: str = ""  # what a closed record's date cell says in place of a date
    rating_text: str = ""  # the rating's word in the source
    text: str = ""  # the whole file, where the source says all that stands in it
