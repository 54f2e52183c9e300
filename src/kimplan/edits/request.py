"""What an owner asks to have changed in one record."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kimplan.model.rating import Rating


class NewEvidence(NamedTuple):
    """Evidence to add: `link` and `expires` may be empty."""

    title: str
    link: str = ""
    expires: str = ""


class ActionUpdate(NamedTuple):
    """A sub-action to add or to change, found by the words of its `title`.

    `done` is the day on which it was done, None where it was not. The reason of the whole update
    is that of its date.
    """

    title: str
    due: str = ""
    owner: str = ""
    done: date | None = None


class OwnValue(NamedTuple):
    """A value of an own field: several paragraphs if it `is_prose`, none if `text` is empty."""

    id: str
    text: str
    is_prose: bool = False


class Update(NamedTuple):
    """What to change; what is empty or None stays as it is. `on` is the day of the change.

    An empty `superseded_by` takes that away. `owners` takes the place of the whole list.
    With an `action`, `reason` and `agreed_by` are about that one's date. Texts are tidy: see
    `kimplan.edits.texts`. A response that `is_laid_out` keeps its lines as they are given.
    """

    on: date
    rag: Rating | None = None
    due: str = ""
    reason: str = ""
    agreed_by: str = ""
    owners: tuple[str, ...] = ()
    add_owners: tuple[str, ...] = ()
    remove_owners: tuple[str, ...] = ()
    note: str = ""
    by: str = ""
    evidence: tuple[NewEvidence, ...] = ()
    no_evidence: str = ""
    completed: date | None = None
    verified_by: str = ""
    withdraw_verification: bool = False
    response: str = ""
    superseded_by: str | None = None
    is_laid_out: bool = False
    action: ActionUpdate | None = None
    own: tuple[OwnValue, ...] = ()
